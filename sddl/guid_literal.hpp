#pragma once
#include <sddl/guid.hpp>

#include <cstddef>

namespace dsplan::sddl::literals {

/// A GUID of the specifications as a constant: `"5b47d60f-6090-40b2-9f37-2a4de88f3063"_guid`. A text of
/// another shape does not compile. [MS-DTYP] 2.3.4.3
[[nodiscard]] consteval guid operator""_guid(char const* text, std::size_t length) {
    // Where each octet of the little-endian fields and of the rest stands in the text.
    constexpr std::size_t positions[16] = {6, 4, 2, 0, 11, 9, 16, 14, 19, 21, 24, 26, 28, 30, 32, 34};
    auto const digit = [](char letter) {
        if (letter >= '0' && letter <= '9')
            return letter - '0';
        if (letter >= 'a' && letter <= 'f')
            return letter - 'a' + 10;
        throw "a GUID literal holds a letter that is no lower-case hexadecimal digit";
    };
    if (length != 36 || text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-')
        throw "a GUID literal has the shape 8-4-4-4-12";
    guid made;
    for (std::size_t index = 0; index < 16; ++index)
        made.octets[index] =
            static_cast<std::byte>(digit(text[positions[index]]) * 16 + digit(text[positions[index] + 1]));
    return made;
}

} // namespace dsplan::sddl::literals
