#include <ldif/changes/storage_failure.hpp>
#include <tools/dsplan/command_line.hpp>
#include <tools/dsplan/commands/commands.hpp>
#include <tools/dsplan/commands/help_formatter.hpp>
#include <tools/dsplan/commands/options.hpp>
#include <tools/dsplan/ground/ldif_failure.hpp>
#include <tools/dsplan/ground/version.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <exception>
#include <memory>
#include <ostream>

namespace dsplan {
namespace {

// The subcommand that the user named, as far as it was understood: its help says what was expected.
std::string named_command(CLI::App const& application) {
    std::string name = application.get_name();
    for (CLI::App const* command = &application; !command->get_subcommands().empty();) {
        command = command->get_subcommands().front();
        name += ' ' + command->get_name();
    }
    return name;
}

// --help and --version end the parsing too; everything else is a mistake in the call.
exit_status stop(CLI::App const& application, CLI::ParseError const& stopped, console& console) {
    if (stopped.get_exit_code() == 0) {
        application.exit(stopped, console.out, console.err);
        return exit_status::success;
    }
    print_error(console, printable(stopped.what()));
    console.err << "  see " << named_command(application) << " --help\n";
    return exit_status::error;
}

} // namespace

exit_status run(std::vector<std::string> arguments, console& console) {
    CLI::App application{
        "Plans, reviews and explains Active Directory permission and membership changes offline.", "dsplan"};
    application.set_version_flag("--version", "dsplan " + std::string(program_version()));
    application.require_subcommand(1);
    application.footer("Example:\n"
                       "  dsplan plan grant --to Helpdesk --right \"Reset Password\" --on "
                       "OU=Sales,DC=contoso,DC=com\n"
                       "    --applies-to \"descendant user objects\" --base contoso.ldf --out change\n"
                       "\n"
                       "Each subcommand has its own --help. No command contacts a directory.");
    application.formatter(std::make_shared<commands::help_formatter>());

    commands::action chosen;
    commands::add_plan(application, chosen);
    commands::add_verify(application, chosen);
    commands::add_review(application, chosen);
    commands::add_access(application, chosen);
    commands::add_who_can(application, chosen);
    commands::add_keys(application, chosen);
    commands::add_effect(application, chosen);
    commands::add_inherit(application, chosen);
    commands::add_convert(application, chosen);
    commands::add_explain(application, chosen);
    commands::add_diff(application, chosen);
    commands::add_rights(application, chosen);
    commands::add_applies_to(application, chosen);
    commands::add_ldif(application, chosen);
    commands::add_completion(application, chosen);

    std::reverse(arguments.begin(), arguments.end()); // CLI11 takes them last first
    try {
        application.parse(std::move(arguments));
    } catch (CLI::ParseError const& stopped) {
        return stop(application, stopped, console);
    }
    try {
        return chosen(console);
    } catch (ldif::storage_failure const&) {
        return commands::report(console, to_failure(ldif::storage_error()));
    } catch (std::bad_alloc const&) {
        print_error(console, "out of memory");
    } catch (std::exception const& bug) {
        print_error(console, std::string("this is a fault of dsplan, please report it: ") + bug.what());
    }
    return exit_status::error;
}

} // namespace dsplan
