#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/effect/asked_trustees.hpp>
#include <tools/dsplan/effect/changed_groups.hpp>

#include <algorithm>
#include <set>

namespace dsplan::effect {
namespace {

std::vector<sddl::sid> ascending(sid_set const& from) {
    std::vector<sddl::sid> made(from.begin(), from.end());
    std::sort(made.begin(), made.end());
    return made;
}

// The SIDs of the lists that are asked about.
struct collected_sids {
    sid_set all;
    sid_set of_changed;
    std::set<sddl::sid> concerned;
};

collected_sids collect_sids(std::vector<object_group> const& groups, bool members_changed) {
    collected_sids made;
    // Many groups share one list, that of their parents above all.
    std::unordered_set<sddl::security_descriptor const*> seen;
    std::unordered_set<sddl::security_descriptor const*> seen_of_changed;
    for (auto const& group : groups) {
        made.concerned.insert(group.concerned.begin(), group.concerned.end());
        if (group.self && (group.is_changed() || members_changed))
            made.all.insert(*group.self);
        bool const is_changed = !group.concerned.empty() || group.is_changed();
        auto const& parents = group.parents;
        for (auto const* const list : {group.before, group.until_task, group.after, parents.before.list,
                                       parents.until_task.list, parents.after.list}) {
            if (list == nullptr)
                continue;
            if (is_changed && seen_of_changed.insert(list).second)
                add_deciding_sids(made.of_changed, *list);
            else if (!is_changed && members_changed && seen.insert(list).second)
                add_deciding_sids(made.all, *list);
        }
    }
    made.all.insert(made.of_changed.begin(), made.of_changed.end());
    return made;
}

// All whom it stands for are accounts of the export.
bool is_shown(access::sid_holders const& was, access::sid_holders const& is) {
    return (was.accounts || is.accounts) && was.incomplete.empty() && is.incomplete.empty() &&
           is.primary.empty();
}

std::string_view remark_about(access::sid_holders const& is, directory::entry const& carrier) {
    if (is.everybody)
        return everybody_remark;
    if (!is.incomplete.empty() || !is.primary.empty())
        return " (not all its members are in the export)";
    return carrier.is_a("group") ? " (a group without accounts)" : "";
}

// True where no object carries the SID.
bool ask_by_itself(asked_trustees& made, sddl::sid const& sid, access::sid_holders const& was,
                   access::sid_holders const& is, access::directory_image const& after) {
    std::set<access::object_index> carriers(was.carriers.begin(), was.carriers.end());
    carriers.insert(is.carriers.begin(), is.carriers.end());
    for (auto const object : carriers) {
        made.groups.push_back(object);
        made.remarks.emplace(object, remark_about(is, *after.objects[object].exported));
    }
    if (carriers.empty())
        made.bare.push_back(sid);
    return carriers.empty();
}

} // namespace

void add_deciding_sids(sid_set& all, sddl::security_descriptor const& from) {
    if (from.owner)
        all.insert(*from.owner);
    if (!from.dacl)
        return;
    for (auto const& value : from.dacl->aces) {
        all.insert(value.trustee);
        if (!sddl::is_callback(value.type))
            continue;
        auto const deciding = access::deciding_sids(value);
        all.insert(deciding.begin(), deciding.end());
    }
}

asked_trustees find_asked_trustees(std::vector<object_group> const& groups, access::holder_search& before,
                                   access::holder_search& after) {
    auto const collected = collect_sids(groups, memberships_differ(before.image(), after.image()));
    asked_trustees made;
    made.sids = ascending(collected.all);
    auto const trustees = ascending(collected.of_changed);
    auto const holders_before = access::find_holders(before, trustees);
    auto const holders_after = access::find_holders(after, trustees);
    for (std::size_t index = 0; index < trustees.size(); ++index) {
        auto const& sid = trustees[index];
        auto const& was = holders_before[index];
        auto const& is = holders_after[index];
        bool const is_concerned = collected.concerned.contains(sid);
        if (is_concerned)
            made.unknown.add(is);
        if (access::stands_for_another(sid) || is.is_in_no_token || is_shown(was, is))
            continue;
        bool const is_unseen = ask_by_itself(made, sid, was, is, after.image());
        made.has_unseen_account |= is_unseen && is_concerned && directory::is_account_sid(sid);
    }
    return made;
}

} // namespace dsplan::effect
