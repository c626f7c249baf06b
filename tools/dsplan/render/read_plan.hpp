#pragma once
#include <tools/dsplan/ground/failure.hpp>
#include <tools/dsplan/plan/plan.hpp>

#include <string_view>

namespace dsplan::render {

/// Reads a plan back from plan.json: its steps, inputs and what was there before; findings and effect stay
/// after. What is not in the shape that plan.schema.json describes is an error that names the place in it.
[[nodiscard]] result<plan::plan> read_plan_json(std::string_view text);

} // namespace dsplan::render
