#include <tools/dsplan/console.hpp>

#include <fmt/format.h>
#include <utf8.h>

#include <cstdint>
#include <iterator>
#include <ostream>

namespace dsplan {
namespace {

// C0, DEL, C1, line and paragraph separators, and the marks that reorder text (Unicode Bidi_Control).
bool is_unprintable(std::uint32_t code_point) {
    return code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0) || code_point == 0x2028 ||
           code_point == 0x2029 || code_point == 0x200E || code_point == 0x200F || code_point == 0x061C ||
           (code_point >= 0x202A && code_point <= 0x202E) || (code_point >= 0x2066 && code_point <= 0x2069) ||
           code_point == 0xFEFF;
}

void append_escaped(std::string& text, std::string_view octets) {
    for (char const octet : octets)
        fmt::format_to(std::back_inserter(text), "\\x{:02x}", static_cast<unsigned char>(octet));
}

} // namespace

bool wants_color(console const& console, color_choice choice) {
    if (choice == color_choice::automatic)
        return console.out_is_terminal && !console.no_color;
    return choice == color_choice::always;
}

std::string printable(std::string_view text) {
    std::string shown;
    shown.reserve(text.size());
    auto const* position = text.data();
    auto const* const end = text.data() + text.size();
    while (position != end) {
        auto const* const start = position;
        std::uint32_t code_point = 0;
        try {
            code_point = utf8::next(position, end);
        } catch (utf8::exception const&) {
            position = start + 1;
            append_escaped(shown, {start, 1});
            continue;
        }
        std::string_view const octets{start, static_cast<std::size_t>(position - start)};
        if (is_unprintable(code_point))
            append_escaped(shown, octets);
        else
            shown += octets;
    }
    return shown;
}

void print_error(console& console, std::string_view what) {
    console.err << "error: " << what << '\n';
}

void print_warning(console& console, std::string_view what) {
    console.err << "warning: " << what << '\n';
}

} // namespace dsplan
