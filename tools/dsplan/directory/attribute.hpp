#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace dsplan::directory {

/// The attributes that the program reads from an export; all others are passed over, which keeps a snapshot
/// of a large domain small. The order is that of the table in attribute.cpp.
enum class attribute : std::uint8_t {
    admin_count,
    cn,
    display_name,
    ds_heuristics,
    gp_link,
    gp_options,
    group_type,
    instance_type,
    is_deleted,
    ldap_display_name,
    member,
    member_of,
    ms_ds_behavior_version,
    ms_ds_device_id,
    ms_ds_key_credential_link,
    n_c_name,
    net_bios_name,
    object_class,
    object_sid,
    object_version,
    operating_system,
    operating_system_version,
    primary_group_id,
    revision,
    sam_account_name,
    sid_history,
    system_flags,
    user_account_control,
    user_principal_name,
};

inline constexpr std::size_t attribute_count = static_cast<std::size_t>(attribute::user_principal_name) + 1;

/// Whether an object holds at most one value. [MS-ADTS] 3.1.1.2.3, isSingleValued
[[nodiscard]] bool is_single_valued(attribute name);

/// "objectSid"
[[nodiscard]] std::string_view name_of(attribute name);

/// Finds an attribute by its lDAPDisplayName, any case, without options.
[[nodiscard]] std::optional<attribute> find_attribute(std::string_view ldap_display_name);

} // namespace dsplan::directory
