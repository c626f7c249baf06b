#include <tools/dsplan/ground/terminal.hpp>

#include <sys/ioctl.h>
#include <unistd.h>

namespace dsplan {

terminal start_terminal(int argument_count, char** arguments) {
    terminal made{.arguments = {arguments + 1, arguments + argument_count},
                  .out_is_terminal = isatty(STDOUT_FILENO) != 0,
                  .err_is_terminal = isatty(STDERR_FILENO) != 0};
    winsize size{};
    if (made.out_is_terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0)
        made.width = size.ws_col;
    return made;
}

} // namespace dsplan
