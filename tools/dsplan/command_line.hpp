#pragma once
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/exit_status.hpp>

#include <string>
#include <vector>

namespace dsplan {

/// Parses and runs one command line, without the program's name. Never throws for what a user or a file got
/// wrong.
[[nodiscard]] exit_status run(std::vector<std::string> arguments, console& console);

} // namespace dsplan
