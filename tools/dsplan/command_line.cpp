#include <ldif/changes/storage_failure.hpp>
#include <tools/dsplan/command_line.hpp>
#include <tools/dsplan/commands/call_mistakes.hpp>
#include <tools/dsplan/commands/commands.hpp>
#include <tools/dsplan/commands/help_formatter.hpp>
#include <tools/dsplan/commands/hidden_commands.hpp>
#include <tools/dsplan/commands/options.hpp>
#include <tools/dsplan/commands/output_options.hpp>
#include <tools/dsplan/commands/spellings.hpp>
#include <tools/dsplan/ground/ldif_failure.hpp>
#include <tools/dsplan/ground/version.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <exception>
#include <memory>
#include <ostream>

namespace dsplan {
namespace {

using commands::named_command;

// --help and --version end the parsing too; everything else is a mistake in the call.
exit_status stop(CLI::App const& application, named_command const& named, CLI::ParseError const& stopped,
                 console& console) {
    if (stopped.get_exit_code() == 0) {
        application.exit(stopped, console.out, console.err);
        return exit_status::success;
    }
    auto const remaining = application.remaining(true);
    if (!remaining.empty())
        return commands::report(console, commands::unexpected_word(named, remaining));
    std::string_view said = stopped.what();
    while (said.ends_with('\n'))
        said.remove_suffix(1);
    auto const what = said.substr(0, said.rfind("\n  did you mean "));
    said.remove_prefix(std::min(what.size() + 1, said.size()));
    auto const advice = said.empty() ? std::string() : printable(said) + "\n";
    return commands::report(console, {printable(what), advice + "  see " + named.path + " --help\n"});
}

// "help plan whfb" asks what "plan whfb --help" does.
void take_help_word(std::vector<std::string>& arguments) {
    if (arguments.empty() || arguments.front() != "help")
        return;
    arguments.erase(arguments.begin());
    arguments.emplace_back("--help");
}

CLI::App const& last_named(CLI::App const& application) {
    auto const below = application.get_subcommands();
    return below.empty() ? application : last_named(*below.front());
}

exit_status run_chosen(CLI::App const& application, commands::output_options const& output,
                       commands::action const& chosen, console& console) {
    try {
        return commands::run_with_output(last_named(application), output, chosen, console);
    } catch (ldif::storage_failure const&) {
        return commands::report(console, to_failure(ldif::storage_error()));
    } catch (std::bad_alloc const&) {
        print_error(console, "out of memory");
    } catch (std::exception const& bug) {
        print_error(console, std::string("this is a fault of dsplan, please report it: ") + bug.what());
    }
    return exit_status::error;
}

exit_status parse_and_run(CLI::App& application, commands::output_options const& output,
                          commands::action const& chosen, std::vector<std::string> arguments,
                          console& console) {
    if (auto const status = commands::run_hidden_command(application, arguments, console))
        return *status;
    take_help_word(arguments);
    auto const named = commands::find_command(application, arguments);
    if (auto const unknown = commands::unknown_subcommand(named, arguments))
        return commands::report(console, *unknown);
    // A script whose words were lost must not go on, although the help is shown.
    bool const is_bare = named.words == arguments.size() && !commands::subcommands_of(*named.command).empty();
    if (is_bare)
        arguments.emplace_back("--help");
    arguments = commands::with_own_spellings(*named.command, arguments);
    std::reverse(arguments.begin(), arguments.end()); // CLI11 takes them last first
    try {
        application.parse(std::move(arguments));
    } catch (CLI::ParseError const& stopped) {
        auto const status = stop(application, named, stopped, console);
        return is_bare ? exit_status::error : status;
    }
    return run_chosen(application, output, chosen, console);
}

} // namespace

exit_status run(std::vector<std::string> arguments, console& console, std::span<command_adder const> known) {
    CLI::App application{
        "Plans, reviews and explains Active Directory permission and membership changes offline.", "dsplan"};
    application.set_version_flag("--version", "dsplan " + program_build());
    application.require_subcommand(1);
    application.allow_windows_style_options(false); // a path may begin with a slash
    application.footer("Example:\n"
                       "  dsplan plan grant --to Helpdesk --right \"Reset Password\" --on "
                       "OU=Sales,DC=contoso,DC=com\n"
                       "    --applies-to \"descendant user objects\" --base contoso.ldf --out change\n"
                       "\n"
                       "Each subcommand has its own --help. No command contacts a directory.");
    application.formatter(std::make_shared<commands::help_formatter>());

    commands::action chosen;
    for (auto* const add : known)
        add(application, chosen);
    commands::add_help(application);
    commands::output_options output;
    output.add_to(application);

    return parse_and_run(application, output, chosen, std::move(arguments), console);
}

} // namespace dsplan
