#pragma once
#include <sddl/sid.hpp>
#include <tools/dsplan/directory/snapshot.hpp>

#include <unordered_map>
#include <vector>

namespace dsplan::directory {

/// Who is a member of what, over member, memberOf and primaryGroupID, foreign security principals resolved.
/// Cycles are legal in a directory and end a walk here.
class membership {
public:
    explicit membership(snapshot const& exported);

    /// Groups the account is a direct member of, its primary group included; by key.
    [[nodiscard]] std::vector<entry const*> groups_of(entry const& account) const;

    /// Direct members, those by primary group included; by key.
    [[nodiscard]] std::vector<entry const*> members_of(entry const& group) const;

    /// All groups the account is in, however deep; by key, without the account itself.
    [[nodiscard]] std::vector<entry const*> all_groups_of(entry const& account) const;

    /// Everyone in the group, however deep, groups included; by key, without the group itself.
    [[nodiscard]] std::vector<entry const*> all_members_of(entry const& group) const;

    /// Account, group, …, `ancestor`: a shortest chain of memberships; empty if there is none.
    [[nodiscard]] std::vector<entry const*> path(entry const& account, entry const& ancestor) const;

    /// Whether `group` is the account's primary group.
    [[nodiscard]] static bool is_primary_group(entry const& account, entry const& group);

private:
    using links = std::unordered_map<entry const*, std::vector<entry const*>>;

    static std::vector<entry const*> neighbours(links const& from, entry const& start);
    static std::vector<entry const*> reachable(links const& from, entry const& start);

    links groups_;
    links members_;
};

} // namespace dsplan::directory
