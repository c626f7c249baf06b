#pragma once
#include <sddl/acl.hpp>
#include <sddl/permission.hpp>

#include <cstddef>
#include <optional>
#include <vector>

namespace dsplan::plan {

/// An ACE of a list that is being edited, and its index before; nothing for one that was added.
struct placed_ace {
    sddl::ace value;
    std::optional<std::size_t> was;
};

using tracked_list = std::vector<placed_ace>;

[[nodiscard]] inline bool is_explicit(placed_ace const& each) {
    return !each.value.has(sddl::ace_flag::inherited);
}

[[nodiscard]] tracked_list tracked(sddl::acl const& list);

[[nodiscard]] std::vector<sddl::ace> values_of(tracked_list const& aces);

/// `before` with these ACEs; its revision is raised where they need it.
[[nodiscard]] sddl::acl list_of(sddl::acl const& before, tracked_list const& aces);

/// What an ACE says where its condition holds; nothing for ACEs that neither allow nor deny.
[[nodiscard]] std::optional<sddl::permission> permission_at_most(sddl::ace value);

/// The rights of a permission that ACEs of its trustee say, each for the whole type and reach, and those
/// ACEs.
struct list_cover {
    sddl::access_mask rights;
    std::vector<std::size_t> aces;
};

[[nodiscard]] list_cover cover(tracked_list const& aces, sddl::permission const& wanted, bool only_explicit,
                               sddl::property_set_of const& set_of);

/// Explicit ACEs that deny some of a grant to its trustee or a group of `token`. One with a condition counts:
/// the condition may hold.
[[nodiscard]] std::vector<std::size_t> denials_of(tracked_list const& aces, sddl::permission const& wanted,
                                                  std::vector<sddl::sid> const& token,
                                                  sddl::property_set_of const& set_of);

/// ACEs of a group of `token` that say all of a permission.
[[nodiscard]] std::vector<std::size_t> covered_through_groups(tracked_list const& aces,
                                                              sddl::permission const& wanted,
                                                              std::vector<sddl::sid> const& token,
                                                              sddl::property_set_of const& set_of);

} // namespace dsplan::plan
