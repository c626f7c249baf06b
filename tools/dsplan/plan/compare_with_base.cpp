#include <sddl/self_relative.hpp>
#include <tools/dsplan/directory/membership.hpp>
#include <tools/dsplan/plan/descriptor_changes.hpp>
#include <tools/dsplan/plan/object_comparison.hpp>
#include <tools/dsplan/plan/verify.hpp>

#include <fmt/format.h>

#include <span>

namespace dsplan::plan {
namespace {

compared_object compare_group_to_create(group_creation const& wanted, directory::snapshot const& fresh) {
    compared_object made{.state = step_state::done, .dn = wanted.dn, .differences = {}, .not_compared = {}};
    if (fresh.find(wanted.dn) != nullptr) {
        made.state = step_state::different;
        made.differences.emplace_back("an object of this name exists by now");
    }
    return made;
}

compared_object compare_descriptor(permission_change const& change, directory::snapshot const& fresh,
                                   sddl::domain_sids const& sids) {
    compared_object made{
        .state = step_state::unknown, .dn = change.dn, .differences = {}, .not_compared = {}};
    auto const* const object = fresh.find(change.dn);
    auto const before = sddl::read_self_relative(std::as_bytes(std::span(change.before)));
    if (change.before.empty() || !before) {
        made.not_compared.emplace_back("the plan does not hold its descriptor: nothing to compare with");
        return made;
    }
    if (object == nullptr || object->descriptor == nullptr || !object->descriptor->value) {
        made.not_compared.emplace_back(object == nullptr ? "the export does not hold the object"
                                                         : "the export does not hold its descriptor");
        return made;
    }
    auto const& found = *object->descriptor->value;
    if (before->sacl && !found.sacl) {
        made.not_compared.emplace_back("the export holds its descriptor without the auditing list: export it "
                                       "elevated, or the list is gone");
        return made;
    }
    auto changes = changes_between(*before, found, before->sacl.has_value(), sids);
    made.aces = changes.aces;
    made.differences = std::move(changes.differences);
    made.state = made.differences.empty() ? step_state::done : step_state::different;
    return made;
}

void compare_members(object_before const& before, directory::entry const& group,
                     directory::membership const& members, compared_object& made) {
    auto const found = members_of(group, members);
    auto const known = member_names_of(before.members);
    for (auto const& [key, dn] : found)
        if (!known.contains(key))
            made.differences.push_back("member added: " + dn);
    for (auto const& [key, dn] : known)
        if (!found.contains(key))
            made.differences.push_back("member removed: " + dn);
    if (!made.differences.empty())
        made.state = step_state::different;
}

} // namespace

std::vector<compared_object> compare_with_base(std::span<domain_changes const> planned,
                                               directory::snapshot const& fresh) {
    directory::membership const members(fresh);
    std::vector<compared_object> compared;
    for (domain_changes const& changes : planned) {
        if (changes.group)
            compared.push_back(compare_group_to_create(*changes.group, fresh));
        for (permission_change const& change : changes.permissions)
            compared.push_back(compare_descriptor(change, fresh, changes.sids));
        for (object_before const& object : changes.objects) {
            auto& made = compared.emplace_back(compare(object, fresh, changes.sids));
            if (auto const* const later = fresh.find(object.dn))
                compare_members(object, *later, members, made);
        }
    }
    return compared;
}

} // namespace dsplan::plan
