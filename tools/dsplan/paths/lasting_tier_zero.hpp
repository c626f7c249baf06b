#pragma once
#include <tools/dsplan/paths/tier_zero.hpp>

#include <vector>

namespace dsplan::paths {

/// What is tier 0 by itself on one side, and who is a member there and on the other side: accounts that come
/// or go are the start of a way, or its end. So are policies: what links them is part of the way.
[[nodiscard]] tier_zero lasting_tier_zero(tier_zero const& other, tier_zero const& is,
                                          access::directory_image const& image);

[[nodiscard]] std::vector<object_index> targets_in(tier_zero const& of, access::directory_image const& image);

} // namespace dsplan::paths
