#pragma once
#include <tools/dsplan/forms/descriptor_form.hpp>

#include <tl/expected.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace dsplan {

/// Octets that a text spells out, and where in it each of them begins, from 0.
struct spelled_octets {
    std::string octets;
    std::vector<std::size_t> places;
};

/// How a text may spell octets.
enum class octet_spelling {
    none,
    digits,    ///< 01000480 or 0100 0480, 0x01000480
    separate,  ///< 01-00-04-80; 01,00,04,\ of a .reg file; 0x01, 0x00; {0x01, 0x00}
    decimal,   ///< 1, 0, 4, 128: as PowerShell prints a byte array
    escapes,   ///< \x01\x00\x04\x80, b'\x01\x00', \01\00\04\80
    dump,      ///< offsets, octets and their characters: xxd, hexdump -C, Format-Hex, certutil
    word_dump, ///< hexdump and od without options, in words of the machine: not taken
};

/// The spelling that the shape of `text` shows; a text of few digits may be none.
[[nodiscard]] octet_spelling spelling_of(std::string_view text);

/// Reads octets in any of these spellings. `spelling` none: by digits.
[[nodiscard]] tl::expected<spelled_octets, descriptor_problem> read_octet_text(std::string_view text,
                                                                               octet_spelling spelling);

} // namespace dsplan
