#include <tools/dsplan/commands/descriptor_options.hpp>
#include <tools/dsplan/commands/recipe_directory.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/nearest_names.hpp>
#include <tools/dsplan/ground/output_directory.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <system_error>

namespace dsplan::commands {
namespace {

using recipe_list = std::vector<plan::recipe_file>;
namespace fs = std::filesystem;

result<std::vector<fs::path>> files_in(std::string const& directory) {
    std::error_code error;
    fs::directory_iterator files(to_path(directory), error);
    if (error)
        return tl::unexpected(failure{
            fmt::format("cannot read the directory {}: {}", printable(directory), error.message()), {}});
    std::vector<fs::path> made;
    for (auto const& each : files)
        if (each.path().extension() == ".toml")
            made.push_back(each.path());
    std::sort(made.begin(), made.end());
    return made;
}

void add(recipe_list& to, plan::recipe_file added) {
    std::erase_if(to, [&added](auto const& each) { return each.name == added.name; });
    to.push_back(std::move(added));
}

void read_file(fs::path const& file, recipe_list& to, std::vector<failure>& errors) {
    constexpr std::size_t largest_recipe = std::size_t(1) << 20U;
    auto const text = read_text_file(file, largest_recipe);
    if (!text)
        return errors.push_back(text.error());
    auto read = plan::read_recipe(*text, file.filename().string());
    if (read)
        return add(to, *std::move(read));
    errors.insert(errors.end(), read.error().begin(), read.error().end());
}

} // namespace

tl::expected<recipe_list, std::vector<failure>> all_recipes(std::string const& directory) {
    auto made = plan::embedded_recipes();
    std::vector<failure> errors;
    if (!directory.empty()) {
        auto const files = files_in(directory);
        if (!files)
            return tl::unexpected(std::vector{files.error()});
        for (auto const& each : *files)
            read_file(each, made, errors);
    }
    if (!errors.empty())
        return tl::unexpected(std::move(errors));
    std::sort(made.begin(), made.end(), [](auto const& a, auto const& b) { return a.name < b.name; });
    return made;
}

void add_recipes_option(CLI::App& command, std::string& directory) {
    command.add_option("--recipes", directory, "Directory with recipes of your own")->type_name("DIR");
}

tl::expected<plan::recipe_file, std::vector<failure>> find_recipe(std::string const& name,
                                                                  std::string const& directory) {
    auto const all = all_recipes(directory);
    if (!all)
        return tl::unexpected(all.error());
    nearest_names near(name);
    for (auto const& each : *all) {
        if (equal_ignoring_case(each.name, name))
            return each;
        near.consider(each.name);
    }
    auto const meant = near.take();
    return tl::unexpected(
        std::vector{failure{fmt::format("there is no recipe '{}'", printable(name)),
                            meant.empty() ? std::string("  dsplan recipe list names them\n")
                                          : fmt::format("  did you mean {}?\n", meant.front())}});
}

} // namespace dsplan::commands
