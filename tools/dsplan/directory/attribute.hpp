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
    alt_security_identities,
    ca_certificate,
    certificate_templates,
    cn,
    description, ///< kept of synchronisation accounts only
    display_name,
    dns_host_name,
    ds_heuristics,
    flags,
    gp_link,
    gp_options,
    group_type,
    instance_type,
    is_deleted,
    ldap_display_name,
    managed_by,
    member,
    member_of,
    ms_ds_machine_account_quota,
    ms_mcs_adm_pwd_expiration_time,
    ms_ds_allowed_to_act_on_behalf_of_other_identity,
    ms_ds_allowed_to_delegate_to,
    ms_ds_behavior_version,
    ms_ds_delegated_msa_state,
    ms_ds_device_id,
    ms_ds_group_msa_membership,
    ms_ds_host_service_account,
    ms_ds_key_credential_link,
    ms_ds_krb_tgt_link_bl,
    ms_ds_managed_account_preceded_by_link,
    ms_ds_oid_to_group_link,
    ms_ds_reveal_on_demand_group,
    ms_laps_password_expiration_time,
    ms_pki_cert_template_oid,
    ms_pki_certificate_application_policy,
    ms_pki_certificate_name_flag,
    ms_pki_certificate_policy,
    ms_pki_enrollment_flag,
    ms_pki_ra_signature,
    ms_pki_template_schema_version,
    n_c_name,
    net_bios_name,
    object_class,
    object_sid,
    object_version,
    operating_system,
    operating_system_version,
    pki_extended_key_usage,
    primary_group_id,
    revision,
    sam_account_name,
    service_principal_name,
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
