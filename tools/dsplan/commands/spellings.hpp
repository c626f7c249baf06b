#pragma once
#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace dsplan::commands {

/// The words of a call of `command` as it takes them: --json, --html and --markdown are short for --format
/// json and so on.
[[nodiscard]] std::vector<std::string> with_own_spellings(CLI::App const& command,
                                                          std::vector<std::string> const& arguments);

} // namespace dsplan::commands
