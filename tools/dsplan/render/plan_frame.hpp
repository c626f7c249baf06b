#pragma once
#include <tools/dsplan/plan/plan.hpp>
#include <tools/dsplan/render/page_section.hpp>

#include <string_view>

namespace dsplan::render {

/// What the pages of a plan say besides the review of its changes: what was asked for and found, which
/// plan it is, how to import, verify and undo, what nobody has proven.
[[nodiscard]] page_frame plan_frame(plan::plan const& drawn, std::string_view plan_digest);

} // namespace dsplan::render
