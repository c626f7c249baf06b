#pragma once
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace dsplan::commands {

/// The words of a call of `command` with options as the command itself spells them: --json and --html are
/// short for --format json and html, and the other way round.
[[nodiscard]] std::vector<std::string> with_own_spellings(CLI::App const& command,
                                                          std::vector<std::string> const& arguments);

} // namespace dsplan::commands
