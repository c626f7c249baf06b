#include <sddl/access_check.hpp>
#include <sddl/well_known_sids.hpp>
#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/words/account_names.hpp>
#include <tools/dsplan/words/explanation.hpp>
#include <tools/dsplan/words/planned_trustee.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace dsplan::words {
std::string name_context::account(sddl::sid const& of) const {
    if (of == nobody && !planned_group.empty())
        return planned_group;
    auto const* const entry = exported == nullptr ? nullptr : exported->find(of);
    auto name = account_name(of, sids);
    // A well-known account is called as everywhere; its entry may have a name of another language.
    if (entry == nullptr || sddl::find_well_known(of, sids) != nullptr)
        return name;
    return directory::account_name(*entry);
}

std::string name_context::dn_of(sddl::sid const& of) const {
    if (of == nobody)
        return planned_group_dn;
    auto const* const entry = exported == nullptr ? nullptr : exported->find(of);
    return entry == nullptr ? std::string() : std::string(entry->dn);
}

std::string name_context::text(sddl::ace const& value) const {
    return ace_text(value, sids, value.trustee == nobody ? planned_group : "");
}

bool name_context::has_meaning(directory::schema_class const& of, sddl::guid const& object_type,
                               sddl::access_mask rights) const {
    constexpr auto child_rights = sddl::right_create_child | sddl::right_delete_child;
    auto const* const child = known.find_class(object_type);
    if (child != nullptr && (rights & child_rights).bits != 0 && child->is_system_only)
        return true; // the directory makes such children itself; they can be deleted
    name_cache none(known);
    directory::object_classes const classes{.structural = &of, .dynamic_auxiliaries = {}, .unknown = {}};
    auto const& on_class = (cache == nullptr ? none : *cache).rights.find(classes);
    auto const nodes = on_class.tree.find(object_type);
    return std::any_of(nodes.begin(), nodes.end(), [&](auto const& each) {
        return (on_class.tree[each.second].concerns & rights).bits != 0;
    });
}

bool name_context::is_in(sddl::sid const& account, sddl::sid const& group) const {
    auto const* const entry = exported == nullptr ? nullptr : exported->find(account);
    auto const* const wanted = exported == nullptr ? nullptr : exported->find(group);
    return entry != nullptr && wanted != nullptr && members != nullptr &&
           !members->path(*entry, *wanted).empty();
}

} // namespace dsplan::words
