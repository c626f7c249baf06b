#include <ldif/printable.hpp>

#include <fmt/format.h>
#include <utf8.h>

#include <algorithm>
#include <cstdint>
#include <iterator>

namespace dsplan::ldif {
namespace {

// C0, DEL, C1, line and paragraph separators, and the marks that reorder text (Unicode Bidi_Control).
bool is_unprintable(std::uint32_t code_point) {
    return code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0) || code_point == 0x2028 ||
           code_point == 0x2029 || code_point == 0x200E || code_point == 0x200F || code_point == 0x061C ||
           (code_point >= 0x202A && code_point <= 0x202E) || (code_point >= 0x2066 && code_point <= 0x2069) ||
           code_point == 0xFEFF;
}

// Appends the printable form and returns how many columns it takes.
std::size_t append_printable(std::string& shown, std::string_view text) {
    std::size_t columns = 0;
    auto const* position = text.data();
    auto const* const end = position + text.size();
    while (position != end) {
        auto const* const start = position;
        std::uint32_t code_point = 0;
        bool const valid =
            utf8::internal::validate_next(position, end, code_point) == utf8::internal::UTF8_OK;
        if (!valid)
            position = start + 1;
        if (valid && !is_unprintable(code_point)) {
            shown.append(start, position);
            ++columns;
            continue;
        }
        for (auto const* octet = start; octet != position; ++octet, columns += 4)
            fmt::format_to(std::back_inserter(shown), "\\x{:02x}", static_cast<unsigned char>(*octet));
    }
    return columns;
}

// The start of the character that `offset` lies in, so that a cut never splits one.
std::size_t character_start(std::string_view text, std::size_t offset) {
    while (offset > 0 && offset < text.size() && (static_cast<unsigned char>(text[offset]) & 0xC0U) == 0x80U)
        --offset;
    return offset;
}

constexpr std::size_t longest_quote = 40;
constexpr std::size_t longest_line = 76;
constexpr std::string_view ellipsis = "...";

} // namespace

std::string printable(std::string_view text) {
    std::string shown;
    shown.reserve(text.size());
    append_printable(shown, text);
    return shown;
}

std::string quoted(std::string_view octets) {
    std::string shown = "'";
    bool const cut = octets.size() > longest_quote;
    append_printable(shown, cut ? octets.substr(0, character_start(octets, longest_quote)) : octets);
    shown += cut ? "...'" : "'";
    return shown;
}

std::string quoted_character(std::string_view text, std::size_t offset) {
    auto const* position = text.data() + std::min(offset, text.size());
    auto const* const start = position;
    std::uint32_t code_point = 0;
    bool const valid = utf8::internal::validate_next(position, text.data() + text.size(), code_point) ==
                       utf8::internal::UTF8_OK;
    return quoted({start, valid ? static_cast<std::size_t>(position - start)
                                : std::min<std::size_t>(1, text.size() - offset)});
}

shown_line show_line(std::string_view line, std::size_t column, std::size_t length) {
    column = std::min(column, line.size());
    std::size_t begin = 0;
    std::size_t end = line.size();
    if (line.size() > longest_line) {
        std::size_t const before = longest_line * 2 / 3;
        begin = character_start(line, column > before ? column - before : 0);
        end = character_start(line, std::min(line.size(), begin + longest_line));
    }
    shown_line shown;
    if (begin > 0) {
        shown.text += ellipsis;
        shown.caret += ellipsis.size();
    }
    shown.caret += append_printable(shown.text, line.substr(begin, column - begin));
    std::size_t const marked_end = std::min(end, column + length);
    shown.width =
        std::max<std::size_t>(1, append_printable(shown.text, line.substr(column, marked_end - column)));
    append_printable(shown.text, line.substr(marked_end, end - marked_end));
    if (end < line.size())
        shown.text += ellipsis;
    return shown;
}

} // namespace dsplan::ldif
