#pragma once
#include <tools/dsplan/paths/control_graph.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace dsplan::paths {

inline constexpr std::size_t no_row = SIZE_MAX;

/// A step that an access check allowed.
struct walked_step {
    edge_kind kind = edge_kind::member;
    object_index from = access::no_object; ///< who acts; no_object: a SID that no object has
    object_index to = access::no_object;
    grant by{};
    std::size_t row = no_row; ///< of `right_rows`, whose right was asked
    std::optional<sddl::sid>
        trustee{};                ///< through which the right is held; the actor itself or a group of it
    std::size_t alternatives = 0; ///< other objects that would do as well in place of `to`
    actor who{};                  ///< with whose token it was asked

    /// Whether it costs somebody an action: membership and inheritance do not.
    [[nodiscard]] bool is_action() const { return paths::is_action(kind); }
};

/// A shortest way to a target.
struct walked_way {
    std::vector<walked_step> steps;
    strength how = strength::decisive;
};

struct walk_limits {
    std::size_t steps = 8;
    std::size_t tries = 20000;
};

/// What one walk found.
struct walk_result {
    std::optional<walked_way> way{};
    std::size_t refused = 0; ///< candidates that the access check refused to the token
    bool gave_up = false;    ///< limits ended it
    bool ran_out = false;    ///< that of the tries did
};

/// Walks from accounts to the targets of a graph, with their real tokens.
class control_walk {
public:
    control_walk(directory_side const& side, control_graph const& graph, control_judge const& judge)
        : side_(side)
        , graph_(graph)
        , judge_(judge) {}

    /// The shortest way; of conditional steps only where `weakest` allows them.
    [[nodiscard]] walk_result find(actor const& from, strength weakest, walk_limits const& limits) const;

private:
    directory_side const& side_;
    control_graph const& graph_;
    control_judge const& judge_;
};

} // namespace dsplan::paths
