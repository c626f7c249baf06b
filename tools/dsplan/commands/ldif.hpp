#pragma once
#include <tools/dsplan/commands/commands.hpp>

namespace dsplan::commands {

/// Each adds one subcommand to `dsplan ldif`.
void add_ldif_apply(CLI::App& group, action& chosen);
void add_ldif_check(CLI::App& group, action& chosen);
void add_ldif_diff(CLI::App& group, action& chosen);
void add_ldif_expand(CLI::App& group, action& chosen);
void add_ldif_format(CLI::App& group, action& chosen);
void add_ldif_mask(CLI::App& group, action& chosen);
void add_ldif_search(CLI::App& group, action& chosen);
void add_ldif_show(CLI::App& group, action& chosen);
void add_ldif_invert(CLI::App& group, action& chosen);

} // namespace dsplan::commands
