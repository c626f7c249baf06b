#include <sddl/self_relative.hpp>
#include <tools/dsplan/plan/object_comparison.hpp>
#include <tools/dsplan/plan/objects_before.hpp>

#include <set>

namespace dsplan::plan {
namespace {

object_before state_of(directory::entry const& object, directory::membership const& members) {
    object_before made{.dn = std::string(object.dn),
                       .object_class = std::string(object.structural_class()),
                       .sid = object.sid,
                       .descriptor = {},
                       .members = {}};
    if (object.descriptor != nullptr && object.descriptor->value) {
        auto const octets = sddl::write_self_relative(*object.descriptor->value);
        made.descriptor.assign(reinterpret_cast<char const*>(octets.data()), octets.size());
    }
    for (auto const& [key, dn] : members_of(object, members))
        made.members.push_back(dn);
    return made;
}

} // namespace

void keep_objects(plan& drawn, directory::snapshot const& exported, directory::membership const& members) {
    for (domain_changes& changes : drawn.domains) {
        std::set<std::string, std::less<>> named;
        for (member_addition const& step : changes.members)
            named.insert({step.group_dn, step.member_dn});
        for (std::string const& dn : named)
            if (auto const* const object = exported.find(dn))
                changes.objects.push_back(state_of(*object, members));
    }
}

} // namespace dsplan::plan
