#pragma once
#include <tools/dsplan/directory/snapshot.hpp>
#include <tools/dsplan/effect/predict.hpp>
#include <tools/dsplan/review/account_names.hpp>
#include <tools/dsplan/review/review.hpp>

#include <vector>

namespace dsplan::review {

/// A picture for each inheritable ACE that the change adds: the containers below, and where it ends.
[[nodiscard]] std::vector<reach_picture> draw_reach(effect::effect const& predicted,
                                                    name_context const& names);

} // namespace dsplan::review
