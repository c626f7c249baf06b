#include <ldif/changes/attribute_rules.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/review/attribute_syntax.hpp>
#include <tools/dsplan/review/value_rules.hpp>
#include <tools/dsplan/review/value_tests.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace dsplan::review {
namespace {

using namespace value_tests;

// clang-format off
// [MS-ADA1], [MS-ADA2], [MS-ADA3], [MS-ADTS] 6.1.1.2.4.1.2, [MS-CRTD]
constexpr std::array rows{
    value_rule{"accountExpires", "logon-limits", moves_expiry},
    value_rule{"adminCount", "admin-count", changes},
    value_rule{"altSecurityIdentities", "certificate-mapping", gets_values},
    value_rule{"cACertificate", "certificate-authority", gets_values},
    value_rule{"certificateTemplates", "template-published", gets_values},
    value_rule{"dNSHostName", "name-of-controller", takes_name_of_controller},
    value_rule{"dNSHostName", "name-of-computer", takes_name_of_computer},
    value_rule{"dSHeuristics", "heuristics", dangerous_heuristics},
    value_rule{"dSHeuristics", "heuristics-other", other_heuristics},
    value_rule{"flags", "policy-content", disables_policy},
    value_rule{"flags", "certificate-template", makes_authorities},
    value_rule{"forceLogoff", "logon-limits", ends_forced_logoff},
    value_rule{"gPCFileSysPath", "policy-files", leaves_sysvol},
    value_rule{"gPCMachineExtensionNames", "policy-content", edits_policy},
    value_rule{"gPCUserExtensionNames", "policy-content", edits_policy},
    value_rule{"gPCWQLFilter", "policy-content", edits_policy},
    value_rule{"gPLink", "policy-link", links_policy},
    value_rule{"gPLink", "policy-link-on-administrators", links_policy_above_administrators},
    value_rule{"gPLink", "policy-inheritance", loses_policy},
    value_rule{"gPOptions", "policy-inheritance", blocks_policies},
    value_rule{"groupType", "group-type", becomes_security_group},
    value_rule{"homeDirectory", "logon-script-on-privileged", is_script_of_privileged},
    value_rule{"isDeleted", "object-restored", restores_object},
    value_rule{"lockoutDuration", "password-policy", weak_lockout},
    value_rule{"lockOutObservationWindow", "password-policy", weak_lockout},
    value_rule{"lockoutThreshold", "password-policy", weak_lockout},
    value_rule{"logonHours", "logon-limits", widens_logon_hours},
    value_rule{"managedBy", "read-only-controller", manages_controller},
    value_rule{"maxPwdAge", "password-policy", weak_password_age},
    value_rule{"minPwdAge", "password-policy", weak_history},
    value_rule{"minPwdLength", "password-policy", short_password},
    value_rule{"ms-DS-MachineAccountQuota", "machine-quota", opens_machine_quota},
    value_rule{"ms-Mcs-AdmPwd", "password-set", is_secret},
    value_rule{"ms-Mcs-AdmPwdExpirationTime", "password-policy", delays_rotation},
    value_rule{"msDS-AdditionalDnsHostName", "name-of-controller", takes_name_of_controller},
    value_rule{"msDS-AdditionalDnsHostName", "name-of-computer", takes_name_of_computer},
    value_rule{"msDS-AdditionalSamAccountName", "name-of-controller", takes_name_of_controller},
    value_rule{"msDS-AdditionalSamAccountName", "name-of-computer", takes_name_of_computer},
    value_rule{"msDS-AllowedToDelegateTo", "constrained-delegation", gets_values},
    value_rule{"msDS-AllowedToDelegateTo", "delegation-to-controller", delegates_to_controller},
    value_rule{"msDS-AssignedAuthNPolicy", "authentication-policy", changes},
    value_rule{"msDS-AssignedAuthNPolicySilo", "authentication-policy", changes},
    value_rule{"msDS-AuthNPolicyEnforced", "authentication-policy", changes},
    value_rule{"msDS-AuthNPolicySiloEnforced", "authentication-policy", changes},
    value_rule{"msDS-AuthNPolicySiloMembers", "authentication-policy", changes},
    value_rule{"msDS-UserAllowedToAuthenticateFrom", "authentication-policy", changes},
    value_rule{"msDS-UserAllowedToAuthenticateTo", "authentication-policy", changes},
    value_rule{"msDS-ComputerAllowedToAuthenticateTo", "authentication-policy", changes},
    value_rule{"msDS-ServiceAllowedToAuthenticateFrom", "authentication-policy", changes},
    value_rule{"msDS-ServiceAllowedToAuthenticateTo", "authentication-policy", changes},
    value_rule{"msDS-ComputerAuthNPolicy", "authentication-policy", changes},
    value_rule{"msDS-ComputerTGTLifetime", "authentication-policy", changes},
    value_rule{"msDS-ServiceAllowedNTLMNetworkAuthentication", "authentication-policy", changes},
    value_rule{"msDS-ServiceAuthNPolicy", "authentication-policy", changes},
    value_rule{"msDS-ServiceTGTLifetime", "authentication-policy", changes},
    value_rule{"msDS-StrongNTLMPolicy", "authentication-policy", changes},
    value_rule{"msDS-UserAllowedNTLMNetworkAuthentication", "authentication-policy", changes},
    value_rule{"msDS-UserAuthNPolicy", "authentication-policy", changes},
    value_rule{"msDS-UserTGTLifetime", "authentication-policy", changes},
    value_rule{"msDS-DelegatedMSAState", "account-successor", gets_values},
    value_rule{"msDS-ExpirePasswordsOnSmartCardOnlyAccounts", "password-policy", is_false},
    value_rule{"msDS-LockoutDuration", "password-policy", weak_lockout},
    value_rule{"msDS-LockoutObservationWindow", "password-policy", weak_lockout},
    value_rule{"msDS-LockoutThreshold", "password-policy", weak_lockout},
    value_rule{"msDS-ManagedAccountPrecededByLink", "account-successor", gets_values},
    value_rule{"msDS-MaximumPasswordAge", "password-policy", weak_password_age},
    value_rule{"msDS-MinimumPasswordAge", "password-policy", weak_history},
    value_rule{"msDS-MinimumPasswordLength", "password-policy", short_password},
    value_rule{"msDS-NeverRevealGroup", "read-only-controller", loses_values},
    value_rule{"msDS-OIDToGroupLink", "issuance-group", gets_values},
    value_rule{"msDS-PasswordComplexityEnabled", "password-policy", is_false},
    value_rule{"msDS-PasswordHistoryLength", "password-policy", weak_history},
    value_rule{"msDS-PasswordReversibleEncryptionEnabled", "password-policy", is_true},
    value_rule{"msDS-PSOAppliesTo", "password-policy", changes},
    value_rule{"msDS-PasswordSettingsPrecedence", "password-policy", changes},
    value_rule{"msDS-RevealOnDemandGroup", "read-only-controller", gets_values},
    value_rule{"msDS-SupersededManagedAccountLink", "account-successor", gets_values},
    value_rule{"msDS-SupersededServiceAccountState", "account-successor", gets_values},
    value_rule{"msDS-SupportedEncryptionTypes", "weak-encryption", weakens_encryption},
    value_rule{"msLAPS-EncryptedPassword", "password-set", is_secret},
    value_rule{"msLAPS-EncryptedDSRMPassword", "password-of-privileged", is_secret},
    value_rule{"msLAPS-PasswordExpirationTime", "password-policy", delays_rotation},
    value_rule{"msLAPS-Password", "password-set", is_secret},
    value_rule{"msPKI-Certificate-Application-Policy", "certificate-template", is_good_for_logon},
    value_rule{"msPKI-Certificate-Name-Flag", "certificate-template", enrollee_names_subject},
    value_rule{"msPKI-Certificate-Policy", "certificate-template", gets_values},
    value_rule{"msPKI-Enrollment-Flag", "certificate-template", drops_approval},
    value_rule{"msPKI-RA-Application-Policies", "certificate-template", loses_values},
    value_rule{"msPKI-RA-Signature", "certificate-template", drops_signature},
    value_rule{"msTSInitialProgram", "logon-script", is_script},
    value_rule{"msTSInitialProgram", "logon-script-on-privileged", is_script_of_privileged},
    value_rule{"msTSProfilePath", "logon-script", is_script},
    value_rule{"msTSProfilePath", "logon-script-on-privileged", is_script_of_privileged},
    value_rule{"objectClass", "becomes-controller", creates_controller},
    value_rule{"options", "replication-options", hinders_replication},
    value_rule{"otherWellKnownObjects", "well-known-container", changes},
    value_rule{"pKIExtendedKeyUsage", "certificate-template", is_good_for_logon},
    value_rule{"primaryGroupID", "privileged-member", is_primary_group_with_power},
    value_rule{"profilePath", "logon-script", is_script},
    value_rule{"profilePath", "logon-script-on-privileged", is_script_of_privileged},
    value_rule{"pwdHistoryLength", "password-policy", weak_history},
    value_rule{"pwdLastSet", "logon-limits", renews_password},
    value_rule{"pwdProperties", "password-policy", weak_password_properties},
    value_rule{"sAMAccountName", "computer-without-dollar", computer_without_dollar},
    value_rule{"sAMAccountName", "critical-object-renamed", renames_privileged},
    value_rule{"sAMAccountName", "name-of-controller", takes_name_of_controller},
    value_rule{"scriptPath", "logon-script", is_script},
    value_rule{"scriptPath", "logon-script-on-privileged", is_script_of_privileged},
    value_rule{"servicePrincipalName", "name-of-controller", takes_name_of_controller},
    value_rule{"servicePrincipalName", "name-of-computer", takes_name_of_computer},
    value_rule{"trustAttributes", "trust-filter", opens_trust},
    value_rule{"unicodePwd", "password-set", is_secret},
    value_rule{"unicodePwd", "password-of-privileged", is_password_of_privileged},
    value_rule{"unixUserPassword", "password-set", is_secret},
    value_rule{"userAccountControl", "account-enabled", is_enabled},
    value_rule{"userAccountControl", "account-flags", weakens_account},
    value_rule{"userAccountControl", "becomes-controller", becomes_controller},
    value_rule{"userAccountControl", "guest-enabled", enables_guest},
    value_rule{"userPassword", "password-of-privileged", is_password_of_privileged},
    value_rule{"userPassword", "password-set", is_secret},
    value_rule{"userPrincipalName", "logon-name-taken", takes_logon_name},
    value_rule{"userWorkstations", "logon-limits", widens_workstations},
    value_rule{"versionNumber", "policy-content", raises_version},
    value_rule{"wellKnownObjects", "well-known-container", changes},
};

// Attributes that other parts of the review judge.
constexpr std::array judged_elsewhere{
    std::string_view{"defaultSecurityDescriptor"}, std::string_view{"member"},
    std::string_view{"msDS-AllowedToActOnBehalfOfOtherIdentity"}, std::string_view{"msDS-GroupMSAMembership"},
    std::string_view{"msDS-KeyCredentialLink"}, std::string_view{"nTSecurityDescriptor"},
    std::string_view{"searchFlags"}, std::string_view{"sIDHistory"}, std::string_view{"systemFlags"},
};

constexpr std::array unjudged{
    unjudged_attribute{"altRecipient", "sends the mail of the account elsewhere"},
    unjudged_attribute{"targetAddress", "sends the mail of the account elsewhere"},
    unjudged_attribute{"publicDelegates", "lets others send mail for the account"},
    unjudged_attribute{"msExchDelegateListLink", "opens a mailbox to others"},
    unjudged_attribute{"msExchCoManagedByLink", "lets others manage the members of a group through Exchange"},
    unjudged_attribute{"mS-DS-ConsistencyGuid", "says which account of Entra ID the object is"},
    unjudged_attribute{"msDS-ExternalDirectoryObjectId", "says which account of Entra ID the object is"},
    unjudged_attribute{"uidNumber", "says which Unix user the account is, 0 the one that may do everything"},
    unjudged_attribute{"gidNumber", "says which Unix group the account is in, 0 one that may do everything"},
    unjudged_attribute{"nCName", "says which naming context a cross-reference is of"},
    unjudged_attribute{"dnsRoot", "sends requests for a naming context elsewhere"},
    unjudged_attribute{"msDS-SDReferenceDomain", "says whose administrators the descriptors of a naming context mean"},
    unjudged_attribute{"msDS-NC-Replica-Locations", "says which controllers hold a naming context"},
    unjudged_attribute{"msDS-NC-RO-Replica-Locations", "says which controllers hold a naming context"},
    unjudged_attribute{"msDS-hasMasterNCs", "says which naming contexts a controller writes"},
    unjudged_attribute{"hasMasterNCs", "says which naming contexts a controller writes"},
    unjudged_attribute{"msDS-ReplicationEpoch", "keeps controllers from replicating with each other"},
    unjudged_attribute{"fromServer", "says where a controller takes its changes from"},
    unjudged_attribute{"enabledConnection", "ends or begins replication between controllers"},
    unjudged_attribute{"siteObject", "puts computers into another site, with its policies and controllers"},
    unjudged_attribute{"msDS-PerUserTrustQuota", "says who may make trusts"},
    unjudged_attribute{"msDS-AllUsersTrustQuota", "says who may make trusts"},
    unjudged_attribute{"msDS-TransformationRules", "changes claims that come over a trust"},
    unjudged_attribute{"msDS-IngressClaimsTransformationPolicy", "changes claims that come over a trust"},
    unjudged_attribute{"msDS-EgressClaimsTransformationPolicy", "changes claims that go over a trust"},
    unjudged_attribute{"msDS-ClaimAttributeSource", "says where a claim comes from, which access may depend on"},
    unjudged_attribute{"msAuthz-EffectiveSecurityPolicy", "decides access to files by central policy"},
    unjudged_attribute{"msAuthz-MemberRulesInCentralAccessPolicy", "decides access to files by central policy"},
    unjudged_attribute{"msAuthz-ResourceCondition", "decides access to files by central policy"},
    unjudged_attribute{"msKds-RootKeyData", "is what the passwords of managed accounts are computed from"},
    unjudged_attribute{"msKds-UseStartTime", "says which key the passwords of managed accounts are computed from"},
    unjudged_attribute{"msFVE-KeyPackage", "opens an encrypted disk"},
    unjudged_attribute{"msTPM-OwnerInformation", "holds the secret of a computer's platform module"},
    unjudged_attribute{"msLAPS-EncryptedPasswordHistory", "holds passwords of computers"},
    unjudged_attribute{"msLAPS-EncryptedDSRMPasswordHistory", "holds passwords of domain controllers"},
    unjudged_attribute{"msPKI-CredentialRoamingTokens", "writes files into the profile of a user"},
    unjudged_attribute{"msPKI-Enrollment-Servers", "says where certificates are asked for"},
    unjudged_attribute{"msPKI-Minimal-Key-Size", "says how strong the keys of certificates are"},
    unjudged_attribute{"pKIExpirationPeriod", "says how long certificates of a template are good"},
    unjudged_attribute{"pKIKeyUsage", "says what the key of a certificate is good for"},
    unjudged_attribute{"pKIMaxIssuingDepth", "says how many authorities may stand below a certificate"},
    unjudged_attribute{"msDNS-SigningKeyDescriptors", "says what a DNS zone is signed with"},
    unjudged_attribute{"msiFileList", "says what software a policy installs"},
    unjudged_attribute{"msiScriptPath", "says what software a policy installs"},
    unjudged_attribute{"ipsecData", "says which connections are encrypted or refused"},
    unjudged_attribute{"ms-net-ieee-80211-GP-PolicyData", "says which wireless networks computers join"},
    unjudged_attribute{"ms-net-ieee-8023-GP-PolicyData", "says how computers join wired networks"},
    unjudged_attribute{"msDFSR-Enabled", "ends or begins replication of files, SYSVOL among them"},
    unjudged_attribute{"netbootMachineFilePath", "says what a computer starts from the network"},
    unjudged_attribute{"serviceBindingInformation", "is how programs find a service"},
    unjudged_attribute{"msDS-AzLDAPQuery", "decides who is in a group of Authorization Manager"},
    unjudged_attribute{"msDS-IssuerCertificates", "makes devices trusted that others register"},
    unjudged_attribute{"msDS-IssuerPublicCertificates", "makes devices trusted that others register"},
    unjudged_attribute{"msDS-CloudIssuerPublicCertificates", "makes devices trusted that others register"},
    unjudged_attribute{"msDS-RegisteredOwner", "says whose device it is"},
    unjudged_attribute{"msTSAllowLogon", "says whether the account may begin remote sessions"},
    unjudged_attribute{"msTSRemoteControl", "says whether others may look into the sessions of the account"},
    unjudged_attribute{"securityIdentifier", "says which domain a trust is with"},
    unjudged_attribute{"adminContextMenu", "says what programs the consoles of administrators start"},
    unjudged_attribute{"adminMultiselectPropertyPages", "says what programs the consoles of administrators load"},
    unjudged_attribute{"adminPropertyPages", "says what programs the consoles of administrators load"},
    unjudged_attribute{"appliesTo", "says on which classes a right counts", true},
    unjudged_attribute{"attributeSecurityGUID", "moves an attribute to another property set, with the rights on it", true},
    unjudged_attribute{"auditingPolicy", "says what is audited"},
    unjudged_attribute{"auxiliaryClass", "gives objects attributes of another class", true},
    unjudged_attribute{"authorityRevocationList", "decides which certificates are refused"},
    unjudged_attribute{"certificateRevocationList", "decides which certificates are refused"},
    unjudged_attribute{"contextMenu", "says what programs consoles start"},
    unjudged_attribute{"createWizardExt", "says what programs the consoles of administrators load"},
    unjudged_attribute{"crossCertificatePair", "makes the forest trust other authorities"},
    unjudged_attribute{"dBCSPwd", "holds the hash of a password"},
    unjudged_attribute{"dNSProperty", "says who may update a DNS zone"},
    unjudged_attribute{"dnsRecord", "sends traffic for a name elsewhere"},
    unjudged_attribute{"dynamicLDAPServer", "sends requests to another server"},
    unjudged_attribute{"fRSMemberReference", "decides who replicates SYSVOL"},
    unjudged_attribute{"fRSRootPath", "decides where SYSVOL lies"},
    unjudged_attribute{"fSMORoleOwner", "moves an operations master role"},
    unjudged_attribute{"gPCFunctionalityVersion", "decides whether a policy is read"},
    unjudged_attribute{"keywords", "is how services find what they connect to"},
    unjudged_attribute{"lDAPAdminLimits", "limits what the directory answers"},
    unjudged_attribute{"lDAPIPDenyList", "keeps computers from the directory"},
    unjudged_attribute{"lmPwdHistory", "holds hashes of passwords"},
    unjudged_attribute{"localPolicyFlags", "says which policies of the computer count"},
    unjudged_attribute{"msDFSR-RootPath", "decides where replicated files lie"},
    unjudged_attribute{"msWMI-Parm2", "decides on which computers a policy counts"},
    unjudged_attribute{"msDNS-KeymasterZones", "says who signs a DNS zone"},
    unjudged_attribute{"msDS-AllowedDNSSuffixes", "says which host names computers may take"},
    unjudged_attribute{"msDS-Behavior-Version", "raises the functional level"},
    unjudged_attribute{"msDS-EnabledFeature", "enables a feature that cannot be disabled"},
    unjudged_attribute{"msDS-HostServiceAccount", "says which service accounts a computer uses"},
    unjudged_attribute{"msDS-KrbTgtLink", "ties a read-only controller to its key"},
    unjudged_attribute{"msDS-MembersForAzRole", "gives a role of Authorization Manager"},
    unjudged_attribute{"msDS-Other-Settings", "holds settings of the whole directory"},
    unjudged_attribute{"msDS-SPNSuffixes", "says which service names the forest answers for"},
    unjudged_attribute{"msDS-TrustForestTrustInfo", "says which names a trusted forest may claim"},
    unjudged_attribute{"msExchMasterAccountSid", "gives a mailbox to an account of another forest"},
    unjudged_attribute{"msFVE-RecoveryPassword", "opens an encrypted disk"},
    unjudged_attribute{"msImaging-PSPIdentifier", "says where scans go"},
    unjudged_attribute{"msPKI-Cert-Template-OID", "is what certificates of a template are known by"},
    unjudged_attribute{"msPKI-Private-Key-Flag", "says how the key of a certificate is guarded"},
    unjudged_attribute{"msPKI-Supersede-Templates", "replaces certificates by those of a template"},
    unjudged_attribute{"msPKIAccountCredentials", "roams a user's private keys"},
    unjudged_attribute{"msRADIUSServiceType", "says how the account may dial in"},
    unjudged_attribute{"msNPAllowDialin", "lets the account dial in"},
    unjudged_attribute{"nTMixedDomain", "changes the mode of the domain"},
    unjudged_attribute{"ntPwdHistory", "holds hashes of passwords"},
    unjudged_attribute{"queryPolicyObject", "limits what the directory answers"},
    unjudged_attribute{"rIDAvailablePool", "says which SIDs are given out next"},
    unjudged_attribute{"rightsGuid", "says what a right stands for", true},
    unjudged_attribute{"schemaIDGUID", "says what the GUID of an ACE stands for", true},
    unjudged_attribute{"serverReference", "ties a server to its computer account"},
    unjudged_attribute{"shellContextMenu", "says what programs the desktop of users starts"},
    unjudged_attribute{"shellPropertyPages", "says what programs the desktop of users loads"},
    unjudged_attribute{"sPNMappings", "says which service names stand for others"},
    unjudged_attribute{"supplementalCredentials", "holds the keys of an account"},
    unjudged_attribute{"systemAuxiliaryClass", "gives objects attributes of another class", true},
    unjudged_attribute{"systemPossSuperiors", "says where objects of a class may be created", true},
    unjudged_attribute{"tombstoneLifetime", "says how long deleted objects and backups are good for"},
    unjudged_attribute{"trustAuthIncoming", "holds the secret of a trust"},
    unjudged_attribute{"trustAuthOutgoing", "holds the secret of a trust"},
    unjudged_attribute{"trustDirection", "turns a trust"},
    unjudged_attribute{"trustPartner", "says whom a trust is with"},
    unjudged_attribute{"trustType", "says what kind of trust it is"},
    unjudged_attribute{"uPNSuffixes", "says which logon names the forest answers for"},
    unjudged_attribute{"userCertificate", "may be what the account logs on or decrypts with"},
    unjudged_attribute{"userParameters", "holds settings of remote sessions, a program that starts among them"},
    unjudged_attribute{"userSMIMECertificate", "may be what mail to the account is encrypted for"},
    unjudged_attribute{"validAccesses", "says which bits a right goes by", true},
};
// clang-format on

std::string shown_part(std::string_view value) {
    constexpr std::size_t at_most = 200;
    return value.size() > at_most ? fmt::format("{}…", value.substr(0, at_most)) : std::string(value);
}

std::vector<evidence> seen(value_change const& change) {
    std::vector<evidence> all;
    bool const is_hidden = syntax_of(change.attribute) == syntax::secret;
    for (auto const& value : change.values)
        all.push_back({std::string(change.object.dn), std::string(change.attribute),
                       is_hidden ? std::string("(not shown)") : shown_part(value)});
    if (all.empty())
        all.push_back({std::string(change.object.dn), std::string(change.attribute), {}});
    return all;
}

void add_unjudged(value_change const& change, std::string_view attribute, std::string_view why,
                  finding_list const& findings) {
    if (findings.unjudged != nullptr)
        findings.unjudged->emplace(attribute);
    findings.add("unjudged", fmt::format("{} {}", attribute, why), seen(change));
}

// An object identifier that no schema knows: which attribute it is, nobody can say.
void judge_number(value_change const& change, finding_list const& findings) {
    if (ldif::is_identifier(change.attribute))
        add_unjudged(change, change.attribute, "is the number of an attribute that the schema lacks",
                     findings);
}

} // namespace

std::span<value_rule const> value_rules() {
    return rows;
}

std::span<unjudged_attribute const> unjudged_attributes() {
    return unjudged;
}

bool has_value_rule(std::string_view attribute) {
    auto const is_it = [attribute](value_rule const& row) {
        return equal_ignoring_case(row.attribute, attribute);
    };
    auto const is_named = [attribute](std::string_view each) {
        return equal_ignoring_case(each, attribute);
    };
    return std::any_of(rows.begin(), rows.end(), is_it) ||
           std::any_of(judged_elsewhere.begin(), judged_elsewhere.end(), is_named);
}

void judge_values(value_change const& change, finding_list const& findings) {
    for (auto const& row : rows)
        if (equal_ignoring_case(row.attribute, change.attribute))
            if (auto text = row.test(change); !text.empty())
                findings.add(row.rule, std::move(text), seen(change));
    judge_number(change, findings);
    for (auto const& row : unjudged)
        if (equal_ignoring_case(row.attribute, change.attribute) &&
            !(row.is_of_schema && change.is_new_object))
            add_unjudged(change, row.attribute, row.why, findings);
}

} // namespace dsplan::review
