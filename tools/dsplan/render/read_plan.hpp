#pragma once
#include <tools/dsplan/ground/failure.hpp>
#include <tools/dsplan/plan/plan.hpp>

#include <string_view>
#include <vector>

namespace dsplan::render {

/// Reads the changes back from plan.json. What is not in the shape that plan.schema.json describes is an
/// error that names the place in it.
[[nodiscard]] result<std::vector<plan::domain_changes>> read_plan_json(std::string_view text);

} // namespace dsplan::render
