#include <tools/dsplan/directory/group_scope.hpp>
#include <tools/dsplan/directory/membership.hpp>
#include <tools/dsplan/directory/unknown_members.hpp>
#include <tools/dsplan/ground/ascending.hpp>

#include <algorithm>
#include <deque>
#include <unordered_set>

namespace dsplan::directory {
namespace {

// A foreign security principal stands for the account whose SID it carries, where the export holds that one
// too.
entry const* resolve(snapshot const& exported, entry const* object) {
    if (object == nullptr || !object->sid || !object->is_a("foreignSecurityPrincipal"))
        return object;
    return exported.find(*object->sid);
}

using links = std::unordered_map<entry const*, std::vector<entry const*>>;

std::vector<entry const*> neighbours(links const& from, entry const& start) {
    auto const found = from.find(&start);
    return found == from.end() ? std::vector<entry const*>{} : found->second;
}

template <class Counts>
std::vector<entry const*> reachable(links const& from, entry const& start, Counts const& counts) {
    std::unordered_set<entry const*> seen{&start};
    std::vector<entry const*> reached;
    std::deque<entry const*> waiting{&start};
    for (; !waiting.empty(); waiting.pop_front())
        for (entry const* const next : neighbours(from, *waiting.front()))
            if (counts(*next) && seen.insert(next).second) {
                reached.push_back(next);
                waiting.push_back(next);
            }
    std::sort(reached.begin(), reached.end(), by_key{});
    return reached;
}

} // namespace

void membership::link(entry const* account, entry const* group) {
    if (account == nullptr || group == nullptr)
        return;
    groups_[account].push_back(group);
    members_[group].push_back(account);
    if (account->sid && account->is_a("foreignSecurityPrincipal"))
        groups_by_sid_.emplace_back(*account->sid, group);
}

void membership::link_member(snapshot const& exported, std::string_view dn, entry const& group) {
    if (auto const* const member = resolve(exported, exported.find(dn)))
        return link(member, &group);
    auto const sid = sid_in_name(dn);
    if (!sid) {
        outside_[&group].names.push_back(dn);
    } else if (auto const* const member = exported.find(*sid)) {
        link(member, &group);
    } else {
        outside_[&group].sids.push_back(*sid);
        groups_by_sid_.emplace_back(*sid, &group);
    }
}

membership::membership(snapshot const& exported) {
    for (entry const& object : exported.entries()) {
        object.for_each(attribute::member, [&](std::string_view dn) { link_member(exported, dn, object); });
        object.for_each(attribute::member_of, [&](std::string_view dn) {
            auto const* const group = exported.find(dn);
            if (group == nullptr)
                unseen_groups_[&object].push_back(dn);
            link(resolve(exported, &object), group);
        });
        if (object.members_cut_off)
            outside_[&object].is_cut_off = true;
        if (auto const primary = primary_group_of(object))
            link(&object, exported.find(*primary));
    }
    for (auto* const direction : {&groups_, &members_})
        for (auto& [object, linked] : *direction)
            sort_and_unite(linked, by_key{});
    sort_and_unite(groups_by_sid_, [](auto const& a, auto const& b) {
        return a.first != b.first ? a.first < b.first : by_key{}(a.second, b.second);
    });
}

std::vector<entry const*> membership::groups_of(entry const& account) const {
    return neighbours(groups_, account);
}

std::vector<entry const*> membership::members_of(entry const& group) const {
    return neighbours(members_, group);
}

std::vector<entry const*> membership::all_groups_of(entry const& account, std::string_view domain) const {
    return reachable(groups_, account, [&](entry const& group) { return counts_in(group, domain); });
}

std::vector<entry const*> membership::all_members_of(entry const& group) const {
    return reachable(members_, group, [](entry const&) { return true; });
}

std::vector<entry const*> membership::path(entry const& account, entry const& ancestor) const {
    std::unordered_map<entry const*, entry const*> came_from{{&account, nullptr}};
    std::deque<entry const*> waiting{&account};
    for (; !waiting.empty() && !came_from.contains(&ancestor); waiting.pop_front())
        for (entry const* const group : neighbours(groups_, *waiting.front()))
            if (scope_of(*group) != group_scope::nowhere && came_from.emplace(group, waiting.front()).second)
                waiting.push_back(group);
    std::vector<entry const*> chain;
    if (&account == &ancestor || !came_from.contains(&ancestor))
        return chain;
    for (entry const* step = &ancestor; step != nullptr; step = came_from.at(step))
        chain.push_back(step);
    std::reverse(chain.begin(), chain.end());
    return chain;
}

bool membership::is_primary_group(entry const& account, entry const& group) {
    auto const primary = primary_group_of(account);
    return primary && primary == group.sid;
}

std::vector<entry const*> membership::groups_of(sddl::sid const& member) const {
    auto found =
        std::lower_bound(groups_by_sid_.begin(), groups_by_sid_.end(), member,
                         [](auto const& known, sddl::sid const& wanted) { return known.first < wanted; });
    std::vector<entry const*> groups;
    for (; found != groups_by_sid_.end() && found->first == member; ++found)
        groups.push_back(found->second);
    return groups;
}

outside_members const* membership::outside_members_of(entry const& group) const {
    auto const found = outside_.find(&group);
    return found == outside_.end() ? nullptr : &found->second;
}

std::vector<std::string_view> membership::unseen_groups_of(entry const& account) const {
    auto const found = unseen_groups_.find(&account);
    return found == unseen_groups_.end() ? std::vector<std::string_view>{} : found->second;
}

} // namespace dsplan::directory
