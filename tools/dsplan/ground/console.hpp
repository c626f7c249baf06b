#pragma once
#include <cstddef>
#include <iosfwd>
#include <string>
#include <string_view>

namespace dsplan {

enum class color_choice { automatic, always, never };

/// Everything a command may touch besides files: results go to `out`, narration, warnings and errors to
/// `err`. Text is UTF-8. The tests give string streams.
struct console {
    std::istream& in;
    std::ostream& out;
    std::ostream& err;
    bool out_is_terminal = false;
    bool err_is_terminal = false;
    bool no_color = false; ///< NO_COLOR is set to something
    std::size_t width = 0; ///< columns of the terminal after `out`; 0 where there is none: whole lines
};

/// True if text on `out` may carry colour.
[[nodiscard]] bool wants_color(console const& console, color_choice choice);

/// `text` with control characters (escape sequences, line ends, bidirectional overrides) and octets that are
/// no UTF-8 shown as \xNN, so that a name from a file cannot write to the terminal.
[[nodiscard]] std::string printable(std::string_view text);

/// "error: …" as one or more lines on `err`.
void print_error(console& console, std::string_view what);
void print_warning(console& console, std::string_view what);

} // namespace dsplan
