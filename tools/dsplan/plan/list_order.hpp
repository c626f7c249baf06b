#pragma once
#include <sddl/permission.hpp>
#include <tools/dsplan/plan/list_cover.hpp>

#include <functional>
#include <optional>
#include <utility>

namespace dsplan::plan {

/// Whether one account can have both SIDs in its token.
using may_share_token = std::function<bool(sddl::sid const&, sddl::sid const&)>;

/// An ACE that allows and one after it that denies some of the same to what may be the same account: the
/// first such pair of explicit ACEs, as their indices in `aces`. In canonical order the denial comes first
/// and decides; nothing where the order changes no access. A condition counts as if it held.
[[nodiscard]] std::optional<std::pair<std::size_t, std::size_t>>
find_order_that_matters(tracked_list const& aces, sddl::property_set_of const& set_of,
                        may_share_token const& share);

/// True if `a` and `b`, of opposite signs, speak of the same right to what may be the same account.
[[nodiscard]] bool contend(sddl::ace const& a, sddl::ace const& b, sddl::property_set_of const& set_of,
                           may_share_token const& share);

} // namespace dsplan::plan
