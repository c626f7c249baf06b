#pragma once
#include <cstddef>
#include <string>
#include <vector>

namespace dsplan {

/// What the operating system gives a program when it starts.
struct terminal {
    std::vector<std::string> arguments; ///< UTF-8, without the name of the program
    bool out_is_terminal = false;
    bool err_is_terminal = false;
    std::size_t width = 0; ///< columns of the terminal behind standard output; 0 where there is none
};

/// Readies the standard streams for octets, and on Windows the console for UTF-8 and colour.
[[nodiscard]] terminal start_terminal(int argument_count, char** arguments);

/// Gives the text to $PAGER, or to less or more; false where that does not start.
[[nodiscard]] bool show_in_pager(std::string const& text);

} // namespace dsplan
