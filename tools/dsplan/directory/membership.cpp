#include <tools/dsplan/directory/membership.hpp>

#include <algorithm>
#include <deque>
#include <unordered_set>

namespace dsplan::directory {
namespace {

bool by_key(entry const* a, entry const* b) {
    return a->key < b->key;
}

// A foreign security principal stands for the account whose SID it carries, where the export holds that one
// too.
entry const* resolve(snapshot const& exported, entry const* object) {
    if (object == nullptr || !object->sid || !object->is_a("foreignSecurityPrincipal"))
        return object;
    return exported.find(*object->sid);
}

void sort_unique(std::vector<entry const*>& entries) {
    std::sort(entries.begin(), entries.end(), by_key);
    entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
}

} // namespace

membership::membership(snapshot const& exported) {
    auto const link = [&](entry const* account, entry const* group) {
        account = resolve(exported, account);
        if (account == nullptr || group == nullptr)
            return;
        groups_[account].push_back(group);
        members_[group].push_back(account);
    };
    for (entry const& object : exported.entries()) {
        object.for_each(attribute::member, [&](std::string_view dn) { link(exported.find(dn), &object); });
        object.for_each(attribute::member_of, [&](std::string_view dn) { link(&object, exported.find(dn)); });
        auto const primary = object.number(attribute::primary_group_id);
        auto const home = object.sid ? sddl::domain_of(*object.sid) : std::nullopt;
        if (primary && home)
            if (auto const sid = sddl::with_relative_identifier(*home, static_cast<std::uint32_t>(*primary)))
                link(&object, exported.find(*sid));
    }
    for (auto* const direction : {&groups_, &members_})
        for (auto& [object, linked] : *direction)
            sort_unique(linked);
}

std::vector<entry const*> membership::neighbours(links const& from, entry const& start) {
    auto const found = from.find(&start);
    return found == from.end() ? std::vector<entry const*>{} : found->second;
}

std::vector<entry const*> membership::reachable(links const& from, entry const& start) {
    std::unordered_set<entry const*> seen{&start};
    std::vector<entry const*> reached;
    std::deque<entry const*> waiting{&start};
    for (; !waiting.empty(); waiting.pop_front())
        for (entry const* const next : neighbours(from, *waiting.front()))
            if (seen.insert(next).second) {
                reached.push_back(next);
                waiting.push_back(next);
            }
    std::sort(reached.begin(), reached.end(), by_key);
    return reached;
}

std::vector<entry const*> membership::groups_of(entry const& account) const {
    return neighbours(groups_, account);
}

std::vector<entry const*> membership::members_of(entry const& group) const {
    return neighbours(members_, group);
}

std::vector<entry const*> membership::all_groups_of(entry const& account) const {
    return reachable(groups_, account);
}

std::vector<entry const*> membership::all_members_of(entry const& group) const {
    return reachable(members_, group);
}

std::vector<entry const*> membership::path(entry const& account, entry const& ancestor) const {
    std::unordered_map<entry const*, entry const*> came_from{{&account, nullptr}};
    std::deque<entry const*> waiting{&account};
    for (; !waiting.empty() && !came_from.contains(&ancestor); waiting.pop_front())
        for (entry const* const group : neighbours(groups_, *waiting.front()))
            if (came_from.emplace(group, waiting.front()).second)
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
    auto const primary = account.number(attribute::primary_group_id);
    return primary && account.sid && group.sid &&
           sddl::domain_of(*account.sid) == sddl::domain_of(*group.sid) &&
           sddl::relative_identifier(*group.sid) == static_cast<std::uint32_t>(*primary);
}

} // namespace dsplan::directory
