#include <tools/dsplan/paths/edge_kinds.hpp>

#include <algorithm>
#include <array>

namespace dsplan::paths {
namespace {

// clang-format off
constexpr std::array kinds{
    edge_row{edge_kind::member, "member", "is a member of", "a member of a group has everything that the group has", "take the account out of the group"},
    edge_row{edge_kind::sid_history, "sid-history", "holds in sIDHistory the SID of", "an account has everything that a SID in its sIDHistory has", "clear sIDHistory"},
    edge_row{edge_kind::change_permissions, "change-permissions", "may change the permissions of", "anyone who can change the permissions of an object can grant themselves everything on it", ""},
    edge_row{edge_kind::take_ownership, "take-ownership", "may take ownership of", "the owner of an object can change its permissions", ""},
    edge_row{edge_kind::owner, "owner", "owns", "the owner of an object can change its permissions", "make Domain Admins the owner"},
    edge_row{edge_kind::reset_password, "reset-password", "may reset the password of", "anyone who can reset an account's password can log on as that account", "grant it on other objects"},
    edge_row{edge_kind::add_key, "add-key", "may write the keys of", "anyone who can add a key to an account can log on as that account", "grant it on other objects, or deny it on these"},
    edge_row{edge_kind::act_on_behalf_right, "act-on-behalf-right", "may choose who acts for others towards", "an account that may act for every user towards a computer controls that computer", ""},
    edge_row{edge_kind::act_on_behalf, "act-on-behalf", "may act for every user towards", "an account that may act for every user towards a computer controls that computer", "clear msDS-AllowedToActOnBehalfOfOtherIdentity"},
    edge_row{edge_kind::alt_identity, "alt-identity", "may map certificates to", "anyone who can map a certificate to an account can log on as that account", ""},
    edge_row{edge_kind::account_flags, "account-flags", "may write userAccountControl of", "the flags of an account can enable it, and can weaken how it logs on", ""},
    edge_row{edge_kind::add_spn, "add-spn", "may write the service names of", "with a service name on the account, anyone can guess its password offline", ""},
    edge_row{edge_kind::read_local_password, "read-local-password", "may read the local administrator's password of", "the local administrator controls the computer", ""},
    edge_row{edge_kind::read_managed_password, "read-managed-password", "may retrieve the password of", "anyone who can retrieve a managed account's password can log on as that account", "take it off the list of the account"},
    edge_row{edge_kind::delegation, "delegation", "may act for others towards", "a service that may act for every user controls the service that it acts towards", "clear the delegation"},
    edge_row{edge_kind::succeed_account, "succeed-account", "may create successors of accounts in", "the successor of an account has everything that the account has", ""},
    edge_row{edge_kind::reveal, "reveal", "may choose whose passwords are kept on", "anyone who controls a read-only domain controller can read the passwords that it keeps", ""},
    edge_row{edge_kind::add_member, "add-member", "may add members to", "a member of a group has everything that the group has", ""},
    edge_row{edge_kind::add_self, "add-self", "may add itself to", "a member of a group has everything that the group has", ""},
    edge_row{edge_kind::inherits, "inherits", "passes its inheritable ACEs on to", "everything below a container that inherits gets what is granted on the container", "let the object inherit nothing, or move it"},
    edge_row{edge_kind::policy_link, "policy-link", "may link policies to", "a linked policy runs on every computer and for every user below, protected or not", ""},
    edge_row{edge_kind::policy, "policy", "runs on", "anyone who can write a policy controls every computer and user that it runs on", "unlink the policy"},
    edge_row{edge_kind::replicate, "replicate", "may replicate the secrets of", "anyone who can replicate a domain can read every password hash in it", ""},
    edge_row{edge_kind::enroll_as_anybody, "enroll-as-anybody", "may enroll in", "the holder of the certificate can log on as the account that it names", "let the template ask for approval"},
    edge_row{edge_kind::change_template, "change-template", "may write what certificates name of", "anyone who can write a template can make its certificates good for anything", ""},
    edge_row{edge_kind::publish_template, "publish-template", "may decide what is issued or trusted by", "anyone who decides what is issued or trusted can make certificates good for anything", ""},
    edge_row{edge_kind::enroll_into_group, "enroll-into-group", "puts its holder into", "the certificate makes its holder a member of the group", "remove the link to the group"},
    edge_row{edge_kind::forest, "forest", "leads to all of", "the forest trusts what it decides", "stop issuing the template"},
    edge_row{edge_kind::write_logon_name, "write-logon-name", "may write the name that certificates hold of", "a certificate without the SID of its account is good for the account that it names", ""},
    edge_row{edge_kind::make_controller, "make-controller", "may make a domain controller of", "a domain controller can replicate every password hash of its domain", ""},
    edge_row{edge_kind::host_account, "host-account", "holds the password of", "anyone who controls a host can use the accounts of its services", "move the service to a host that is guarded like the account"},
    edge_row{edge_kind::manage_host, "manage-host", "administers, as managedBy says,", "the account in managedBy of a read-only domain controller is its local administrator", "clear managedBy"},
    edge_row{edge_kind::write_manager, "write-manager", "may choose who administers", "the account in managedBy of a read-only domain controller is its local administrator", ""},
    edge_row{edge_kind::write_heuristics, "write-heuristics", "may write dSHeuristics of", "dSHeuristics can take the protection from operators, and give owners their rights back", ""},
    edge_row{edge_kind::write_class_default, "write-class-default", "may write the default permissions of", "objects of a class start with the permissions that the class says", ""},
    edge_row{edge_kind::move, "move", "may move, and so control,", "an object that is moved gets what the container passes on", ""},
    edge_row{edge_kind::hold_key, "hold-key", "logs on as", "the holder of a key logs on as the account", "take the key off the account"},
    edge_row{edge_kind::hold_certificate, "hold-certificate", "logs on as", "the holder of a certificate that is mapped to an account logs on as it", "take the mapping off the account"},
};

constexpr std::string_view guessable = "if its password can be guessed";
constexpr std::string_view has_certificate = "if an authority that the forest trusts issues a certificate for logging on";
constexpr std::string_view can_log_on_too = "if it can log on as the account, too";
constexpr std::string_view files_too = "if the files of the policy in SYSVOL may be written, too";

constexpr std::array rights{
    right_row{edge_kind::change_permissions, "change permissions", "", on::any, ""},
    right_row{edge_kind::take_ownership, "take ownership", "", on::any, ""},
    right_row{edge_kind::reset_password, "Reset Password", "", on::users | on::computers, ""},
    right_row{edge_kind::add_key, "write msDS-KeyCredentialLink", "", on::accounts, ""},
    right_row{edge_kind::add_member, "write member", "", on::groups, ""},
    right_row{edge_kind::add_self, "validated write Self-Membership", "", on::groups, ""},
    right_row{edge_kind::replicate, "DS-Replication-Get-Changes, DS-Replication-Get-Changes-All", "DS-Replication-Get-Changes-All", on::domain_roots, ""},
    right_row{edge_kind::act_on_behalf_right, "write msDS-AllowedToActOnBehalfOfOtherIdentity", "", on::accounts, ""},
    right_row{edge_kind::read_managed_password, "write msDS-GroupMSAMembership", "", on::managed_accounts, ""},
    right_row{edge_kind::read_local_password, "read ms-Mcs-AdmPwd", "control access to ms-Mcs-AdmPwd", on::computers, ""},
    right_row{edge_kind::read_local_password, "read msLAPS-Password", "control access to msLAPS-Password", on::computers, ""},
    right_row{edge_kind::read_local_password, "read msLAPS-EncryptedPassword", "control access to msLAPS-EncryptedPassword", on::computers, "if it may decrypt the password, too"},
    right_row{edge_kind::policy_link, "write gPLink", "", on::containers | on::domain_roots, ""},
    right_row{edge_kind::policy, "write gPCFileSysPath", "", on::policies, files_too},
    right_row{edge_kind::alt_identity, "write altSecurityIdentities", "", on::accounts, has_certificate},
    right_row{edge_kind::account_flags, "write userAccountControl", "", on::users | on::computers, guessable},
    right_row{edge_kind::add_spn, "write servicePrincipalName", "", on::users, guessable},
    right_row{edge_kind::succeed_account, "create msDS-DelegatedManagedServiceAccount", "", on::containers | on::domain_roots, has_2025_unpatched},
    right_row{edge_kind::reveal, "write msDS-RevealOnDemandGroup, write msDS-NeverRevealGroup", "write msDS-RevealOnDemandGroup", on::computers, ""},
    right_row{edge_kind::write_manager, "write managedBy", "", on::computers, ""},
    right_row{edge_kind::make_controller, "write userAccountControl", "", on::computers, ""},
    right_row{edge_kind::write_logon_name, "write userPrincipalName", "", on::users, can_log_on_too},
    right_row{edge_kind::write_logon_name, "write dNSHostName", "", on::computers, can_log_on_too},
    right_row{edge_kind::enroll_as_anybody, "Certificate-Enrollment", "", on::templates, ""},
    right_row{edge_kind::change_template, "write msPKI-Certificate-Name-Flag", "", on::templates, ""},
    right_row{edge_kind::publish_template, "write certificateTemplates", "", on::enrollment_services, "if there is a template that it may enroll in as anybody"},
    right_row{edge_kind::publish_template, "write cACertificate", "", on::authority_stores, "if it has an authority of its own"},
    right_row{edge_kind::replicate, "DS-Replication-Get-Changes, DS-Replication-Get-Changes-In-Filtered-Set", "DS-Replication-Get-Changes-In-Filtered-Set", on::domain_roots, "if a password of the filtered set, as LAPS keeps them, leads on"},
    right_row{edge_kind::write_heuristics, "write dSHeuristics", "", on::forest_settings, ""},
    right_row{edge_kind::write_class_default, "write defaultSecurityDescriptor", "", on::class_schemas, ""},
    right_row{edge_kind::move, "write cn", "", on::users | on::computers | on::groups, ""},
};
// clang-format on

constexpr bool kinds_are_in_order() {
    for (std::size_t index = 0; index < kinds.size(); ++index)
        if (static_cast<std::size_t>(kinds[index].kind) != index)
            return false;
    return true;
}
static_assert(kinds_are_in_order());

} // namespace

edge_row const& row_of(edge_kind kind) {
    return kinds[static_cast<std::size_t>(kind)];
}

bool is_action(edge_kind kind) {
    switch (kind) {
    case edge_kind::member:
    case edge_kind::sid_history:
    case edge_kind::inherits:
    case edge_kind::policy:
    case edge_kind::enroll_into_group:
    case edge_kind::forest:
        return false;
    default:
        return true;
    }
}

std::span<edge_row const> edge_rows() {
    return kinds;
}

std::span<right_row const> right_rows() {
    return rights;
}

std::size_t row_index_of(edge_kind kind) {
    return static_cast<std::size_t>(std::find_if(rights.begin(), rights.end(),
                                                 [kind](right_row const& row) { return row.kind == kind; }) -
                                    rights.begin());
}

} // namespace dsplan::paths
