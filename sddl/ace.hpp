#pragma once
#include <sddl/access_mask.hpp>
#include <sddl/ace_types.hpp>
#include <sddl/bytes.hpp>
#include <sddl/guid.hpp>
#include <sddl/sid.hpp>

#include <compare>
#include <cstdint>
#include <optional>

namespace dsplan::sddl {

/// The bits of the second octet of an ACE. [MS-DTYP] 2.4.4.1
namespace ace_flag {
inline constexpr std::uint8_t object_inherit = 0x01;
inline constexpr std::uint8_t container_inherit = 0x02;
inline constexpr std::uint8_t no_propagate = 0x04;
inline constexpr std::uint8_t inherit_only = 0x08;
inline constexpr std::uint8_t inherited = 0x10;
inline constexpr std::uint8_t critical = 0x20;
inline constexpr std::uint8_t successful_access = 0x40;
inline constexpr std::uint8_t failed_access = 0x80;
} // namespace ace_flag

/// One access control entry, of any type.
///
/// Types whose layout is known carry mask, GUIDs and trustee, and `data` holds what follows the SID: a
/// condition, a resource claim, padding. For every other type `data` holds all octets after the four of the
/// header, and the fields between are as a default ACE has them. `size` is not kept: it is what the parts add
/// up to.
struct ace {
    ace_type type = ace_type::access_allowed;
    std::uint8_t flags = 0;
    access_mask mask;
    std::uint32_t reserved_object_flags = 0; ///< object ACEs: bits of Flags that are neither 0x1 nor 0x2
    std::optional<guid> object_type;
    std::optional<guid> inherited_object_type;
    sid trustee;
    byte_string data;

    friend bool operator==(ace const&, ace const&) = default;

    [[nodiscard]] bool has(std::uint8_t flag) const { return (flags & flag) == flag; }
};

/// Octets of the binary form, header included.
[[nodiscard]] std::size_t size_of(ace const& value);

/// Appends the binary form.
void append(byte_string& bytes, ace const& value);

/// Reads the ACE at the start of `bytes`, whose header names its size; offsets in errors count from there.
[[nodiscard]] result<ace> read_ace(byte_view bytes);

} // namespace dsplan::sddl
