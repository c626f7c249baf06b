#pragma once
#include <tools/dsplan/commands/ldif_input.hpp>
#include <tools/dsplan/directory/snapshot.hpp>
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/exit_status.hpp>
#include <tools/dsplan/ground/failure.hpp>

#include <string>
#include <vector>

namespace CLI {
class App;
}

/// What several subcommands share: options of the same meaning and what is done with them.
namespace dsplan::commands {

/// --base EXPORT.ldf, at least one.
void add_base_option(CLI::App& command, std::vector<std::string>& files);

/// --color auto|always|never
void add_color_option(CLI::App& command, color_choice& choice);

/// --key-admins-protected: documents disagree whether they are.
void add_key_admins_option(CLI::App& command, bool& is_protected);

/// Loads the exports, with progress on a terminal and read as `input` says.
[[nodiscard]] result<directory::snapshot> load_exports(std::vector<std::string> const& files,
                                                       ldif_input_options const& input, console& console,
                                                       directory::load_options options);

/// The same with all that is in them. `watch`, if there is one, is given every record.
[[nodiscard]] result<directory::snapshot>
load_exports(std::vector<std::string> const& files, ldif_input_options const& input, console& console,
             directory::unreadable_descriptor descriptors = directory::unreadable_descriptor::fail,
             std::function<void(ldif::record const&)> watch = {});

/// Prints the failure to `console.err`.
exit_status report(console& console, failure const& what);

} // namespace dsplan::commands
