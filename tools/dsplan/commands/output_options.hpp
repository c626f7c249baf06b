#pragma once
#include <tools/dsplan/commands/commands.hpp>

#include <string>

namespace dsplan::commands {

/// Where and how the output of a subcommand goes, whichever it is.
struct output_options {
    std::string file; ///< of -o; empty: standard output
    color_choice color = color_choice::automatic;
    bool pages = false;
    bool is_quiet = false;

    /// Adds -o, --color, --pager and --quiet to every subcommand, but for those that it has itself.
    void add_to(CLI::App& application);
};

/// Does what `chosen` does for the subcommand `command`, with its output as the options have it: an error
/// leaves no file.
[[nodiscard]] exit_status run_with_output(CLI::App const& command, output_options const& options,
                                          action const& chosen, console& console);

} // namespace dsplan::commands
