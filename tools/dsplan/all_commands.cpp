// The subcommands of the program, in the order of its help.
#include <tools/dsplan/command_line.hpp>
#include <tools/dsplan/commands/commands.hpp>

#include <algorithm>
#include <array>
#include <iterator>
#include <string_view>
#include <utility>

namespace dsplan {
namespace {

struct known_command {
    std::string_view name;
    command_adder add;
};

constexpr std::array known_commands{
    known_command{"plan", commands::add_plan},
    known_command{"recipe", commands::add_recipe},
    known_command{"paths", commands::add_paths},
    known_command{"verify", commands::add_verify},
    known_command{"review", commands::add_review},
    known_command{"access", commands::add_access},
    known_command{"who-can", commands::add_who_can},
    known_command{"keys", commands::add_keys},
    known_command{"effect", commands::add_effect},
    known_command{"inherit", commands::add_inherit},
    known_command{"convert", commands::add_convert},
    known_command{"explain", commands::add_explain},
    known_command{"diff", commands::add_diff},
    known_command{"rights", commands::add_rights},
    known_command{"applies-to", commands::add_applies_to},
    known_command{"ldif", commands::add_ldif},
    known_command{"completion", commands::add_completion},
};

// A call that begins with a name needs that one alone: the options of all take most of the time of a start.
std::vector<command_adder> needed_for(std::vector<std::string> const& arguments) {
    if (!arguments.empty() && arguments.front() == "--version")
        return {};
    auto const called =
        std::find_if(known_commands.begin(), known_commands.end(), [&](known_command const& each) {
            return !arguments.empty() && arguments.front() == each.name;
        });
    if (called != known_commands.end())
        return {called->add};
    std::vector<command_adder> made;
    std::transform(known_commands.begin(), known_commands.end(), std::back_inserter(made),
                   [](known_command const& each) { return each.add; });
    return made;
}

} // namespace

exit_status run(std::vector<std::string> arguments, console& console) {
    auto const needed = needed_for(arguments);
    return run(std::move(arguments), console, needed);
}

} // namespace dsplan
