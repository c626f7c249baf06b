#pragma once
#include <tools/dsplan/plan/list_order.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace dsplan::plan {

enum class redundancy : std::uint8_t {
    duplicate, ///< an equal explicit ACE is there
    subsumed,  ///< one explicit ACE of the same account and sign says all of it
    copy,      ///< an inherited ACE says the same
};

/// An explicit ACE that changes no access by being there, and the one that proves it: both as indices of the
/// list that was given.
struct redundant_ace {
    std::size_t index = 0;
    std::size_t because_of = 0;
    redundancy kind = redundancy::duplicate;

    friend bool operator==(redundant_ace const&, redundant_ace const&) = default;
};

/// The explicit ACEs that can all go at once without changing what anybody may do. The proof for each: an ACE
/// that stays says all that it says, and either comes before it, or no ACE of the other sign between the two
/// speaks of the same.
[[nodiscard]] std::vector<redundant_ace>
find_redundant(tracked_list const& aces, sddl::property_set_of const& set_of, may_share_token const& share);

} // namespace dsplan::plan
