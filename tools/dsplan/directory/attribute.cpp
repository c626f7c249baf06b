#include <ldif/attribute_description.hpp>
#include <tools/dsplan/directory/attribute.hpp>

#include <array>
#include <unordered_map>

namespace dsplan::directory {
namespace {

struct row {
    attribute id;
    std::string_view name;
    bool single_valued;
};

// Two exports may be of either side of a change of a local administrator's password: its times are no
// contradiction.
constexpr std::array<row, attribute_count> table{{
    {attribute::admin_count, "adminCount", true},
    {attribute::alt_security_identities, "altSecurityIdentities", false},
    {attribute::ca_certificate, "cACertificate", false},
    {attribute::certificate_templates, "certificateTemplates", false},
    {attribute::cn, "cn", true},
    {attribute::description, "description", false},
    {attribute::display_name, "displayName", true},
    {attribute::dns_host_name, "dNSHostName", true},
    {attribute::ds_heuristics, "dSHeuristics", true},
    {attribute::flags, "flags", true},
    {attribute::gp_link, "gPLink", true},
    {attribute::gp_options, "gPOptions", true},
    {attribute::group_type, "groupType", true},
    {attribute::instance_type, "instanceType", true},
    {attribute::is_deleted, "isDeleted", true},
    {attribute::ldap_display_name, "lDAPDisplayName", true},
    {attribute::managed_by, "managedBy", true},
    {attribute::member, "member", false},
    {attribute::member_of, "memberOf", false},
    {attribute::ms_ds_machine_account_quota, "ms-DS-MachineAccountQuota", true},
    {attribute::ms_mcs_adm_pwd_expiration_time, "ms-Mcs-AdmPwdExpirationTime", false},
    {attribute::ms_ds_allowed_to_act_on_behalf_of_other_identity, "msDS-AllowedToActOnBehalfOfOtherIdentity",
     true},
    {attribute::ms_ds_allowed_to_delegate_to, "msDS-AllowedToDelegateTo", false},
    {attribute::ms_ds_behavior_version, "msDS-Behavior-Version", true},
    {attribute::ms_ds_delegated_msa_state, "msDS-DelegatedMSAState", true},
    {attribute::ms_ds_device_id, "msDS-DeviceID", true},
    {attribute::ms_ds_group_msa_membership, "msDS-GroupMSAMembership", true},
    {attribute::ms_ds_host_service_account, "msDS-HostServiceAccount", false},
    {attribute::ms_ds_key_credential_link, "msDS-KeyCredentialLink", false},
    {attribute::ms_ds_krb_tgt_link_bl, "msDS-KrbTgtLinkBl", false},
    {attribute::ms_ds_managed_account_preceded_by_link, "msDS-ManagedAccountPrecededByLink", true},
    {attribute::ms_ds_oid_to_group_link, "msDS-OIDToGroupLink", true},
    {attribute::ms_ds_reveal_on_demand_group, "msDS-RevealOnDemandGroup", false},
    {attribute::ms_laps_password_expiration_time, "msLAPS-PasswordExpirationTime", false},
    {attribute::ms_pki_cert_template_oid, "msPKI-Cert-Template-OID", true},
    {attribute::ms_pki_certificate_application_policy, "msPKI-Certificate-Application-Policy", false},
    {attribute::ms_pki_certificate_name_flag, "msPKI-Certificate-Name-Flag", true},
    {attribute::ms_pki_certificate_policy, "msPKI-Certificate-Policy", false},
    {attribute::ms_pki_enrollment_flag, "msPKI-Enrollment-Flag", true},
    {attribute::ms_pki_ra_signature, "msPKI-RA-Signature", true},
    {attribute::ms_pki_template_schema_version, "msPKI-Template-Schema-Version", true},
    {attribute::n_c_name, "nCName", true},
    {attribute::net_bios_name, "nETBIOSName", true},
    {attribute::object_class, "objectClass", false},
    {attribute::object_sid, "objectSid", true},
    {attribute::object_version, "objectVersion", true},
    {attribute::operating_system, "operatingSystem", true},
    {attribute::operating_system_version, "operatingSystemVersion", true},
    {attribute::pki_extended_key_usage, "pKIExtendedKeyUsage", false},
    {attribute::primary_group_id, "primaryGroupID", true},
    {attribute::revision, "revision", true},
    {attribute::sam_account_name, "sAMAccountName", true},
    {attribute::service_principal_name, "servicePrincipalName", false},
    {attribute::sid_history, "sIDHistory", false},
    {attribute::system_flags, "systemFlags", true},
    {attribute::user_account_control, "userAccountControl", true},
    {attribute::user_principal_name, "userPrincipalName", true},
}};

constexpr bool ids_are_indices() {
    for (std::size_t index = 0; index < table.size(); ++index)
        if (static_cast<std::size_t>(table[index].id) != index)
            return false;
    return true;
}
static_assert(ids_are_indices());

using rows_by_name =
    std::unordered_map<std::string_view, attribute, ldif::attribute_name_hash, ldif::attribute_name_equal>;

} // namespace

bool is_single_valued(attribute name) {
    return table[static_cast<std::size_t>(name)].single_valued;
}

std::string_view name_of(attribute name) {
    return table[static_cast<std::size_t>(name)].name;
}

std::optional<attribute> find_attribute(std::string_view ldap_display_name) {
    static auto const rows = [] {
        rows_by_name made;
        for (auto const& row : table)
            made.emplace(row.name, row.id);
        return made;
    }();
    auto const found = rows.find(ldap_display_name);
    return found == rows.end() ? std::nullopt : std::optional(found->second);
}

} // namespace dsplan::directory
