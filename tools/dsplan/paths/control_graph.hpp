#pragma once
#include <tools/dsplan/access/holder_search.hpp>
#include <tools/dsplan/paths/control_judge.hpp>
#include <tools/dsplan/paths/tier_zero.hpp>

#include <array>
#include <compare>
#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

namespace dsplan::paths {

/// What of an object is controlled: itself, the policies that are linked to it, the accounts that are made in
/// it to succeed others, the certificates that it is a template of.
enum class aspect : std::uint8_t { object, policy_link, successor, certificate };
inline constexpr std::size_t aspect_count = 4;

struct control_node {
    object_index object = access::no_object;
    aspect what = aspect::object;

    friend auto operator<=>(control_node const&, control_node const&) = default;
};

/// A step that works by what an object is, not by a right: what is granted on a container arrives below it, a
/// value names an account.
struct plain_edge {
    control_node to;
    edge_kind kind = edge_kind::inherits;
    strength how = strength::decisive;
    std::string_view condition{};
};

/// Objects that no access check tells apart and that lead to a target.
struct object_pair {
    sddl::security_descriptor const* list;
    std::uint32_t classes;
    std::uint32_t domain;
    aspect what = aspect::object;        ///< of the objects
    std::vector<object_index> objects{}; ///< the nearest to a target first
};

/// A right of a trustee on the objects of a pair, or one that a value gives it.
struct trustee_edge {
    std::uint32_t pair;
    std::uint32_t row; ///< of `right_rows`
};
struct value_edge {
    object_index to;
    edge_kind kind;
    sddl::security_descriptor const* list;
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

    /// Where a right on an object leads.
    [[nodiscard]] static control_node node_of(edge_kind kind, object_index object);

    /// Whether a container has more objects below that lead on than were kept.
    [[nodiscard]] bool is_cut_off() const { return is_cut_off_; }

    /// SIDs of which a token must hold one for its account to have a way.
    [[nodiscard]] bool leads_anywhere(sddl::sid const& trustee) const;

private:
    using pair_key = std::tuple<sddl::security_descriptor const*, std::uint32_t, std::uint32_t>;
    struct candidate {
        sddl::sid trustee;
        std::uint32_t row;
    };
    struct linked_policy {
        object_index policy;
        bool is_enforced;
    };
    struct pointing {
        control_node from;
        plain_edge edge;
    };

    void index_values();
    void index_value(object_index object, directory::attribute name, edge_kind kind);
    void index_delegation(object_index object, std::unordered_map<std::string, object_index> const& hosts);
    void index_succession();
    void index_successors_in(object_index container);
    void index_certificates();
    void point(control_node const& from, plain_edge const& edge);
    [[nodiscard]] std::vector<object_index> domain_roots_of(std::uint32_t domain) const;
    [[nodiscard]] std::vector<linked_policy> const& links_of(object_index container);
    void relax(control_node const& node, std::uint32_t distance, bool first);
    void relax_trustee(sddl::sid const& trustee, std::uint32_t distance);
    void pop(control_node const& node);
    void take_members(object_index group, std::uint32_t distance);
    void take_values(object_index object, std::uint32_t distance);
    void take_list(control_node const& node, std::uint32_t distance);
    void take_containers(object_index object, std::uint32_t distance);
    void take_policies(object_index object, std::uint32_t distance);
    void add_plain(control_node const& from, plain_edge const& edge, std::uint32_t distance);
    [[nodiscard]] std::vector<candidate> find_candidates(object_index object) const;
    [[nodiscard]] std::optional<sddl::security_token> token_of(sddl::sid const& trustee,
                                                               std::uint32_t domain) const;
    [[nodiscard]] bool holds_tier_zero(sddl::sid const& trustee) const;
    void sort_edges();

    directory_side const& side_;
    account_facts const& facts_;
    control_judge const& judge_;
    tier_zero const& holders_;
    access::sid_carriers carriers_;
    std::vector<bool> is_target_;
    std::map<sddl::sid, object_index> targets_;                      // groups that count, and accounts
    std::array<std::vector<std::uint32_t>, aspect_count> distances_; // one an object
    std::deque<control_node> waiting_;
    std::vector<object_pair> pairs_;
    std::map<std::tuple<pair_key, aspect>, std::uint32_t> pair_of_;
    std::map<std::uint32_t, std::vector<candidate>> candidates_; // of a pair
    std::map<sddl::sid, std::vector<trustee_edge>> edges_;
    std::map<sddl::sid, std::vector<value_edge>> values_;
    std::map<control_node, std::vector<plain_edge>> plain_;
    std::map<control_node, std::vector<pointing>> pointing_; // plain edges of values, by where they lead
    std::map<object_index, std::vector<std::pair<sddl::sid, value_edge>>> value_edges_; // by where they lead
    std::deque<sddl::security_descriptor> value_lists_;
    std::map<object_index, std::vector<linked_policy>> links_; // of a container, looked up once
    std::unordered_map<std::string, object_index> policies_;   // by key
    std::vector<object_index> roots_;                          // of domains
    bool is_cut_off_ = false;
};

} // namespace dsplan::paths
