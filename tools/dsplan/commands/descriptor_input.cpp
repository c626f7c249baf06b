#include <tools/dsplan/commands/descriptor_input.hpp>
#include <tools/dsplan/commands/descriptor_options.hpp>
#include <tools/dsplan/forms/pasted_lines.hpp>
#include <tools/dsplan/ground/output_directory.hpp>

#include <fmt/format.h>

#include <filesystem>
#include <ostream>
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

// A word that could have been meant as a file.
bool may_name_a_file(std::string const& argument) {
    constexpr std::size_t drive = 1; // "C:"
    return !argument.empty() && argument != "-" && argument.find_first_of("();=\n") == std::string::npos &&
           argument.find(':', drive + 1) == std::string::npos && !argument.ends_with(':');
}

} // namespace

bool is_text_itself(std::string const& argument) {
    std::error_code ignored;
    return argument != "-" && !may_name_a_file(argument) &&
           !std::filesystem::exists(to_path(argument), ignored);
}

result<pasted_descriptor> read_descriptor_argument(std::string const& argument, pasted_request const& request,
                                                   console& console) {
    std::error_code ignored;
    bool const is_file = std::filesystem::is_regular_file(to_path(argument), ignored);
    auto const input = content_of(argument, console);
    if (!input)
        return tl::unexpected(input.error());
    auto read = read_pasted(*input, request);
    if (!read) {
        auto const& problem = read.error();
        auto const place =
            trimmed(*input).empty() ? std::string() : fmt::format("column {}: ", problem.column);
        bool const is_missing = !is_file && may_name_a_file(argument);
        return tl::unexpected(
            failure{place + problem.message,
                    problem.detail + (is_missing ? "    and there is no file of that name\n" : "")});
    }
    for (auto const& warning : read->read.warnings)
        print_warning(console, fmt::format("column {}: {}", warning.column, warning.message));
    if (!read->note.empty())
        console.err << "note: " << read->note << '\n';
    return std::move(*read);
}

} // namespace dsplan::commands
