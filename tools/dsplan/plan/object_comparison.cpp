#include <ldif/distinguished_name.hpp>
#include <sddl/self_relative.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/plan/descriptor_changes.hpp>
#include <tools/dsplan/plan/object_comparison.hpp>

#include <fmt/format.h>

#include <span>

namespace dsplan::plan {
namespace {

void add_name(member_names& names, std::string_view dn) {
    auto key = ldif::normalize(dn);
    names.emplace(key ? std::move(*key) : std::string(dn), dn);
}

void compare_descriptor(object_before const& before, directory::entry const& later,
                        sddl::domain_sids const& sids, compared_object& made) {
    auto const known = sddl::read_self_relative(std::as_bytes(std::span(before.descriptor)));
    if (before.descriptor.empty() || !known) {
        made.not_compared.emplace_back(
            "its permissions are not compared: the plan's export did not hold them");
        return;
    }
    if (later.descriptor == nullptr || !later.descriptor->value) {
        made.state = step_state::unknown;
        made.not_compared.emplace_back("its permissions are not compared: the export does not hold them");
        return;
    }
    auto const& found = *later.descriptor->value;
    if (known->sacl && !found.sacl)
        made.not_compared.emplace_back("its auditing list is not compared: the export does not hold one");
    auto changes = changes_between(*known, found, known->sacl && found.sacl, sids);
    made.aces = changes.aces;
    made.differences.insert(made.differences.end(), changes.differences.begin(), changes.differences.end());
}

} // namespace

member_names members_of(directory::entry const& group, directory::membership const& members) {
    member_names names;
    group.for_each(directory::attribute::member, [&](std::string_view dn) { add_name(names, dn); });
    for (directory::entry const* const member : members.members_of(group))
        names.emplace(member->key, member->dn);
    return names;
}

member_names member_names_of(std::vector<std::string> const& dns) {
    member_names names;
    for (std::string const& dn : dns)
        add_name(names, dn);
    return names;
}

compared_object compare(object_before const& before, directory::snapshot const& later,
                        sddl::domain_sids const& sids) {
    compared_object made{.state = step_state::done, .dn = before.dn, .differences = {}, .not_compared = {}};
    auto const* const object = later.find(before.dn);
    if (object == nullptr) {
        made.state = step_state::unknown;
        made.not_compared.emplace_back("the export does not hold the object");
        return made;
    }
    auto const name = object->structural_class();
    if (!before.object_class.empty() && !name.empty() && !equal_ignoring_case(name, before.object_class))
        made.differences.push_back(fmt::format("class is {}, was {}", name, before.object_class));
    if (before.sid && object->sid && *before.sid != *object->sid)
        made.differences.push_back(
            fmt::format("objectSid is {}, was {}: it is another object", *object->sid, *before.sid));
    compare_descriptor(before, *object, sids, made);
    if (!made.differences.empty())
        made.state = step_state::different;
    return made;
}

} // namespace dsplan::plan
