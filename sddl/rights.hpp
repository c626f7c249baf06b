#pragma once
#include <sddl/access_mask.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

namespace dsplan::sddl {

/// A right that is one bit. [MS-DTYP] 2.4.3, [MS-ADTS] 5.1.3.2
struct right_row {
    std::string_view text; ///< in SDDL
    std::uint32_t bit;
    std::string_view name;
};

// clang-format off
/// The single rights in the order of their bits, in which they are printed. [MS-DTYP] 2.5.1.1
inline constexpr std::array<right_row, 17> rights{{
    {"CC", 0x00000001, "ADS_RIGHT_DS_CREATE_CHILD"},
    {"DC", 0x00000002, "ADS_RIGHT_DS_DELETE_CHILD"},
    {"LC", 0x00000004, "ADS_RIGHT_ACTRL_DS_LIST"},
    {"SW", 0x00000008, "ADS_RIGHT_DS_SELF"},
    {"RP", 0x00000010, "ADS_RIGHT_DS_READ_PROP"},
    {"WP", 0x00000020, "ADS_RIGHT_DS_WRITE_PROP"},
    {"DT", 0x00000040, "ADS_RIGHT_DS_DELETE_TREE"},
    {"LO", 0x00000080, "ADS_RIGHT_DS_LIST_OBJECT"},
    {"CR", 0x00000100, "ADS_RIGHT_DS_CONTROL_ACCESS"},
    {"SD", 0x00010000, "DELETE"},
    {"RC", 0x00020000, "READ_CONTROL"},
    {"WD", 0x00040000, "WRITE_DAC"},
    {"WO", 0x00080000, "WRITE_OWNER"},
    {"GA", 0x10000000, "GENERIC_ALL"},
    {"GX", 0x20000000, "GENERIC_EXECUTE"},
    {"GW", 0x40000000, "GENERIC_WRITE"},
    {"GR", 0x80000000, "GENERIC_READ"},
}};
// clang-format on

static_assert(std::adjacent_find(rights.begin(), rights.end(),
                                 [](auto const& a, auto const& b) { return a.bit >= b.bit; }) == rights.end(),
              "the rights are sorted and each is there once");

/// Two letters that stand for several rights of a file or a registry key. [MS-DTYP] 2.5.1.1
struct rights_set_row {
    std::string_view text;
    std::uint32_t bits;
    std::string_view words;
};

// clang-format off
/// In the order in which printing looks for them: KX is the same mask as KR and is never printed.
inline constexpr std::array<rights_set_row, 8> rights_sets{{
    {"FA", 0x001F01FF, "file: full access"},
    {"FR", 0x00120089, "file: read"},
    {"FW", 0x00120116, "file: write"},
    {"FX", 0x001200A0, "file: execute"},
    {"KA", 0x000F003F, "registry key: full access"},
    {"KR", 0x00020019, "registry key: read"},
    {"KW", 0x00020006, "registry key: write"},
    {"KX", 0x00020019, "registry key: execute"},
}};

/// A right that a mandatory label speaks of.
struct label_right_row {
    std::string_view text; ///< in SDDL
    std::uint32_t bit;
    std::string_view name;
    std::string_view words;
};

/// What a mandatory label forbids; these bits mean other things in every other ACE. [MS-DTYP] 2.4.4.13
inline constexpr std::array<label_right_row, 3> label_rights{{
    {"NW", 0x1, "SYSTEM_MANDATORY_LABEL_NO_WRITE_UP", "no write up"},
    {"NR", 0x2, "SYSTEM_MANDATORY_LABEL_NO_READ_UP", "no read up"},
    {"NX", 0x4, "SYSTEM_MANDATORY_LABEL_NO_EXECUTE_UP", "no execute up"},
}};
// clang-format on

} // namespace dsplan::sddl
