#pragma once
#include <tools/dsplan/paths/account_facts.hpp>
#include <tools/dsplan/paths/control_node.hpp>

#include <deque>
#include <map>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace dsplan::paths {

/// Edges that need no right, by where they lead.
class pointing_edges {
public:
    void add(control_node const& from, plain_edge const& edge) { by_end_[edge.to].push_back({from, edge}); }

    /// Empty where none leads.
    [[nodiscard]] std::vector<pointing_edge> const& leading_to(control_node const& to) const;

private:
    std::map<control_node, std::vector<pointing_edge>> by_end_;
};

/// What values of accounts say of each other: who acts for others, who retrieves a password, where services
/// are delegated to, who succeeds an account, whose host keeps its password.
class value_edges {
public:
    using held_edge = std::pair<sddl::sid, value_edge>;

    value_edges(directory_side const& side, account_facts const& facts);

    /// What lists in the values of an object give, by trustee; null where none does.
    [[nodiscard]] std::vector<held_edge> const* held_on(object_index object) const;

    [[nodiscard]] pointing_edges const& pointing() const { return pointing_; }

private:
    void take_list(object_index object, directory::attribute name, edge_kind kind);
    void take_manager(object_index object);
    void take_delegation(object_index object);
    void take_host(object_index object);
    void take_synchronisation();
    void take_read_only_controller(object_index object);
    void take_successors_in(object_index container);
    void take_succession();
    [[nodiscard]] object_index find(std::string_view dn);

    directory_side const& side_;
    account_facts const& facts_;
    std::unordered_map<std::string, object_index> hosts_; // by name
    std::unordered_map<std::string, object_index> keys_;  // filled when the first name is looked up
    std::map<object_index, std::vector<held_edge>> held_;
    std::deque<sddl::security_descriptor> lists_;
    pointing_edges pointing_;
};

} // namespace dsplan::paths
