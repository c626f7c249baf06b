#include <tools/dsplan/ground/terminal.hpp>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <sys/ioctl.h>
#include <sys/wait.h>
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

bool show_in_pager(std::string const& text) {
    char const* const chosen = std::getenv("PAGER");
    ::setenv("LESS", "FRX", 0);                         // ends at once where all fits, keeps colours
    auto* const before = std::signal(SIGPIPE, SIG_IGN); // who leaves the pager early has seen enough
    auto* const pager = ::popen(chosen != nullptr && *chosen != '\0' ? chosen : "less", "w");
    if (pager != nullptr)
        std::fwrite(text.data(), 1, text.size(), pager);
    constexpr int not_found = 127;
    int const status = pager != nullptr ? ::pclose(pager) : -1;
    std::signal(SIGPIPE, before);
    return status != -1 && !(WIFEXITED(status) && WEXITSTATUS(status) == not_found);
}

} // namespace dsplan
