#pragma once
#include <string>
#include <string_view>

namespace CLI {
class App;
}

namespace dsplan::commands {

/// The manual page of a command in roff, from what its --help says. `path` is how it is called: "dsplan plan
/// whfb".
[[nodiscard]] std::string manual_page(CLI::App const& command, std::string_view path);

} // namespace dsplan::commands
