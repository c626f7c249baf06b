#pragma once
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/exit_status.hpp>

#include <functional>

namespace CLI {
class App;
}

namespace dsplan::commands {

/// What the chosen subcommand does once the command line is parsed.
using action = std::function<exit_status(console&)>;

/// Each adds its subcommand to `application`; when the user names it, its action is stored in `chosen`.
void add_access(CLI::App& application, action& chosen);
void add_applies_to(CLI::App& application, action& chosen);
void add_effect(CLI::App& application, action& chosen);
void add_inherit(CLI::App& application, action& chosen);
void add_help(CLI::App& application); ///< so that it is listed: "help" itself is a spelling of --help
void add_completion(CLI::App& application, action& chosen);
void add_convert(CLI::App& application, action& chosen);
void add_diff(CLI::App& application, action& chosen);
void add_explain(CLI::App& application, action& chosen);
void add_keys(CLI::App& application, action& chosen);
void add_ldif(CLI::App& application, action& chosen);
void add_paths(CLI::App& application, action& chosen);
void add_plan(CLI::App& application, action& chosen);
void add_recipe(CLI::App& application, action& chosen);
void add_review(CLI::App& application, action& chosen);
void add_rights(CLI::App& application, action& chosen);
void add_verify(CLI::App& application, action& chosen);
void add_who_can(CLI::App& application, action& chosen);

} // namespace dsplan::commands
