#pragma once
#include <sddl/sid.hpp>
#include <tools/dsplan/directory/snapshot.hpp>

#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace dsplan::directory {

/// Members of a group that the export does not hold.
struct outside_members {
    std::vector<sddl::sid> sids;         ///< foreign security principals, whose SID their name says
    std::vector<std::string_view> names; ///< of what is known by its DN only
    bool is_cut_off = false;             ///< the export holds a range of the members, not its end

    /// True if every member is known, if only by SID.
    [[nodiscard]] bool are_known() const { return names.empty() && !is_cut_off; }

    friend bool operator==(outside_members const&, outside_members const&) = default;
};

/// Who is a member of what, over member, memberOf and primaryGroupID, foreign security principals resolved.
/// Cycles are legal in a directory and end a walk here. What membership gives in an access check,
/// distribution groups do not pass on.
class membership {
public:
    explicit membership(snapshot const& exported);

    /// Groups the account is a direct member of, its primary group and distribution groups included; by key.
    [[nodiscard]] std::vector<entry const*> groups_of(entry const& account) const;

    /// Direct members, those by primary group included; by key.
    [[nodiscard]] std::vector<entry const*> members_of(entry const& group) const;

    /// All security groups the account is in, however deep; by key, without the account itself. Those that
    /// count on objects of `domain` (as `domain_part` gives it; empty: all).
    [[nodiscard]] std::vector<entry const*> all_groups_of(entry const& account,
                                                          std::string_view domain = {}) const;

    /// Everyone in the group, however deep, through distribution groups too, groups included; by key, without
    /// the group itself.
    [[nodiscard]] std::vector<entry const*> all_members_of(entry const& group) const;

    /// Account, security group, …, `ancestor`: a shortest chain of memberships; empty if there is none.
    [[nodiscard]] std::vector<entry const*> path(entry const& account, entry const& ancestor) const;

    /// Whether `group` is the account's primary group.
    [[nodiscard]] static bool is_primary_group(entry const& account, entry const& group);

    /// Groups that a SID is a direct member of, whether or not the export has an entry for it; by key.
    [[nodiscard]] std::vector<entry const*> groups_of(sddl::sid const& member) const;

    /// Members of the group that the export does not hold; null if there are none.
    [[nodiscard]] outside_members const* outside_members_of(entry const& group) const;

    /// Groups that the account's memberOf names and the export lacks, by DN.
    [[nodiscard]] std::vector<std::string_view> unseen_groups_of(entry const& account) const;

private:
    using links = std::unordered_map<entry const*, std::vector<entry const*>>;

    void link(entry const* account, entry const* group);
    void link_member(snapshot const& exported, std::string_view dn, entry const& group);

    links groups_;
    links members_;
    std::unordered_map<entry const*, outside_members> outside_;
    std::unordered_map<entry const*, std::vector<std::string_view>> unseen_groups_;
    std::vector<std::pair<sddl::sid, entry const*>> groups_by_sid_; // of members named by their SID, sorted
};

} // namespace dsplan::directory
