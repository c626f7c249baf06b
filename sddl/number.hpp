#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace dsplan::sddl {

/// A number as C's strtoul with base 0 reads it, which is how Windows reads the numbers of SDDL. Not
/// installed.
struct number {
    std::uint64_t value = 0; ///< at most `largest`; two's complement within `largest` where negative
    unsigned base = 10;
    bool has_plus = false;
    bool has_minus = false;
    bool saturated = false;   ///< more than `largest` was written
    std::size_t consumed = 0; ///< octets; 0 where there is no number
};

/// Reads a sign, a 0x or 0 prefix and digits from the start of `text`; `base` 0 lets the prefix decide.
/// `largest` is 2^n - 1.
[[nodiscard]] number read_number(std::string_view text, unsigned base, std::uint64_t largest);

/// The blanks that SDDL may have between its parts: U+0009 to U+000D and U+0020.
[[nodiscard]] constexpr bool is_blank(char letter) {
    return letter == ' ' || (letter >= '\t' && letter <= '\r');
}

inline constexpr std::array<std::uint8_t, 256> hexadecimal_values = [] {
    std::array<std::uint8_t, 256> values{};
    values.fill(16);
    for (unsigned digit = 0; digit < 10; ++digit)
        values['0' + digit] = static_cast<std::uint8_t>(digit);
    for (unsigned digit = 10; digit < 16; ++digit)
        values['a' + digit - 10] = values['A' + digit - 10] = static_cast<std::uint8_t>(digit);
    return values;
}();

/// The value of a hexadecimal digit of either case; 16 for everything else.
[[nodiscard]] constexpr unsigned hexadecimal_value(char letter) {
    return hexadecimal_values[static_cast<unsigned char>(letter)];
}

/// `letter` in capitals if it is an ASCII letter; no locale.
[[nodiscard]] constexpr char capital(char letter) {
    return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
}

} // namespace dsplan::sddl
