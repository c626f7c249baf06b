#pragma once
#include <tools/dsplan/ground/failure.hpp>
#include <tools/dsplan/ground/nearest_names.hpp>

#include <optional>
#include <string>
#include <vector>

namespace CLI {
class App;
}

/// What is said of a call that names no command, or one or an option that does not exist.
namespace dsplan::commands {

/// "  did you mean A or B?\n"; empty where nothing is near.
[[nodiscard]] std::string did_you_mean(nearest_names const& near);

/// The command that the first words of a call name: "dsplan plan whfb" of {"plan", "whfb", "--base",
/// "a.ldf"}.
struct named_command {
    CLI::App const* command;
    std::string path;
    std::size_t words = 0; ///< that it took
};
[[nodiscard]] named_command find_command(CLI::App const& application,
                                         std::vector<std::string> const& arguments);

/// Why the word after the command is no subcommand of it. Nothing where the command takes words of any kind,
/// where an option follows, or where the call ends.
[[nodiscard]] std::optional<failure> unknown_subcommand(named_command const& named,
                                                        std::vector<std::string> const& arguments);

/// The first of `remaining`, the words that nothing took, with the options that it could have meant.
[[nodiscard]] failure unexpected_word(named_command const& named, std::vector<std::string> const& remaining);

/// Every subcommand that is shown, in the order of the help.
[[nodiscard]] std::vector<CLI::App const*> subcommands_of(CLI::App const& command);

} // namespace dsplan::commands
