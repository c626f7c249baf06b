#pragma once
#include <tools/dsplan/plan/plan.hpp>

#include <string>

namespace dsplan::render {

/// plan.json: everything in the plan, ASCII, keys sorted, closed by a line feed. Its shape is described, for
/// people and for validators, by plan.schema.json beside this file.
[[nodiscard]] std::string plan_json(plan::plan const& drawn);

} // namespace dsplan::render
