#include <tools/dsplan/command_line.hpp>
#include <tools/dsplan/commands/commands.hpp>

#include <CLI/CLI.hpp>

#include <algorithm>
#include <exception>
#include <ostream>

namespace dsplan {

exit_status run(std::vector<std::string> arguments, console& console) {
    CLI::App application{
        "Plans, reviews and explains Active Directory permission and membership changes offline.", "dsplan"};
    application.set_version_flag("--version", "dsplan " DSPLAN_VERSION);
    application.require_subcommand(1);

    commands::action chosen;
    commands::add_access(application, chosen);
    commands::add_effect(application, chosen);
    commands::add_inherit(application, chosen);
    commands::add_plan(application, chosen);
    commands::add_verify(application, chosen);
    commands::add_who_can(application, chosen);

    std::reverse(arguments.begin(), arguments.end()); // CLI11 takes them last first
    try {
        application.parse(std::move(arguments));
    } catch (CLI::ParseError const& stopped) {
        return application.exit(stopped, console.out, console.err) == 0 ? exit_status::success
                                                                        : exit_status::error;
    }
    try {
        return chosen(console);
    } catch (std::bad_alloc const&) {
        print_error(console, "out of memory");
    } catch (std::exception const& bug) {
        print_error(console, std::string("this is a fault of dsplan, please report it: ") + bug.what());
    }
    return exit_status::error;
}

} // namespace dsplan
