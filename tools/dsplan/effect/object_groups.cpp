#include <tools/dsplan/access/access_difference.hpp>
#include <tools/dsplan/effect/object_groups.hpp>

#include <map>
#include <set>
#include <tuple>

namespace dsplan::effect {
namespace {

using descriptor = sddl::security_descriptor;

std::vector<sddl::sid> concerned_by(object_group const& group) {
    std::set<sddl::sid> made;
    auto const add = [&made](std::vector<sddl::sid> const& some) {
        made.insert(some.begin(), some.end());
    };
    if (group.before != group.after)
        add(access::concerned_trustees(*group.before, *group.after));
    if (group.until_task != group.after)
        add(access::concerned_trustees(*group.before, *group.until_task));
    add(concerned_by_deletion(group.parents.before.list, group.parents.after.list));
    if (group.parents.until_task != group.parents.after)
        add(concerned_by_deletion(group.parents.before.list, group.parents.until_task.list));
    return {made.begin(), made.end()};
}

} // namespace

std::vector<object_group> group_objects(projection const& change) {
    auto const& before = change.before;
    auto const& after = change.after;
    using group_key = std::tuple<descriptor const*, descriptor const*, descriptor const*, std::uint32_t,
                                 std::uint32_t, parent_lists>;
    std::map<group_key, std::size_t> known;
    std::vector<object_group> groups;
    for (access::object_index index = 0; index < before.objects.size(); ++index) {
        auto const& was = before.objects[index];
        auto const& is = after.objects[index];
        if (is.is_deleted || was.descriptor == nullptr || is.descriptor == nullptr ||
            after.classes[is.classes].structural == nullptr)
            continue;
        auto const* until_task = change.until_task.empty() ? is.descriptor : change.until_task[index];
        if (until_task == nullptr)
            until_task = is.descriptor;
        auto const parents = parents_of(change, index);
        auto const [found, is_new] = known.emplace(
            group_key{was.descriptor, until_task, is.descriptor, is.classes, is.domain, parents},
            groups.size());
        if (is_new)
            groups.push_back(
                {was.descriptor, until_task, is.descriptor, is.classes, is.domain, parents, {}, {}});
        groups[found->second].objects.push_back(index);
    }
    for (auto& group : groups)
        group.concerned = concerned_by(group);
    return groups;
}

} // namespace dsplan::effect
