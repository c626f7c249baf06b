#pragma once
#include <tools/dsplan/commands/commands.hpp>

namespace dsplan::commands {

/// `plan request FILE.toml…`, and a subcommand for each thing that a request can ask for.
void add_plan_requests(CLI::App& plan, action& chosen);

/// Those that change a descriptor otherwise than by granting and revoking rights.
void add_plan_edits(CLI::App& plan, action& chosen);

/// `plan dsacls FILE.cmd…`
void add_plan_dsacls(CLI::App& plan, action& chosen);

/// `plan recipe NAME`
void add_plan_recipe(CLI::App& plan, action& chosen);

} // namespace dsplan::commands
