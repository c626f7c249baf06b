#pragma once
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/exit_status.hpp>

#include <functional>
#include <span>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace dsplan {

/// Adds one subcommand; see commands.hpp.
using command_adder = void (*)(CLI::App&, std::function<exit_status(console&)>&);

/// Parses and runs one command line, without the program's name. Never throws for what a user or a file got
/// wrong.
[[nodiscard]] exit_status run(std::vector<std::string> arguments, console& console);

/// The same with these subcommands alone.
[[nodiscard]] exit_status run(std::vector<std::string> arguments, console& console,
                              std::span<command_adder const> known);

} // namespace dsplan
