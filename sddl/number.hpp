#pragma once
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

/// The value of a hexadecimal digit of either case; 16 for everything else.
[[nodiscard]] constexpr unsigned hexadecimal_value(char letter) {
    if (letter >= '0' && letter <= '9')
        return static_cast<unsigned>(letter - '0');
    if (letter >= 'a' && letter <= 'f')
        return static_cast<unsigned>(letter - 'a') + 10;
    if (letter >= 'A' && letter <= 'F')
        return static_cast<unsigned>(letter - 'A') + 10;
    return 16;
}

/// `letter` in capitals if it is an ASCII letter; no locale.
[[nodiscard]] constexpr char capital(char letter) {
    return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
}

} // namespace dsplan::sddl
