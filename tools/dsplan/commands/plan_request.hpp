#pragma once
#include <tools/dsplan/commands/commands.hpp>

namespace dsplan::commands {

/// `plan request FILE.toml…`, and a subcommand for each thing that a request can ask for.
void add_plan_requests(CLI::App& plan, action& chosen);

} // namespace dsplan::commands
