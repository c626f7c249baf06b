#pragma once
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

namespace dsplan::ldif {

/// Numbers and texts one after the other, for temporary files of this program alone.
inline void append_count(std::string& octets, std::size_t count) {
    auto const number = static_cast<std::uint32_t>(count);
    char head[sizeof number];
    std::memcpy(head, &number, sizeof number);
    octets.append(head, sizeof number);
}

inline void append_text(std::string& octets, std::string_view text) {
    append_count(octets, text.size());
    octets += text;
}

inline std::uint32_t take_count(std::string_view& octets) {
    std::uint32_t number = 0;
    std::memcpy(&number, octets.data(), sizeof number);
    octets.remove_prefix(sizeof number);
    return number;
}

inline std::string_view take_text(std::string_view& octets) {
    auto const size = take_count(octets);
    auto const text = octets.substr(0, size);
    octets.remove_prefix(size);
    return text;
}

/// The octets of a number, most significant first, so that keys sort as the numbers do.
template <class Number>
void append_sorted(std::string& octets, Number number) {
    for (int shift = static_cast<int>(sizeof number) * 8 - 8; shift >= 0; shift -= 8)
        octets += static_cast<char>(number >> shift);
}

template <class Number>
Number take_sorted(std::string_view& octets) {
    Number number = 0;
    for (std::size_t i = 0; i < sizeof number; ++i)
        number = static_cast<Number>(number << 8 | static_cast<unsigned char>(octets[i]));
    octets.remove_prefix(sizeof number);
    return number;
}

} // namespace dsplan::ldif
