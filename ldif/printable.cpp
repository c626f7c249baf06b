#include <ldif/printable.hpp>

#include <fmt/format.h>
#include <utf8.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>
#include <optional>
#include <utility>

namespace dsplan::ldif {
namespace {

struct code_points {
    std::uint32_t first;
    std::uint32_t last;
};

template <std::size_t Size>
bool is_in(std::array<code_points, Size> const& sorted, std::uint32_t code_point) {
    auto const* const behind =
        std::upper_bound(sorted.begin(), sorted.end(), code_point,
                         [](std::uint32_t it, code_points const& row) { return it < row.first; });
    return behind != sorted.begin() && code_point <= std::prev(behind)->last;
}

// What a reader does not see, or takes for something else: Unicode categories Cc, Zl, Zp, Zs but the blank,
// the properties Bidi_Control and Default_Ignorable_Code_Point, interlinear annotations, the blank of
// Braille.
constexpr std::array<code_points, 22> unseen{
    {{0x00, 0x1F},       {0x7F, 0xA0},      {0xAD, 0xAD},     {0x34F, 0x34F},   {0x61C, 0x61C},
     {0x115F, 0x1160},   {0x1680, 0x1680},  {0x17B4, 0x17B5}, {0x180B, 0x180F}, {0x2000, 0x200F},
     {0x2028, 0x202F},   {0x205F, 0x206F},  {0x2800, 0x2800}, {0x3000, 0x3000}, {0x3164, 0x3164},
     {0xFE00, 0xFE0F},   {0xFEFF, 0xFEFF},  {0xFFA0, 0xFFA0}, {0xFFF0, 0xFFFB}, {0x1BCA0, 0x1BCA3},
     {0x1D173, 0x1D17A}, {0xE0000, 0xE0FFF}}};

enum class script : std::uint8_t { common, latin, greek, cyrillic, armenian, cherokee };

// Of the scripts whose letters look alike.
script script_of(std::uint32_t code_point) {
    static constexpr std::array<std::pair<code_points, script>, 17> rows{
        {{{'A', 'Z'}, script::latin},
         {{'a', 'z'}, script::latin},
         {{0xC0, 0xD6}, script::latin},
         {{0xD8, 0xF6}, script::latin},
         {{0xF8, 0x24F}, script::latin},
         {{0x250, 0x2AF}, script::latin},
         {{0x370, 0x3FF}, script::greek},
         {{0x400, 0x52F}, script::cyrillic},
         {{0x531, 0x58F}, script::armenian},
         {{0x13A0, 0x13FD}, script::cherokee},
         {{0x1C80, 0x1C88}, script::cyrillic},
         {{0x1E00, 0x1EFF}, script::latin},
         {{0x1F00, 0x1FFF}, script::greek},
         {{0x2DE0, 0x2DFF}, script::cyrillic},
         {{0xA640, 0xA69F}, script::cyrillic},
         {{0xAB70, 0xABBF}, script::cherokee},
         {{0xFF21, 0xFF5A}, script::latin}}};
    for (auto const& [range, found] : rows)
        if (code_point >= range.first && code_point <= range.last)
            return found;
    return script::common;
}

bool is_plain_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7F; });
}

// The next character of well-formed UTF-8, or one octet that is none.
struct character {
    std::string_view octets;
    std::optional<std::uint32_t> code_point;
};
character take_character(std::string_view& text) {
    auto const* position = text.data();
    std::uint32_t code_point = 0;
    bool const valid = utf8::internal::validate_next(position, text.data() + text.size(), code_point) ==
                       utf8::internal::UTF8_OK;
    auto const size = valid ? static_cast<std::size_t>(position - text.data()) : 1;
    character const taken{text.substr(0, size), valid ? std::optional(code_point) : std::nullopt};
    text.remove_prefix(size);
    return taken;
}

bool ends_word(char c) {
    return c >= 0 && (c < '0' || (c > '9' && c < 'A') || (c > 'Z' && c < 'a') || c > 'z');
}

std::string_view first_word(std::string_view text) {
    auto const* const end = std::find_if(text.begin(), text.end(), ends_word);
    return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

// The script of a word, the Latin one before others; the letters of any other script in it are shown by their
// octets.
script script_of_word(std::string_view word) {
    script found = script::common;
    while (!word.empty()) {
        auto const next = take_character(word);
        auto const of_letter = next.code_point ? script_of(*next.code_point) : script::common;
        if (of_letter == script::latin)
            return of_letter;
        if (found == script::common)
            found = of_letter;
    }
    return found;
}

std::size_t append_octets(std::string& shown, std::string_view octets) {
    for (char const octet : octets)
        fmt::format_to(std::back_inserter(shown), "\\x{:02x}", static_cast<unsigned char>(octet));
    return octets.size() * 4;
}

std::size_t append_word(std::string& shown, std::string_view word) {
    auto const of_word = script_of_word(word);
    std::size_t columns = 0;
    while (!word.empty()) {
        auto const next = take_character(word);
        auto const of_letter = next.code_point ? script_of(*next.code_point) : script::common;
        bool const is_foreign = of_letter != script::common && of_letter != of_word;
        if (next.code_point && !is_foreign && !is_in(unseen, *next.code_point)) {
            shown += next.octets;
            ++columns;
        } else {
            columns += append_octets(shown, next.octets);
        }
    }
    return columns;
}

// Appends the printable form and returns how many columns it takes.
std::size_t append_printable(std::string& shown, std::string_view text) {
    if (is_plain_ascii(text)) {
        shown += text;
        return text.size();
    }
    std::size_t columns = 0;
    while (!text.empty()) {
        auto const word = text.substr(0, std::max<std::size_t>(1, first_word(text).size()));
        columns += append_word(shown, word);
        text.remove_prefix(word.size());
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
