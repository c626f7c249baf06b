#pragma once
#include <tools/dsplan/plan/recipes/recipe.hpp>

namespace dsplan::plan::whfb {

/// `dsplan plan whfb`
[[nodiscard]] recipe make_recipe();

} // namespace dsplan::plan::whfb
