#pragma once
#include <tools/dsplan/plan/plan.hpp>

#include <string>

namespace dsplan::render {

/// review.md: the page that a second person checks before the import. Names from the export are escaped, so
/// that they are text and nothing else.
[[nodiscard]] std::string plan_markdown(plan::plan const& drawn);

} // namespace dsplan::render
