#include <tools/dsplan/command_line.hpp>
#include <tools/dsplan/ground/terminal.hpp>

#include <cstdlib>
#include <iostream>

int main(int argument_count, char** arguments) {
    std::ios::sync_with_stdio(false);
    auto const given = dsplan::start_terminal(argument_count, arguments);
    char const* const no_color = std::getenv("NO_COLOR");
    dsplan::console console{.in = std::cin,
                            .out = std::cout,
                            .err = std::cerr,
                            .out_is_terminal = given.out_is_terminal,
                            .err_is_terminal = given.err_is_terminal,
                            .no_color = no_color != nullptr && *no_color != '\0',
                            .width = given.width};
    auto const status = dsplan::run(given.arguments, console);
    std::cout.flush();
    // A full disk or a closed pipe must not look like success.
    return std::cout ? static_cast<int>(status) : static_cast<int>(dsplan::exit_status::error);
}
