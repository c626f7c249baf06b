#include <sddl/self_relative.hpp>
#include <tools/dsplan/plan/plan.hpp>

#include <algorithm>
#include <iterator>
#include <span>

namespace dsplan::plan {

std::optional<sddl::ace> grant::ace() const {
    if (whole)
        return whole;
    if (!trustee)
        return std::nullopt;
    bool const is_object = property_guid || inherited_class_guid;
    return sddl::ace{.type = sddl::unconditional_type(
                         denies ? sddl::ace_effect::deny : sddl::ace_effect::allow, is_object),
                     .flags = flags,
                     .mask = mask,
                     .reserved_object_flags = 0,
                     .object_type = property_guid,
                     .inherited_object_type = inherited_class_guid,
                     .trustee = *trustee,
                     .data = {}};
}

std::vector<sddl::ace> explicit_aces_of(sddl::sid const& trustee, std::string_view descriptor) {
    auto const read = sddl::read_self_relative(std::as_bytes(std::span(descriptor)));
    if (!read || !read->dacl)
        return {};
    std::vector<sddl::ace> found;
    std::copy_if(
        read->dacl->aces.begin(), read->dacl->aces.end(), std::back_inserter(found),
        [&](sddl::ace const& ace) { return ace.trustee == trustee && !ace.has(sddl::ace_flag::inherited); });
    return found;
}

std::vector<sddl::ace> other_aces_of_trustees(permission_change const& change) {
    std::vector<sddl::sid> trustees;
    for (grant const& each : change.grants)
        if (each.trustee && std::find(trustees.begin(), trustees.end(), *each.trustee) == trustees.end())
            trustees.push_back(*each.trustee);
    std::vector<sddl::ace> found;
    for (auto const& trustee : trustees) {
        auto const of_one = explicit_aces_of(trustee, change.before);
        found.insert(found.end(), of_one.begin(), of_one.end());
    }
    return found;
}

bool plan::needs_second_phase() const {
    return std::any_of(domains.begin(), domains.end(),
                       [](domain_changes const& changes) { return changes.group.has_value(); });
}

sddl::domain_sids plan::sids() const {
    return domains.size() == 1 ? domains.front().sids : sddl::domain_sids{};
}

} // namespace dsplan::plan
