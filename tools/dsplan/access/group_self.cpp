#include <sddl/access_check.hpp>
#include <tools/dsplan/access/group_self.hpp>
#include <tools/dsplan/directory/token.hpp>

#include <algorithm>

namespace dsplan::access {

bool self_matters(directory::class_rights const& on_class, sddl::security_descriptor const& list) {
    if (!list.dacl)
        return false;
    auto const acts = [](sddl::ace const& value) {
        return !value.has(sddl::ace_flag::inherit_only);
    };
    auto const& aces = list.dacl->aces;
    bool const speaks_of_self = std::any_of(aces.begin(), aces.end(), [&](sddl::ace const& value) {
        bool const fits = !value.object_type || !on_class.tree.find(*value.object_type).empty();
        return acts(value) && value.trustee == sddl::principal_self && fits;
    });
    if (!speaks_of_self)
        return false;
    // Behind a denial what everybody has, and SELF too, may not be everybody's.
    bool const denies = std::any_of(aces.begin(), aces.end(), [&](sddl::ace const& value) {
        return acts(value) && (sddl::is_deny(value.type) || sddl::is_callback(value.type));
    });
    if (denies)
        return true;
    std::vector<sddl::sid> const session(directory::everybody.begin(), directory::everybody.end());
    sddl::security_token const everybody(session);
    auto const rights = [&](std::optional<sddl::sid> const& self) {
        return sddl::check_access(list, on_class.tree, {.who = everybody, .self = self}).rights;
    };
    return rights(std::nullopt) != rights(directory::everyone);
}

} // namespace dsplan::access
