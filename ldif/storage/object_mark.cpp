#include <ldif/storage/object_mark.hpp>

#include <array>
#include <charconv>

namespace dsplan::ldif {

std::string object_mark(std::string_view value) {
    // Where the digits of each octet stand: the first three fields are little-endian.
    constexpr std::array<std::size_t, 16> places{6, 4, 2, 0, 11, 9, 16, 14, 19, 21, 24, 26, 28, 30, 32, 34};
    constexpr std::size_t text_size = 36;
    if (value.size() != text_size)
        return std::string(value);
    std::string octets;
    for (auto const place : places) {
        unsigned octet = 0;
        char const* const digits = value.data() + place;
        if (std::from_chars(digits, digits + 2, octet, 16).ptr != digits + 2)
            return std::string(value);
        octets += static_cast<char>(octet);
    }
    return octets;
}

} // namespace dsplan::ldif
