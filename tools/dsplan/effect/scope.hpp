#pragma once
#include <tools/dsplan/effect/predict.hpp>

#include <vector>

namespace dsplan::effect {

/// How far each inheritable ACE reaches that a change adds to or takes from an object: where it makes a
/// difference, and why not elsewhere below. `is_protected` has one value an object, or is empty.
[[nodiscard]] std::vector<scope_of_ace> measure_scopes(access::directory_image const& before,
                                                       access::directory_image const& after,
                                                       std::vector<bool> const& is_protected);

} // namespace dsplan::effect
