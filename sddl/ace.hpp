#pragma once
#include <sddl/access_mask.hpp>
#include <sddl/bytes.hpp>
#include <sddl/guid.hpp>
#include <sddl/sid.hpp>

#include <compare>
#include <cstdint>
#include <optional>

namespace dsplan::sddl {

/// The first octet of an ACE. Octets without a name here are kept as they are. [MS-DTYP] 2.4.4.1
enum class ace_type : std::uint8_t {
    access_allowed = 0x00,
    access_denied = 0x01,
    system_audit = 0x02,
    system_alarm = 0x03,
    access_allowed_compound = 0x04,
    access_allowed_object = 0x05,
    access_denied_object = 0x06,
    system_audit_object = 0x07,
    system_alarm_object = 0x08,
    access_allowed_callback = 0x09,
    access_denied_callback = 0x0A,
    access_allowed_callback_object = 0x0B,
    access_denied_callback_object = 0x0C,
    system_audit_callback = 0x0D,
    system_alarm_callback = 0x0E,
    system_audit_callback_object = 0x0F,
    system_alarm_callback_object = 0x10,
    system_mandatory_label = 0x11,
    system_resource_attribute = 0x12,
    system_scoped_policy_id = 0x13,
    system_process_trust_label = 0x14,
    system_access_filter = 0x15,
};

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

/// True for the types whose layout has Flags and GUIDs: 5–8, 0x0B, 0x0C, 0x0F, 0x10. [MS-DTYP] 2.4.4.3
[[nodiscard]] constexpr bool is_object_type(ace_type type) {
    auto const value = static_cast<std::uint8_t>(type);
    return (value >= 0x05 && value <= 0x08) || value == 0x0B || value == 0x0C || value == 0x0F ||
           value == 0x10;
}

/// True for the types whose layout [MS-DTYP] 2.4.4 gives; the others are kept as opaque octets.
[[nodiscard]] constexpr bool is_known_type(ace_type type) {
    return type <= ace_type::system_access_filter && type != ace_type::access_allowed_compound;
}

/// Types 0, 5, 9, 0x0B.
[[nodiscard]] constexpr bool is_allow(ace_type type) {
    return type == ace_type::access_allowed || type == ace_type::access_allowed_object ||
           type == ace_type::access_allowed_callback || type == ace_type::access_allowed_callback_object;
}

/// Types 1, 6, 0x0A, 0x0C.
[[nodiscard]] constexpr bool is_deny(ace_type type) {
    return type == ace_type::access_denied || type == ace_type::access_denied_object ||
           type == ace_type::access_denied_callback || type == ace_type::access_denied_callback_object;
}

/// Types 9 to 0x10: `data` starts with a condition.
[[nodiscard]] constexpr bool is_callback(ace_type type) {
    return type >= ace_type::access_allowed_callback && type <= ace_type::system_alarm_callback_object;
}

/// Octets of the binary form, header included.
[[nodiscard]] std::size_t size_of(ace const& value);

/// Appends the binary form.
void append(byte_string& bytes, ace const& value);

/// Reads the ACE at the start of `bytes`, whose header names its size; offsets in errors count from there.
[[nodiscard]] result<ace> read_ace(byte_view bytes);

} // namespace dsplan::sddl
