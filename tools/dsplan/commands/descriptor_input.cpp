#include <tools/dsplan/commands/descriptor_input.hpp>
#include <tools/dsplan/commands/descriptor_options.hpp>
#include <tools/dsplan/ground/output_directory.hpp>

#include <fmt/format.h>

#include <filesystem>
#include <string_view>
#include <system_error>
#include <utility>

namespace dsplan::commands {
namespace {

// An argument that is the name of a file is that file; every other one is the descriptor itself.
result<std::string> content_of(std::string const& argument, console& console) {
    std::error_code ignored;
    if (argument == "-" || std::filesystem::is_regular_file(to_path(argument), ignored))
        return read_input(argument, false, console).map(without_byte_order_mark);
    return argument;
}

std::string_view without_line_ends(std::string_view text) {
    while (!text.empty() && (text.back() == '\n' || text.back() == '\r'))
        text.remove_suffix(1);
    return text;
}

} // namespace

result<read_descriptor> read_descriptor_argument(std::string const& argument, sddl::domain_sids const& sids,
                                                 console& console) {
    auto const input = content_of(argument, console);
    if (!input)
        return tl::unexpected(input.error());
    auto const form = guess_form(*input);
    auto read =
        read_form(form == descriptor_form::binary ? *input : without_line_ends(*input), form, sids, false);
    if (!read)
        return tl::unexpected(failure{fmt::format("column {}: {}", read.error().column, read.error().message),
                                      read.error().detail});
    for (auto const& warning : read->warnings)
        print_warning(console, fmt::format("column {}: {}", warning.column, warning.message));
    return std::move(*read);
}

result<directory::schema const*> schema_of(std::vector<std::string> const& exports,
                                           std::optional<directory::schema>& loaded) {
    if (exports.empty())
        return &directory::schema::built_in();
    std::vector<std::filesystem::path> files;
    for (auto const& name : exports)
        files.push_back(to_path(name));
    auto read = directory::schema::load(files);
    if (!read)
        return tl::unexpected(read.error());
    return &loaded.emplace(std::move(*read));
}

} // namespace dsplan::commands
