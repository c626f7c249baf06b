#include <tools/dsplan/commands/commands.hpp>

#include <CLI/CLI.hpp>

namespace dsplan::commands {

void add_help(CLI::App& application) {
    auto* const command = application.add_subcommand("help", "Show what a subcommand does and takes");
    command->footer("Example:\n"
                    "  dsplan help plan whfb");
}

} // namespace dsplan::commands
