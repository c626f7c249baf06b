#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/ground/windows_name.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

namespace dsplan {
namespace {

constexpr std::array<std::string_view, 6> devices{"con", "prn", "aux", "nul", "conin$", "conout$"};

// COM1 to COM9 and LPT1 to LPT9; Windows takes the raised digits one to three for digits, too.
bool is_port(std::string_view name) {
    constexpr std::array<std::string_view, 13> numbers{"0", "1", "2", "3",      "4",      "5",     "6",
                                                       "7", "8", "9", "\u00b9", "\u00b2", "\u00b3"};
    constexpr std::size_t letters = 3;
    bool const is_kind = name.starts_with("com") || name.starts_with("lpt");
    return is_kind && std::find(numbers.begin(), numbers.end(), name.substr(letters)) != numbers.end();
}

} // namespace

bool is_reserved_on_windows(std::string_view name) {
    if (name == "." || name == "..")
        return false;
    if (name.ends_with('.') || name.ends_with(' '))
        return true;
    std::string stem(name.substr(0, name.find_first_of(".:")));
    std::transform(stem.begin(), stem.end(), stem.begin(), to_lower);
    stem.resize(stem.find_last_not_of(' ') + 1);
    return std::find(devices.begin(), devices.end(), stem) != devices.end() || is_port(stem);
}

} // namespace dsplan
