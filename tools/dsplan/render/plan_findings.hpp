#pragma once
#include <tools/dsplan/plan/plan.hpp>
#include <tools/dsplan/render/page_section.hpp>

#include <vector>

namespace dsplan::render {

/// What a plan found, the worst first; what was checked and is no finding stands behind a fold.
[[nodiscard]] std::vector<page_section> finding_sections(plan::plan const& drawn);

} // namespace dsplan::render
