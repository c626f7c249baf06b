#include <tools/dsplan/access/access_difference.hpp>
#include <tools/dsplan/access/group_self.hpp>
#include <tools/dsplan/access/token_classes.hpp>
#include <tools/dsplan/effect/object_groups.hpp>

#include <algorithm>
#include <initializer_list>
#include <map>
#include <set>
#include <tuple>
#include <utility>

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
    if (group.self && made.contains(sddl::principal_self))
        made.insert(*group.self);
    return {made.begin(), made.end()};
}

// Groups on which their members are SELF, and that matters.
class member_selves {
public:
    member_selves(access::directory_image const& after, directory::class_rights_cache& rights)
        : after_(after)
        , rights_(rights) {}

    [[nodiscard]] std::optional<sddl::sid> of(access::object_index object,
                                              std::initializer_list<descriptor const*> lists) {
        auto const& is = after_.objects[object];
        if (!is.exported->sid || access::is_account(after_, object))
            return std::nullopt;
        bool const matters = std::any_of(lists.begin(), lists.end(), [&](descriptor const* list) {
            return self_matters(list, is.classes);
        });
        return matters ? is.exported->sid : std::nullopt;
    }

private:
    bool self_matters(descriptor const* list, std::uint32_t classes) {
        auto const [found, is_new] = known_.emplace(std::pair(list, classes), false);
        if (is_new)
            found->second = access::self_matters(rights_.find(after_.classes[classes]), *list);
        return found->second;
    }

    access::directory_image const& after_;
    directory::class_rights_cache& rights_;
    std::map<std::pair<descriptor const*, std::uint32_t>, bool> known_;
};

} // namespace

std::vector<object_group> group_objects(projection const& change, directory::class_rights_cache& rights) {
    auto const& before = change.before;
    auto const& after = change.after;
    using group_key = std::tuple<descriptor const*, descriptor const*, descriptor const*, std::uint32_t,
                                 std::uint32_t, parent_lists, std::optional<sddl::sid>>;
    member_selves selves(after, rights);
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
        auto const self = selves.of(index, {was.descriptor, until_task, is.descriptor});
        auto const [found, is_new] = known.emplace(
            group_key{was.descriptor, until_task, is.descriptor, is.classes, is.domain, parents, self},
            groups.size());
        if (is_new)
            groups.push_back(
                {was.descriptor, until_task, is.descriptor, is.classes, is.domain, parents, {}, {}, self});
        groups[found->second].objects.push_back(index);
    }
    for (auto& group : groups)
        group.concerned = concerned_by(group);
    return groups;
}

} // namespace dsplan::effect
