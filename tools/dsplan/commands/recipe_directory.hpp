#pragma once
#include <tools/dsplan/ground/failure.hpp>
#include <tools/dsplan/plan/recipes/recipe_file.hpp>

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace dsplan::commands {

/// The recipes of the program and those of a directory, by name; one of the directory takes the place of one
/// of the program. Errors: all of the files.
[[nodiscard]] tl::expected<std::vector<plan::recipe_file>, std::vector<failure>>
all_recipes(std::string const& directory);

/// The one of that name. Errors: none, with the nearest.
[[nodiscard]] tl::expected<plan::recipe_file, std::vector<failure>> find_recipe(std::string const& name,
                                                                                std::string const& directory);

/// --recipes.
void add_recipes_option(CLI::App& command, std::string& directory);

} // namespace dsplan::commands
