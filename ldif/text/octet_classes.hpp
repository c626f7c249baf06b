#pragma once
#include <cstdint>
#include <cstring>
#include <string_view>

namespace dsplan::ldif {

[[nodiscard]] constexpr bool is_letter(char octet) {
    return (octet >= 'a' && octet <= 'z') || (octet >= 'A' && octet <= 'Z');
}

/// True where all of `text` is printable ASCII or a blank, eight octets at a time.
[[nodiscard]] inline bool is_safe_ascii(std::string_view text) {
    constexpr std::uint64_t ones = 0x0101010101010101U;
    std::uint64_t unsafe = 0;
    char const* position = text.data();
    std::size_t left = text.size();
    for (; left >= 8; left -= 8, position += 8) {
        std::uint64_t word = 0;
        std::memcpy(&word, position, 8);
        unsafe |= word | (word + ones) | (word - ones * 0x20); // beyond ASCII, DEL, control characters
    }
    bool tail = false;
    for (; left > 0; --left, ++position)
        tail = tail || *position < 0x20 || *position == 0x7F;
    return (unsafe & ones * 0x80) == 0 && !tail;
}

} // namespace dsplan::ldif
