#include <tools/dsplan/commands/call_mistakes.hpp>
#include <tools/dsplan/commands/options.hpp>
#include <tools/dsplan/commands/output_options.hpp>
#include <tools/dsplan/ground/output_directory.hpp>
#include <tools/dsplan/ground/output_file.hpp>
#include <tools/dsplan/ground/terminal.hpp>
#include <tools/dsplan/render/terminal_text.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <ostream>
#include <sstream>
#include <string_view>

namespace dsplan::commands {
namespace {

bool has_option(CLI::App const& command, std::string const& option) {
    return command.get_option_no_throw(option) != nullptr;
}

void add_to_command(CLI::App& command, output_options& options) {
    if (!has_option(command, "--out"))
        command.add_option("-o,--out", options.file, "File to write; standard output if not given")
            ->type_name("FILE");
    if (!has_option(command, "--color"))
        add_color_option(command, options.color);
    command.add_flag("--pager", options.pages,
                     "On a terminal: show the output page by page, with $PAGER or less");
    command.add_flag("--quiet", options.is_quiet, "Show no progress");
}

// An option that takes several values takes one each time it is given: what follows it may be a file.
void take_one_value_each(CLI::App& command) {
    for (CLI::Option* const option : command.get_options([](CLI::Option const*) { return true; }))
        if (!option->get_positional() && option->get_type_size() == 1) {
            option->allow_extra_args(false);
            if (option->get_items_expected_max() > 1)
                option->expected(1)->take_all();
        }
}

// Octets, LDIF and scripts are for programs: nothing is added to them.
bool writes_data(CLI::App const& command) {
    constexpr std::array<std::string_view, 9> names{"convert", "completion", "format", "apply", "invert",
                                                    "expand",  "search",     "mask",   "diff"};
    bool const is_named = std::find(names.begin(), names.end(), command.get_name()) != names.end();
    return is_named && (command.get_name() != "diff" || command.get_parent()->get_name() == "ldif");
}

bool asks_for_text(CLI::App const& command) {
    auto const is_given = [&](char const* option) {
        return has_option(command, option) && command.get_option(option)->count() > 0;
    };
    if (is_given("--format"))
        return command.get_option("--format")->as<std::string>() == "text";
    return !is_given("--lines");
}

exit_status run_into_file(output_options const& options, action const& chosen, console& console) {
    auto file = output_file::open(to_path(options.file), console);
    if (!file)
        return report(console, file.error());
    std::ostringstream text;
    dsplan::console inner{.in = console.in,
                          .out = text,
                          .err = console.err,
                          .err_is_terminal = console.err_is_terminal,
                          .no_color = console.no_color};
    auto const status = chosen(inner);
    if (status == exit_status::error)
        return status;
    file->write(text.str());
    if (auto const written = file->commit(); !written)
        return report(console, written.error());
    return status;
}

// Where a command has the option itself, too, it is the same word.
color_choice asked_color(CLI::App const& command, output_options const& options) {
    auto const* const option = command.get_option_no_throw("--color");
    if (option == nullptr || option->count() == 0)
        return options.color;
    auto const word = option->as<std::string>();
    return word == "always"  ? color_choice::always
           : word == "never" ? color_choice::never
                             : color_choice::automatic;
}

exit_status run_for_people(CLI::App const& command, output_options const& options, action const& chosen,
                           console& console) {
    std::ostringstream text;
    dsplan::console inner{.in = console.in,
                          .out = text,
                          .err = console.err,
                          .out_is_terminal = console.out_is_terminal,
                          .err_is_terminal = console.err_is_terminal,
                          .no_color = console.no_color,
                          .width = console.width};
    auto const status = chosen(inner);
    auto shown = render::wrapped(text.str(), console.width);
    // A plan has colours of its own.
    if (wants_color(console, asked_color(command, options)) && shown.find('\x1b') == std::string::npos)
        shown = render::with_colored_signs(shown);
    bool const is_paged = options.pages && console.out_is_terminal && show_in_pager(shown);
    if (!is_paged)
        console.out << shown;
    return status;
}

} // namespace

void output_options::add_to(CLI::App& application) {
    auto const below = application.get_subcommands([](CLI::App* each) { return !each->get_group().empty(); });
    for (CLI::App* const each : below)
        add_to(*each);
    if (!below.empty() || application.get_name() == "help")
        return;
    take_one_value_each(application);
    add_to_command(application, *this);
}

exit_status run_with_output(CLI::App const& command, output_options const& options, action const& chosen,
                            console& console) {
    dsplan::console inner = console;
    inner.err_is_terminal = console.err_is_terminal && !options.is_quiet;
    if (!options.file.empty())
        return run_into_file(options, chosen, inner);
    bool const is_shown = console.out_is_terminal || asked_color(command, options) == color_choice::always;
    if (is_shown && !writes_data(command) && asks_for_text(command))
        return run_for_people(command, options, chosen, inner);
    return chosen(inner);
}

} // namespace dsplan::commands
