#pragma once
#include <sddl/ace.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

namespace dsplan::sddl {

/// The list that an ACE of a type may stand in.
enum class ace_home : std::uint8_t { dacl, sacl };

/// A type of ACE. [MS-DTYP] 2.4.4.1, 2.5.1.1
struct ace_type_row {
    ace_type type;
    ace_home home;
    std::string_view text; ///< in SDDL; empty where SDDL has none
    std::string_view name; ///< as the specification spells it
    std::string_view words;
};

// clang-format off
/// All types with a name, ascending. The texts of 0x0B and 0x0D are those that Windows uses; a table of the
/// specification has them the other way round. [MS-DTYP] 2.4.4.1, 2.5.1.1 (TL, FL: sddl.h)
inline constexpr std::array<ace_type_row, 22> ace_types{{
    {ace_type::access_allowed, ace_home::dacl, "A", "ACCESS_ALLOWED_ACE_TYPE", "allow"},
    {ace_type::access_denied, ace_home::dacl, "D", "ACCESS_DENIED_ACE_TYPE", "deny"},
    {ace_type::system_audit, ace_home::sacl, "AU", "SYSTEM_AUDIT_ACE_TYPE", "audit"},
    {ace_type::system_alarm, ace_home::sacl, "AL", "SYSTEM_ALARM_ACE_TYPE", "alarm"},
    {ace_type::access_allowed_compound, ace_home::dacl, "", "ACCESS_ALLOWED_COMPOUND_ACE_TYPE", "compound allow"},
    {ace_type::access_allowed_object, ace_home::dacl, "OA", "ACCESS_ALLOWED_OBJECT_ACE_TYPE", "allow"},
    {ace_type::access_denied_object, ace_home::dacl, "OD", "ACCESS_DENIED_OBJECT_ACE_TYPE", "deny"},
    {ace_type::system_audit_object, ace_home::sacl, "OU", "SYSTEM_AUDIT_OBJECT_ACE_TYPE", "audit"},
    {ace_type::system_alarm_object, ace_home::sacl, "OL", "SYSTEM_ALARM_OBJECT_ACE_TYPE", "alarm"},
    {ace_type::access_allowed_callback, ace_home::dacl, "XA", "ACCESS_ALLOWED_CALLBACK_ACE_TYPE", "allow if"},
    {ace_type::access_denied_callback, ace_home::dacl, "XD", "ACCESS_DENIED_CALLBACK_ACE_TYPE", "deny if"},
    {ace_type::access_allowed_callback_object, ace_home::dacl, "ZA", "ACCESS_ALLOWED_CALLBACK_OBJECT_ACE_TYPE", "allow if"},
    {ace_type::access_denied_callback_object, ace_home::dacl, "", "ACCESS_DENIED_CALLBACK_OBJECT_ACE_TYPE", "deny if"},
    {ace_type::system_audit_callback, ace_home::sacl, "XU", "SYSTEM_AUDIT_CALLBACK_ACE_TYPE", "audit if"},
    {ace_type::system_alarm_callback, ace_home::sacl, "", "SYSTEM_ALARM_CALLBACK_ACE_TYPE", "alarm if"},
    {ace_type::system_audit_callback_object, ace_home::sacl, "", "SYSTEM_AUDIT_CALLBACK_OBJECT_ACE_TYPE", "audit if"},
    {ace_type::system_alarm_callback_object, ace_home::sacl, "", "SYSTEM_ALARM_CALLBACK_OBJECT_ACE_TYPE", "alarm if"},
    {ace_type::system_mandatory_label, ace_home::sacl, "ML", "SYSTEM_MANDATORY_LABEL_ACE_TYPE", "mandatory label"},
    {ace_type::system_resource_attribute, ace_home::sacl, "RA", "SYSTEM_RESOURCE_ATTRIBUTE_ACE_TYPE", "resource attribute"},
    {ace_type::system_scoped_policy_id, ace_home::sacl, "SP", "SYSTEM_SCOPED_POLICY_ID_ACE_TYPE", "central access policy"},
    {ace_type::system_process_trust_label, ace_home::sacl, "TL", "SYSTEM_PROCESS_TRUST_LABEL_ACE_TYPE", "process trust label"},
    {ace_type::system_access_filter, ace_home::sacl, "FL", "SYSTEM_ACCESS_FILTER_ACE_TYPE", "access filter"},
}};
// clang-format on

static_assert(std::adjacent_find(ace_types.begin(), ace_types.end(),
                                 [](auto const& a, auto const& b) { return a.type >= b.type; }) ==
                  ace_types.end(),
              "the types are sorted, so that a type is its index");

/// The row of a type; nullptr for an octet that has no name.
[[nodiscard]] constexpr ace_type_row const* find_ace_type(ace_type type) {
    auto const index = static_cast<std::size_t>(type);
    return index < ace_types.size() ? &ace_types[index] : nullptr;
}

} // namespace dsplan::sddl
