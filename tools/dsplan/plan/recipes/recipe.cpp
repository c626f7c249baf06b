#include <tools/dsplan/plan/recipes/recipe.hpp>
#include <tools/dsplan/plan/recipes/whfb/whfb_recipe.hpp>

#include <array>

namespace dsplan::plan {

std::span<recipe const> all_recipes() {
    static std::array<recipe, 1> const recipes{whfb::make_recipe()};
    return recipes;
}

} // namespace dsplan::plan
