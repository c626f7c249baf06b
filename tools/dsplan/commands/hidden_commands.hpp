#pragma once
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/exit_status.hpp>

#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace dsplan::commands {

/// What scripts ask the program: "__complete WORDS..." prints what may come next, "__commands" every command,
/// "__manual COMMAND" its page. Nothing where `arguments` ask something else.
[[nodiscard]] std::optional<exit_status>
run_hidden_command(CLI::App const& application, std::vector<std::string> const& arguments, console& console);

} // namespace dsplan::commands
