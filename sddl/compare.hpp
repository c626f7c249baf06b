#pragma once
#include <sddl/acl.hpp>
#include <sddl/security_descriptor.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace dsplan::sddl {

/// How a list differs from an earlier one.
///
/// The lists are compared as multisets within {explicit, inherited} x {deny, other}: a directory may store
/// the explicit ACEs in an order of its own, and what stands twice counts twice.
struct acl_difference {
    std::vector<ace> removed;  ///< in the order of the earlier list
    std::vector<ace> added;    ///< in the order of the later list
    bool is_reordered = false; ///< the ACEs that both have stand in different orders

    friend bool operator==(acl_difference const&, acl_difference const&) = default;

    [[nodiscard]] bool same_aces() const { return removed.empty() && added.empty(); }
    [[nodiscard]] bool empty() const { return same_aces() && !is_reordered; }
};

[[nodiscard]] acl_difference compare(acl const& before, acl const& after);

/// How a descriptor differs from an earlier one. Layout, slack and padding do not count: they say nothing.
struct descriptor_difference {
    struct owner_change {
        std::optional<sid> before;
        std::optional<sid> after;

        friend bool operator==(owner_change const&, owner_change const&) = default;
    };
    struct state_change {
        acl_state before;
        acl_state after;

        friend bool operator==(state_change const&, state_change const&) = default;
    };
    std::optional<owner_change> owner;
    std::optional<owner_change> group;
    std::uint16_t control_set = 0;          ///< bits of the later control field that the earlier lacks
    std::uint16_t control_cleared = 0;      ///< bits of the earlier control field that the later lacks
    std::optional<state_change> dacl_state; ///< absent, NULL and empty are three different things
    std::optional<state_change> sacl_state;
    acl_difference dacl; ///< a list that is not there counts as one without ACEs
    acl_difference sacl;

    friend bool operator==(descriptor_difference const&, descriptor_difference const&) = default;

    /// True if nothing differs but, at most, the order of ACEs.
    [[nodiscard]] bool same_but_for_order() const;
    [[nodiscard]] bool empty() const;
};

[[nodiscard]] descriptor_difference compare(security_descriptor const& before,
                                            security_descriptor const& after);

} // namespace dsplan::sddl
