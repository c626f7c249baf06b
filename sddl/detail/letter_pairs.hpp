#pragma once
#include <sddl/number.hpp>

#include <array>
#include <cstdint>
#include <string_view>

namespace dsplan::sddl {

// Two-letter words are looked up for every field of every ACE: a table over all pairs of letters instead of a
// search. Not installed.

inline constexpr std::size_t no_letter_pair = 26 * 26;

/// A value for every pair of letters, and one for everything else.
template <class Value>
using letter_pair_values = std::array<Value, no_letter_pair + 1>;

/// The place of two letters of either case in a table over all pairs; `no_letter_pair` for everything else.
[[nodiscard]] constexpr std::size_t letter_pair(std::string_view text) {
    if (text.size() != 2)
        return no_letter_pair;
    auto const first = static_cast<unsigned>(capital(text[0]) - 'A');
    auto const second = static_cast<unsigned>(capital(text[1]) - 'A');
    return first < 26 && second < 26 ? first * 26 + second : no_letter_pair;
}

/// For every pair of letters the number of its row from 1, and 0 where no row has it; `text` gives a row's
/// word.
template <class Rows, class Text>
[[nodiscard]] constexpr auto letter_pair_table(Rows const& rows, Text text) {
    letter_pair_values<std::uint8_t> table{};
    std::uint8_t number = 0;
    for (auto const& row : rows) {
        ++number;
        if (auto const place = letter_pair(text(row)); place != no_letter_pair)
            table[place] = number;
    }
    return table;
}

} // namespace dsplan::sddl
