#pragma once
#include <tools/dsplan/paths/candidate_trustees.hpp>
#include <tools/dsplan/paths/policy_scope.hpp>
#include <tools/dsplan/paths/tier_zero.hpp>
#include <tools/dsplan/paths/value_edges.hpp>

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <vector>

namespace dsplan::paths {

/// Objects that no access check tells apart and that lead to a target.
struct object_pair {
    sddl::security_descriptor const* list;
    std::uint32_t classes;
    std::uint32_t domain;
    aspect what = aspect::object;        ///< of the objects
    std::vector<object_index> objects{}; ///< the nearest to a target first
};

/// A right of a trustee on the objects of a pair.
struct trustee_edge {
    std::uint32_t pair;
    std::uint32_t row; ///< of `right_rows`
};
/// Everything that may lead to the targets, found from them backwards. Trustees are asked alone here, so that
/// some of it is refused to their members: whoever walks asks again.
class control_graph {
public:
    control_graph(directory_side const& side, account_facts const& facts, control_judge const& judge,
                  tier_zero const& holders);

    /// Finds what leads to the targets.
    void search(std::vector<object_index> const& targets);

    [[nodiscard]] std::optional<std::uint32_t> distance(control_node const& of) const;
    [[nodiscard]] bool is_target(object_index object) const { return is_target_[object]; }

    /// The target that has the SID; null for any other.
    [[nodiscard]] object_index const* target_of(sddl::sid const& sid) const;
    [[nodiscard]] std::vector<object_pair> const& pairs() const { return pairs_; }

    /// By trustee, the nearest first; null for one that leads nowhere.
    [[nodiscard]] std::vector<trustee_edge> const* edges_of(sddl::sid const& trustee) const;
    [[nodiscard]] std::vector<value_edge> const* values_of(sddl::sid const& trustee) const;
    [[nodiscard]] std::vector<plain_edge> const* plain_edges_of(control_node const& from) const;

    /// Whether more edges start there than were kept.
    [[nodiscard]] bool has_more_plain_edges(control_node const& from) const { return more_.contains(from); }

    /// Those that were not kept, which are looked for again; the nearest first.
    [[nodiscard]] std::vector<plain_edge> const& more_plain_edges_of(control_node const& from) const;

    /// SIDs of which a token must hold one for its account to have a way.
    [[nodiscard]] bool leads_anywhere(sddl::sid const& trustee) const;

private:
    using pair_key = std::tuple<sddl::security_descriptor const*, std::uint32_t, std::uint32_t, aspect>;

    void relax(control_node const& node, std::uint32_t distance, bool first);
    void relax_trustee(sddl::sid const& trustee, std::uint32_t distance);
    void pop(control_node const& node);
    void take_members(object_index group, std::uint32_t distance);
    void take_values(object_index object, std::uint32_t distance);
    void take_list(control_node const& node, std::uint32_t distance);
    template <class Take>
    void each_plain_edge_to(control_node const& node, Take const& take) const;
    template <class Take>
    void each_container_over(object_index object, Take const& take) const;
    void add_plain(control_node const& from, plain_edge const& edge, bool is_first);
    void sort_edges();

    directory_side const& side_;
    account_facts const& facts_;
    tier_zero const& holders_;
    candidate_trustees trustees_;
    value_edges of_values_;
    pointing_edges of_forest_;
    policy_scope policies_;
    std::vector<bool> is_target_;
    std::map<sddl::sid, object_index> targets_;                      // groups that count, and accounts
    std::array<std::vector<std::uint32_t>, aspect_count> distances_; // one an object
    std::deque<control_node> waiting_;
    std::vector<object_pair> pairs_;
    std::map<pair_key, std::uint32_t> pair_of_;
    std::map<std::uint32_t, std::vector<candidate>> candidates_; // of a pair
    std::map<sddl::sid, std::vector<trustee_edge>> edges_;
    std::map<sddl::sid, std::vector<value_edge>> values_;
    std::map<control_node, std::vector<plain_edge>> plain_;
    std::set<control_node> more_;                                   // where edges were not kept
    mutable std::map<control_node, std::vector<plain_edge>> again_; // those, once they were asked for
    std::array<std::vector<bool>, aspect_count> was_popped_;
};

} // namespace dsplan::paths
