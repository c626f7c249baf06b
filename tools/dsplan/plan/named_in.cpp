#include <tools/dsplan/plan/named_in.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <string>

namespace dsplan::plan {
namespace {

using directory::identity;

identity object_named(std::string const& dn, std::string const& name, directory::snapshot const& exported) {
    auto const* const found = exported.find(dn);
    return found == nullptr ? identity{name, {}, dn} : directory::identity_of(*found);
}

void add_trustee(std::vector<identity>& named, std::optional<sddl::sid> const& sid, std::string const& name,
                 directory::snapshot const& exported) {
    auto made = sid ? directory::identity_of(&exported, *sid, name) : identity{name, {}, {}};
    auto const is_same = [&made](identity const& each) {
        return each.sid == made.sid && each.name == made.name;
    };
    if (std::none_of(named.begin(), named.end(), is_same))
        named.push_back(std::move(made));
}

} // namespace

std::vector<identity> named_in(permission_change const& step, directory::snapshot const& exported) {
    std::vector<identity> named{object_named(step.dn, step.dn, exported)};
    for (auto const& each : step.grants)
        add_trustee(named, each.trustee, each.trustee_name, exported);
    for (auto const& each : step.removed)
        add_trustee(named, each.value.trustee, each.trustee_name, exported);
    return named;
}

std::vector<identity> named_in(member_addition const& step, directory::snapshot const& exported) {
    return {object_named(step.group_dn, step.group_name, exported),
            object_named(step.member_dn, step.member_name, exported)};
}

std::vector<identity> named_in(group_creation const& step, directory::snapshot const& exported) {
    return {object_named(step.dn, step.sam_account_name, exported)};
}

} // namespace dsplan::plan
