#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

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

/// The list that an ACE of a type may stand in.
enum class ace_home : std::uint8_t { dacl, sacl };

/// What follows the header: mask and SID; mask, Flags, GUIDs and SID; or octets that are kept as they are.
/// [MS-DTYP] 2.4.4
enum class ace_layout : std::uint8_t { opaque, sid, object };

/// What the rights of an ACE do; `none` for labels, for attributes, and where the layout is opaque.
enum class ace_effect : std::uint8_t { none, allow, deny, audit, alarm };

/// What follows the SID: nothing, a condition, a resource attribute, or a condition that may be missing.
enum class ace_application : std::uint8_t { none, condition, claim, filter };

/// The letters of the mask; `none` where an ACE needs no right.
enum class ace_rights : std::uint8_t { directory, label, none };

/// A type of ACE. [MS-DTYP] 2.4.4.1, 2.5.1.1
struct ace_type_row {
    ace_type type;
    ace_home home;
    ace_layout layout;
    ace_effect effect;
    ace_application application;
    ace_rights rights;
    std::string_view text; ///< in SDDL; empty where SDDL has none
    std::string_view name; ///< as the specification spells it
    std::string_view words;
};

// clang-format off
/// All types with a name, ascending. The texts of 0x0B and 0x0D are those that Windows uses; a table of the
/// specification has them the other way round. [MS-DTYP] 2.4.4.1, 2.5.1.1 (TL, FL: sddl.h)
inline constexpr std::array<ace_type_row, 22> ace_types{{
    {ace_type::access_allowed, ace_home::dacl, ace_layout::sid, ace_effect::allow, ace_application::none, ace_rights::directory, "A", "ACCESS_ALLOWED_ACE_TYPE", "allow"},
    {ace_type::access_denied, ace_home::dacl, ace_layout::sid, ace_effect::deny, ace_application::none, ace_rights::directory, "D", "ACCESS_DENIED_ACE_TYPE", "deny"},
    {ace_type::system_audit, ace_home::sacl, ace_layout::sid, ace_effect::audit, ace_application::none, ace_rights::directory, "AU", "SYSTEM_AUDIT_ACE_TYPE", "audit"},
    {ace_type::system_alarm, ace_home::sacl, ace_layout::sid, ace_effect::alarm, ace_application::none, ace_rights::directory, "AL", "SYSTEM_ALARM_ACE_TYPE", "alarm"},
    {ace_type::access_allowed_compound, ace_home::dacl, ace_layout::opaque, ace_effect::none, ace_application::none, ace_rights::directory, "", "ACCESS_ALLOWED_COMPOUND_ACE_TYPE", "compound allow"},
    {ace_type::access_allowed_object, ace_home::dacl, ace_layout::object, ace_effect::allow, ace_application::none, ace_rights::directory, "OA", "ACCESS_ALLOWED_OBJECT_ACE_TYPE", "allow"},
    {ace_type::access_denied_object, ace_home::dacl, ace_layout::object, ace_effect::deny, ace_application::none, ace_rights::directory, "OD", "ACCESS_DENIED_OBJECT_ACE_TYPE", "deny"},
    {ace_type::system_audit_object, ace_home::sacl, ace_layout::object, ace_effect::audit, ace_application::none, ace_rights::directory, "OU", "SYSTEM_AUDIT_OBJECT_ACE_TYPE", "audit"},
    {ace_type::system_alarm_object, ace_home::sacl, ace_layout::object, ace_effect::alarm, ace_application::none, ace_rights::directory, "OL", "SYSTEM_ALARM_OBJECT_ACE_TYPE", "alarm"},
    {ace_type::access_allowed_callback, ace_home::dacl, ace_layout::sid, ace_effect::allow, ace_application::condition, ace_rights::directory, "XA", "ACCESS_ALLOWED_CALLBACK_ACE_TYPE", "allow if"},
    {ace_type::access_denied_callback, ace_home::dacl, ace_layout::sid, ace_effect::deny, ace_application::condition, ace_rights::directory, "XD", "ACCESS_DENIED_CALLBACK_ACE_TYPE", "deny if"},
    {ace_type::access_allowed_callback_object, ace_home::dacl, ace_layout::object, ace_effect::allow, ace_application::condition, ace_rights::directory, "ZA", "ACCESS_ALLOWED_CALLBACK_OBJECT_ACE_TYPE", "allow if"},
    {ace_type::access_denied_callback_object, ace_home::dacl, ace_layout::object, ace_effect::deny, ace_application::condition, ace_rights::directory, "", "ACCESS_DENIED_CALLBACK_OBJECT_ACE_TYPE", "deny if"},
    {ace_type::system_audit_callback, ace_home::sacl, ace_layout::sid, ace_effect::audit, ace_application::condition, ace_rights::directory, "XU", "SYSTEM_AUDIT_CALLBACK_ACE_TYPE", "audit if"},
    {ace_type::system_alarm_callback, ace_home::sacl, ace_layout::sid, ace_effect::alarm, ace_application::condition, ace_rights::directory, "", "SYSTEM_ALARM_CALLBACK_ACE_TYPE", "alarm if"},
    {ace_type::system_audit_callback_object, ace_home::sacl, ace_layout::object, ace_effect::audit, ace_application::condition, ace_rights::directory, "", "SYSTEM_AUDIT_CALLBACK_OBJECT_ACE_TYPE", "audit if"},
    {ace_type::system_alarm_callback_object, ace_home::sacl, ace_layout::object, ace_effect::alarm, ace_application::condition, ace_rights::directory, "", "SYSTEM_ALARM_CALLBACK_OBJECT_ACE_TYPE", "alarm if"},
    {ace_type::system_mandatory_label, ace_home::sacl, ace_layout::sid, ace_effect::none, ace_application::none, ace_rights::label, "ML", "SYSTEM_MANDATORY_LABEL_ACE_TYPE", "mandatory label"},
    {ace_type::system_resource_attribute, ace_home::sacl, ace_layout::sid, ace_effect::none, ace_application::claim, ace_rights::none, "RA", "SYSTEM_RESOURCE_ATTRIBUTE_ACE_TYPE", "resource attribute"},
    {ace_type::system_scoped_policy_id, ace_home::sacl, ace_layout::sid, ace_effect::none, ace_application::none, ace_rights::none, "SP", "SYSTEM_SCOPED_POLICY_ID_ACE_TYPE", "central access policy"},
    {ace_type::system_process_trust_label, ace_home::sacl, ace_layout::sid, ace_effect::none, ace_application::none, ace_rights::directory, "TL", "SYSTEM_PROCESS_TRUST_LABEL_ACE_TYPE", "process trust label"},
    {ace_type::system_access_filter, ace_home::sacl, ace_layout::sid, ace_effect::none, ace_application::filter, ace_rights::directory, "FL", "SYSTEM_ACCESS_FILTER_ACE_TYPE", "access filter"},
}};
// clang-format on

/// True if each type is the index of its row, and no two rows have the same text.
[[nodiscard]] consteval bool is_sound(decltype(ace_types) const& rows) {
    for (std::size_t index = 0; index < rows.size(); ++index) {
        auto const is_twin = [&row = rows[index]](ace_type_row const& other) {
            return !row.text.empty() && other.text == row.text;
        };
        if (static_cast<std::size_t>(rows[index].type) != index ||
            std::count_if(rows.begin(), rows.end(), is_twin) > 1)
            return false;
    }
    return true;
}

static_assert(is_sound(ace_types), "a type is its index, and a text is of one type");

/// The row of a type; nullptr for an octet that has no name.
[[nodiscard]] constexpr ace_type_row const* find_ace_type(ace_type type) {
    auto const index = static_cast<std::size_t>(type);
    return index < ace_types.size() ? &ace_types[index] : nullptr;
}

/// The row of a type; for an octet that has no name the one of an opaque type without effect.
[[nodiscard]] constexpr ace_type_row const& row_of(ace_type type) {
    constexpr auto opaque = static_cast<std::size_t>(ace_type::access_allowed_compound);
    auto const* const row = find_ace_type(type);
    return row == nullptr ? ace_types[opaque] : *row;
}

/// True for the types whose layout [MS-DTYP] 2.4.4 gives; the others are kept as opaque octets.
[[nodiscard]] constexpr bool is_known_type(ace_type type) {
    return row_of(type).layout != ace_layout::opaque;
}

/// True for the types whose layout has Flags and GUIDs. [MS-DTYP] 2.4.4.3
[[nodiscard]] constexpr bool is_object_type(ace_type type) {
    return row_of(type).layout == ace_layout::object;
}

[[nodiscard]] constexpr bool is_allow(ace_type type) {
    return row_of(type).effect == ace_effect::allow;
}

[[nodiscard]] constexpr bool is_deny(ace_type type) {
    return row_of(type).effect == ace_effect::deny;
}

[[nodiscard]] constexpr bool is_audit(ace_type type) {
    return row_of(type).effect == ace_effect::audit;
}

/// True for the types whose `data` starts with a condition.
[[nodiscard]] constexpr bool is_callback(ace_type type) {
    return row_of(type).application == ace_application::condition;
}

/// True for the types whose `data` may start with a condition.
[[nodiscard]] constexpr bool is_filter(ace_type type) {
    return row_of(type).application == ace_application::filter;
}

/// True for the types whose `data` is a resource attribute.
[[nodiscard]] constexpr bool is_claim(ace_type type) {
    return row_of(type).application == ace_application::claim;
}

/// True for the types whose rights are those of a mandatory label.
[[nodiscard]] constexpr bool is_label(ace_type type) {
    return row_of(type).rights == ace_rights::label;
}

/// True for the types of an ACE that may lack every right.
[[nodiscard]] constexpr bool needs_no_right(ace_type type) {
    return row_of(type).rights == ace_rights::none;
}

/// True for the types that are mask and SID, and nothing else.
[[nodiscard]] constexpr bool is_plain(ace_type type) {
    return row_of(type).layout == ace_layout::sid && row_of(type).application == ace_application::none;
}

/// The type without a condition that allows, denies, audits or alarms.
[[nodiscard]] constexpr ace_type unconditional_type(ace_effect effect, bool is_object) {
    auto const layout = is_object ? ace_layout::object : ace_layout::sid;
    return std::find_if(ace_types.begin(), ace_types.end(),
                        [&](ace_type_row const& row) {
                            return row.effect == effect && row.layout == layout &&
                                   row.application == ace_application::none;
                        })
        ->type;
}

} // namespace dsplan::sddl
