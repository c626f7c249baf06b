#include <tools/dsplan/commands/page_sources.hpp>
#include <tools/dsplan/ground/output_directory.hpp>

#include <filesystem>
#include <system_error>

namespace dsplan::commands {
namespace {

input_digest source_named(std::string const& argument) {
    if (argument == "-")
        return {.name = "standard input"};
    std::error_code unknown;
    auto const path = to_path(argument);
    if (!std::filesystem::exists(path, unknown) || std::filesystem::is_directory(path, unknown))
        return {.name = "given on the command line"};
    // It was read before: one that has gone since has no sum.
    return digest_of_input(path).value_or(input_digest{.name = shown(path.filename())});
}

} // namespace

render::page_provenance page_sources(std::vector<source_arguments> const& given) {
    render::page_provenance made;
    for (auto const& [role, arguments] : given)
        for (auto const& argument : arguments)
            made.sources.push_back({std::string(role), source_named(argument)});
    return made;
}

} // namespace dsplan::commands
