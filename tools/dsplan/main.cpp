#include <tools/dsplan/command_line.hpp>

#include <cstdlib>
#include <iostream>

#ifdef _WIN32
#include <io.h>
#else
#include <sys/ioctl.h>
#include <unistd.h>
#endif

namespace {

#ifdef _WIN32
bool is_terminal(int descriptor) {
    return _isatty(descriptor) != 0;
}
std::size_t terminal_width() {
    return 0;
}
#else
bool is_terminal(int descriptor) {
    return isatty(descriptor) != 0;
}
std::size_t terminal_width() {
    winsize size{};
    return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}
#endif

} // namespace

int main(int argument_count, char** arguments) {
    std::ios::sync_with_stdio(false);
    char const* const no_color = std::getenv("NO_COLOR");
    dsplan::console console{.in = std::cin,
                            .out = std::cout,
                            .err = std::cerr,
                            .out_is_terminal = is_terminal(1),
                            .err_is_terminal = is_terminal(2),
                            .no_color = no_color != nullptr && *no_color != '\0',
                            .width = is_terminal(1) ? terminal_width() : 0};
    auto const status = dsplan::run({arguments + 1, arguments + argument_count}, console);
    std::cout.flush();
    // A full disk or a closed pipe must not look like success.
    return std::cout ? static_cast<int>(status) : static_cast<int>(dsplan::exit_status::error);
}
