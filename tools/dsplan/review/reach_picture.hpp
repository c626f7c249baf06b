#pragma once
#include <tools/dsplan/directory/snapshot.hpp>
#include <tools/dsplan/effect/predict.hpp>
#include <tools/dsplan/review/review.hpp>
#include <tools/dsplan/words/account_names.hpp>

namespace dsplan::review {

/// Pictures of the first inheritable ACEs that the change adds: the containers below, and where each ends.
/// `names` must have a base.
void draw_reach(review& made, effect::effect const& predicted, words::name_context const& names);

} // namespace dsplan::review
