#pragma once
#include <tools/dsplan/effect/predict.hpp>

#include <string>
#include <vector>

namespace dsplan::effect {

/// What cannot be known of objects that the change can concern: sentences.
///
/// Those are the objects that it writes or moves and all below them; where it changes memberships, all of the
/// domains. Objects of the configuration are exported for what they say of the forest.
[[nodiscard]] std::vector<std::string> unknown_objects(projection const& change);

} // namespace dsplan::effect
