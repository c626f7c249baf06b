#pragma once
#include <tools/dsplan/plan/recipes/recipe_file.hpp>

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <vector>

namespace dsplan::render {

/// A line a recipe: its name and its title.
[[nodiscard]] std::string recipe_list(std::vector<plan::recipe_file> const& recipes);

/// What a recipe is for, its parameters, what it asks for and checks, and where that is said.
[[nodiscard]] std::string recipe_page(plan::recipe_file const& recipe);

/// The same of some recipes, each with its file.
[[nodiscard]] nlohmann::ordered_json recipes_json(std::vector<plan::recipe_file> const& recipes);

} // namespace dsplan::render
