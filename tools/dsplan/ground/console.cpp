#include <ldif/printable.hpp>
#include <tools/dsplan/ground/console.hpp>

#include <ostream>

namespace dsplan {

bool wants_color(console const& console, color_choice choice) {
    if (choice == color_choice::automatic)
        return console.out_is_terminal && !console.no_color;
    return choice == color_choice::always;
}

std::string printable(std::string_view text) {
    return ldif::printable(text);
}

void print_error(console& console, std::string_view what) {
    console.err << "error: " << what << '\n';
}

void print_warning(console& console, std::string_view what) {
    console.err << "warning: " << what << '\n';
}

} // namespace dsplan
