#include <sddl/guid_literal.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/words/judge/takeover_rights.hpp>

#include <algorithm>
#include <array>

namespace dsplan::words {
namespace {

using namespace sddl::literals;

constexpr auto write = sddl::right_write_property;
constexpr auto self_write = sddl::right_self_write;
constexpr auto control = sddl::right_control_access;
constexpr auto create = sddl::right_create_child;
constexpr sddl::guid of_attribute{};

// clang-format off
constexpr std::array rows{
    // accounts
    takeover_right{"takeover-reset-password", control, "", "00299570-246d-11d0-a768-00aa006e0529"_guid, target::accounts, "can set a new password without the old one"},
    takeover_right{"takeover-key-credential", write, "msDS-KeyCredentialLink", of_attribute, target::accounts, "can add a key of its own to the account and log on as it"},
    takeover_right{"takeover-delegation", write, "msDS-AllowedToActOnBehalfOfOtherIdentity", of_attribute, target::accounts, "can choose who may act as other users towards this computer"},
    takeover_right{"takeover-certificate-mapping", write, "altSecurityIdentities", of_attribute, target::accounts, "can map a certificate of its own to the account and log on as it"},
    takeover_right{"takeover-managed-password", write, "msDS-GroupMSAMembership", of_attribute, target::managed_accounts, "can choose who may retrieve the password of the account"},
    takeover_right{"takeover-logon-script", write, "scriptPath", of_attribute, target::users, "can choose the script that runs when the user logs on"},
    takeover_right{"takeover-logon-script", write, "msTSInitialProgram", of_attribute, target::users, "can choose the program that runs when the user logs on remotely"},
    takeover_right{"takeover-service-name", write, "servicePrincipalName", of_attribute, target::users, "can give the account a service name and guess its password offline"},
    takeover_right{"risky-write", write, "servicePrincipalName", of_attribute, target::computers | target::managed_accounts, "can take service names that belong to another computer"},
    takeover_right{"risky-write", write, "userAccountControl", of_attribute, target::accounts, "can enable the account, and let its password be guessed offline"},
    takeover_right{"risky-write", write, "userPrincipalName", of_attribute, target::accounts, "can give the account the logon name of another one"},
    takeover_right{"risky-write", write, "sAMAccountName", of_attribute, target::accounts, "can give the account the name of another one, a domain controller's too"},
    takeover_right{"risky-write", write, "dNSHostName", of_attribute, target::computers, "can give the computer the host name of another one, a domain controller's too"},
    takeover_right{"risky-write", write, "primaryGroupID", of_attribute, target::accounts, "can choose the primary group of the account among its groups"},
    takeover_right{"risky-write", write, "msDS-AllowedToDelegateTo", of_attribute, target::accounts, "can, with the privilege to enable delegation, let the account act as other users"},
    takeover_right{"risky-write", write, "msDS-SupportedEncryptionTypes", of_attribute, target::accounts, "can weaken the encryption of the tickets of the account"},
    takeover_right{"risky-write", write, "profilePath", of_attribute, target::users, "can choose where the profile of the user is loaded from"},
    takeover_right{"risky-write", write, "msDS-RevealOnDemandGroup", of_attribute, target::computers, "can choose whose passwords a read-only domain controller may hold"},
    // groups
    takeover_right{"takeover-group", write, "member", of_attribute, target::groups, "can put anybody into the group"},
    takeover_right{"takeover-group", self_write, "member", of_attribute, target::groups, "can put itself into the group"},
    // containers and policies
    takeover_right{"takeover-policy-link", write, "gPLink", of_attribute, target::containers, "can link a policy of its own, which runs on every computer and user below"},
    takeover_right{"risky-write", write, "gPOptions", of_attribute, target::containers, "can keep the policies linked above away from what is below"},
    takeover_right{"takeover-policy", write, "gPCFileSysPath", of_attribute, target::policies, "can choose the files of the policy, and so what runs wherever it is linked"},
    takeover_right{"takeover-policy", write, "gPCMachineExtensionNames", of_attribute, target::policies, "can choose what the policy runs on computers"},
    takeover_right{"takeover-policy", write, "gPCUserExtensionNames", of_attribute, target::policies, "can choose what the policy runs for users"},
    takeover_right{"takeover-successor", create, "", "0feb936f-47b3-49f2-9386-1dedc2c23765"_guid, target::containers, "can create a delegated managed service account, which, with a controller of Windows Server 2025, can name any account as the one that it succeeds"},
    takeover_right{"computer-creation", create, "", "bf967a86-0de6-11d0-a285-00aa003049e2"_guid, target::containers, "can create computers, and owns each that it creates"},
    // the domain
    takeover_right{"takeover-replication", control, "", "1131f6ad-9c07-11d1-f79f-00c04fc2dcd2"_guid, target::domain_roots, "can, with Replicating Directory Changes, read every password hash of the domain"},
    takeover_right{"takeover-replication", control, "", "89e95b76-444d-4c62-991a-0facbeda640c"_guid, target::domain_roots, "can, with Replicating Directory Changes, read confidential attributes such as local administrators' passwords"},
    takeover_right{"takeover-domain-right", control, "", "4125c71f-7fac-4ff0-bcb7-f09a41325286"_guid, target::domain_roots, "can set the owner of every object of the domain"},
    takeover_right{"takeover-domain-right", control, "", "9923a32a-3607-11d2-b9be-0000f87a36b2"_guid, target::domain_roots, "can add a domain controller"},
    takeover_right{"takeover-domain-right", control, "", "ba33815a-4f93-4c76-87f3-57574bff8109"_guid, target::domain_roots, "can give an account the SID of another one"},
    takeover_right{"takeover-domain-right", control, "", "1131f6ae-9c07-11d1-f79f-00c04fc2dcd2"_guid, target::domain_roots, "can read the secrets that a read-only domain controller may hold"},
    takeover_right{"takeover-domain-right", control, "", "1131f6ac-9c07-11d1-f79f-00c04fc2dcd2"_guid, target::domain_roots, "can register a domain controller and push changes through it"},
    takeover_right{"risky-write", write, "ms-DS-MachineAccountQuota", of_attribute, target::domain_roots, "can let everybody join computers"},
    takeover_right{"risky-write", write, "minPwdLength", of_attribute, target::domain_roots, "can weaken the password policy of the domain"},
    // certificates
    takeover_right{"takeover-certificates", write, "msPKI-Certificate-Name-Flag", of_attribute, target::certificates, "can let the person who enrolls name another account in the certificate"},
    takeover_right{"takeover-certificates", write, "msPKI-Enrollment-Flag", of_attribute, target::certificates, "can drop the approval of certificates"},
    takeover_right{"takeover-certificates", write, "msPKI-RA-Signature", of_attribute, target::certificates, "can drop the signature that a request needs"},
    takeover_right{"takeover-certificates", write, "msPKI-Certificate-Application-Policy", of_attribute, target::certificates, "can make certificates good for logging on"},
    takeover_right{"takeover-certificates", write, "pKIExtendedKeyUsage", of_attribute, target::certificates, "can make certificates good for logging on"},
    takeover_right{"takeover-certificates", write, "certificateTemplates", of_attribute, target::certificates, "can publish any template"},
    takeover_right{"takeover-certificates", write, "cACertificate", of_attribute, target::certificates, "can make the forest trust another authority"},
    takeover_right{"enrollment-right", control, "", "0e10c968-78fb-11d2-90d4-00c04f79dc55"_guid, target::certificates, "can enroll for the certificate"},
    takeover_right{"enrollment-right", control, "", "a05b8cc2-17bc-4802-a710-e7c15ab866a2"_guid, target::certificates, "can enroll for the certificate"},
};

constexpr std::array harmless{
    "ab721a53-1e2f-11d0-9819-00aa0040529b"_guid, // Change Password: takes the old one
    "ab721a55-1e2f-11d0-9819-00aa0040529b"_guid, // Send To: mail to the group
    "edacfd8f-ffb3-11d1-b41d-00a0c968f939"_guid, // Apply Group Policy
    "280f369c-67c7-438e-ae98-1d46f3c6f541"_guid, // Update Password Not Required Bit
    "ccc2dc7d-a6ad-4a7a-8846-c04e3cc53501"_guid, // Unexpire Password
    "05c74c5e-4deb-43b4-bd9f-86664c2a7fd5"_guid, // Enable Per User Reversibly Encrypted Password
    "4ecc03fe-ffc0-4947-b630-eb672a8a9dbc"_guid, // Query Self Quota
};

struct class_row {
    std::string_view name;
    std::uint32_t targets;
};
constexpr std::array classes{
    class_row{"msDS-GroupManagedServiceAccount", target::managed_accounts},
    class_row{"msDS-DelegatedManagedServiceAccount", target::managed_accounts},
    class_row{"computer", target::computers},
    class_row{"user", target::users},
    class_row{"group", target::groups},
    class_row{"groupPolicyContainer", target::policies},
    class_row{"domainDNS", target::domain_roots | target::containers},
    class_row{"organizationalUnit", target::containers},
    class_row{"container", target::containers},
    class_row{"builtinDomain", target::containers},
    class_row{"site", target::containers},
    class_row{"pKICertificateTemplate", target::certificates},
    class_row{"pKIEnrollmentService", target::certificates},
    class_row{"certificationAuthority", target::certificates},
};
// clang-format on

} // namespace

std::uint32_t targets_of(directory::schema_class const& of) {
    for (auto const* each = &of; each != nullptr; each = each->superclass)
        for (auto const& row : classes)
            if (equal_ignoring_case(row.name, each->name))
                return row.targets;
    return 0;
}

std::span<takeover_right const> takeover_rights() {
    return rows;
}

bool is_harmless_right(sddl::guid const& extended_right) {
    return std::find(harmless.begin(), harmless.end(), extended_right) != harmless.end();
}

} // namespace dsplan::words
