#include <tools/dsplan/commands/call_mistakes.hpp>
#include <tools/dsplan/commands/manual_page.hpp>
#include <tools/dsplan/ground/version.hpp>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <sstream>

namespace dsplan::commands {
namespace {

// Text that no letter of means something to roff.
std::string roff(std::string_view text) {
    std::string made;
    for (char const letter : text)
        if (letter == '\\')
            made += "\\e";
        else if (letter == '-')
            made += "\\-";
        else if (letter == '\'')
            made += "\\(aq";
        else
            made += letter;
    return made.starts_with('.') ? "\\&" + made : made;
}

std::string page_name(std::string_view path) {
    std::string name(path);
    std::replace(name.begin(), name.end(), ' ', '-');
    return name;
}

// What stands below the options in --help, by its kinds.
struct footer_parts {
    std::string text;
    std::string examples;
    std::string status;
};

footer_parts split_footer(std::string const& footer) {
    constexpr std::string_view status_mark = "Exit status: ";
    footer_parts parts;
    std::istringstream lines(footer);
    std::string* place = &parts.text;
    for (std::string line; std::getline(lines, line);) {
        if (line == "Example:" || line == "Examples:") {
            place = &parts.examples;
        } else if (line.starts_with(status_mark)) {
            place = &parts.status;
            *place += roff(line.substr(status_mark.size())) + '\n';
        } else if (line.empty()) {
            place = &parts.text;
            *place += ".PP\n";
        } else {
            *place += roff(line) + '\n';
        }
    }
    return parts;
}

std::string option_names(CLI::Option const& option) {
    if (option.get_positional() && option.get_lnames().empty() && option.get_snames().empty())
        return option.get_name(true);
    std::string names;
    for (auto const& name : option.get_snames())
        names += (names.empty() ? "-" : ", -") + name;
    if (!option.get_lnames().empty())
        names += (names.empty() ? "--" : ", --") + option.get_lnames().front();
    return names;
}

void append_options(std::string& page, CLI::App const& command) {
    page += ".SH OPTIONS\n";
    for (CLI::Option const* const option : command.get_options()) {
        bool const takes_value = option->get_items_expected_max() > 0;
        auto const value = takes_value && !option->get_positional() ? option->get_type_name() : std::string();
        page += fmt::format(".TP\n.B {}{}\n", roff(option_names(*option)),
                            value.empty() ? "" : " " + roff(value));
        std::istringstream lines(option->get_description());
        for (std::string line; std::getline(lines, line);)
            page += roff(line) + '\n';
    }
}

void append_subcommands(std::string& page, CLI::App const& command, std::string_view path) {
    auto const below = subcommands_of(command);
    if (below.empty())
        return;
    page += ".SH SUBCOMMANDS\n";
    for (CLI::App const* const each : below)
        page += fmt::format(".TP\n.B {}\n{}; see\n.BR {} (1).\n", roff(each->get_name()),
                            roff(each->get_description()),
                            roff(page_name(std::string(path) + ' ' + each->get_name())));
}

void append_section(std::string& page, std::string_view title, std::string const& text) {
    if (!text.empty())
        page += fmt::format(".SH {}\n{}", title, text);
}

} // namespace

std::string manual_page(CLI::App const& command, std::string_view path) {
    auto const name = page_name(path);
    auto page = fmt::format(".TH \"{}\" 1 \"\" \"dsplan {}\" \"dsplan\"\n.SH NAME\n{} \\- {}\n", roff(name),
                            program_version(), roff(name), roff(command.get_description()));
    bool const has_below = !subcommands_of(command).empty();
    page += fmt::format(".SH SYNOPSIS\n.B {}\n[\\fIoptions\\fR]{}\n", roff(path),
                        has_below ? " \\fIsubcommand\\fR" : "");
    for (CLI::Option const* const option : command.get_options())
        if (option->get_positional())
            page += fmt::format("\\fI{}\\fR\n", roff(option->get_name(true)));
    auto const parts = split_footer(command.get_footer());
    append_section(page, "DESCRIPTION", roff(command.get_description()) + ".\n" + parts.text);
    append_subcommands(page, command, path);
    append_options(page, command);
    if (!parts.examples.empty())
        append_section(page, "EXAMPLES", ".nf\n" + parts.examples + ".fi\n");
    append_section(page, "EXIT STATUS", parts.status);
    if (path.find(' ') != std::string_view::npos)
        page += ".SH SEE ALSO\n.BR dsplan (1)\n";
    return page;
}

} // namespace dsplan::commands
