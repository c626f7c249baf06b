#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace dsplan::ldif {

/// Text that a reader sees as it is: as \xNN stand control characters, marks that reorder text, characters of
/// no width, blanks other than the one of ASCII, octets that are no UTF-8, and in a word that mixes Latin,
/// Greek, Cyrillic, Armenian or Cherokee letters those that are not Latin.
[[nodiscard]] std::string printable(std::string_view text);

/// `octets` between single quotes for parse_error::found: control characters and octets that are no UTF-8 as
/// \xNN, cut after 40 octets.
[[nodiscard]] std::string quoted(std::string_view octets);

/// `quoted` of the one character that stands at `offset`, or of an octet that is no UTF-8.
[[nodiscard]] std::string quoted_character(std::string_view text, std::size_t offset);

/// A line cut around the octets [column, column + length) and made printable, with the place of those octets
/// in it.
struct shown_line {
    std::string text;
    std::size_t caret = 0; ///< display columns before the first marked one
    std::size_t width = 1; ///< display columns that are marked
};
[[nodiscard]] shown_line show_line(std::string_view line, std::size_t column, std::size_t length);

} // namespace dsplan::ldif
