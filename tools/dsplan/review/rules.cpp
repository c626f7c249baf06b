#include <tools/dsplan/review/rules.hpp>

#include <algorithm>
#include <array>

namespace dsplan::review {
namespace {

using enum severity;

// clang-format off
constexpr std::array all_rules{
    rule{"account-flags", warning, "userAccountControl weakens an account",
         "Delegation, a password that is not required or can be read back, and logons without proof are what attackers look for.",
         "Ask what needs the flag, and whether the account can do without it."},
    rule{"ace-inherit-only-nowhere", warning, "an ACE is inherit-only and is inherited by nothing",
         "IO without CI or OI counts neither on the object nor below it.",
         "Set CI, or remove IO, or leave the ACE out."},
    rule{"ace-no-rights", warning, "an ACE names no right",
         "An ACE with an empty mask allows and denies nothing.",
         "Give it the right that was meant, or leave it out."},
    rule{"ace-shadowed", warning, "a deny ACE before it takes away all that an ACE allows",
         "The first ACE that speaks of a right decides it.",
         "Find out which of the two is meant."},
    rule{"ace-wrong-class", warning, "an ACE is for something that objects of the class do not have",
         "An attribute that they cannot hold, a right that does not apply to them, a child that cannot stand below them: the ACE does nothing.",
         "Look up the class that was meant; give the forest's own schema with --schema if it was extended."},
    rule{"acl-order", warning, "a list is not in canonical order",
         "Tools of Windows refuse or reorder such a list, and an allow ACE before a deny ACE undoes it.",
         "Put explicit deny ACEs first, then explicit allow ACEs, then inherited ones."},
    rule{"broad-trustee", danger, "nearly everybody can change something",
         "Everyone, Authenticated Users, Domain Users and their like hold every account, those of attackers too.",
         "Grant it to a group made for the purpose."},
    rule{"confidential-flag", danger, "an attribute is no longer confidential",
         "Without bit 0x80 of searchFlags everybody who reads all properties reads the attribute.",
         "Keep the bit unless the attribute holds nothing secret."},
    rule{"constrained-delegation", warning, "an account may act as other users towards services",
         "Who holds the account can be any user that may be delegated, towards the services that are named.",
         "Check the services, and that the account is guarded as they are."},
    rule{"default-descriptor", warning, "the default descriptor of a class changes",
         "Every object of the class that is created from now on carries it, in the whole forest; existing ones stay as they are.",
         "Read the table of the new default; keep the old value for a rollback."},
    rule{"delegation-set", danger, "an object is told who may act as other users towards it",
         "Who is allowed in msDS-AllowedToActOnBehalfOfOtherIdentity can be any user on that computer.",
         "Check that the accounts in the descriptor are meant, and guard them like the computer."},
    rule{"deletion-protection", warning, "protection from accidental deletion is removed",
         "The deny ACE for Everyone keeps a slip of the hand from deleting the object and all below it.",
         "Put the deny ACE (D;;SDDT;;;WD) back, unless the object is to go."},
    rule{"grant-on-admin-sd-holder", danger, "a list on AdminSDHolder changes",
         "Within the hour the list is on every protected account and group: Domain Admins, Administrators, and all in them.",
         "Grant it where it is needed instead; hardly anything belongs on AdminSDHolder."},
    rule{"grant-on-domain-controller", danger, "a list on a domain controller or its container changes",
         "Who controls a domain controller's object or the policies linked there controls the domain.",
         "Keep such rights with Domain Admins."},
    rule{"grant-on-domain-root", warning, "a list on the root of a domain changes",
         "What stands there is inherited by the whole domain, and replication rights count there.",
         "Grant it on an organizational unit if that is enough."},
    rule{"import-fails", danger, "a record would be refused",
         "The directory of the base does not take the change; ldifde stops there, with the records before it done.",
         "Correct the record, or export again and make the change anew."},
    rule{"import-ignores-errors", note, "a descriptor is written: never import this file with -k or -z",
         "With -k ldifde passes over the error that says that a descriptor was refused, and the import looks as if it had worked.",
         "Import with ldifde -i -f FILE -s DC -h -v -j \"C:\\logs\", and read the log."},
    rule{"inheritance-blocked", warning, "an object takes nothing from above any more",
         "Delegations and auditing of the containers above end here, those that are added later too.",
         "Check that the list says all that is needed by itself."},
    rule{"key-added", danger, "an account gets a key to log on with",
         "Who holds the private key logs on as the account without its password (a shadow credential).",
         "Keys are written by the sign-in itself or by synchronization; import one only if you know where it comes from."},
    rule{"key-device", note, "a key names no device",
         "Keys of Windows Hello belong to a device; one without is a FIDO key, or was made by a tool.",
         "Ask which device or security key it belongs to."},
    rule{"key-device-unknown", warning, "a key names a device that the base does not have",
         "Keys of Windows Hello belong to a device that is registered; a made-up device is a sign of a made-up key.",
         "Export the container of registered devices too; if the device is missing there, ask who made the key."},
    rule{"key-duplicate", warning, "a key is there twice",
         "The same public key on several values or accounts means that one private key opens them all.",
         "Find out whose key it is and remove the others."},
    rule{"key-mismatch", danger, "a key's KeyID or KeyHash does not fit its octets",
         "The directory writes both as SHA-256 of what follows; another value was made or changed by hand.",
         "Do not import it; have the key registered anew."},
    rule{"key-on-privileged", danger, "an administrator or a domain controller gets a key to log on with",
         "Who holds the private key is that administrator, or that domain controller, from then on.",
         "Import it only if its owner confirms it in person."},
    rule{"key-owner", danger, "a key names another owner than the object that gets it",
         "The name in the value must be the object's own; another one is a copied value.",
         "Do not import it; have the key registered anew."},
    rule{"key-source", warning, "a user gets a key that does not come from synchronization",
         "Keys of users come from Entra ID; source Active Directory is what computers register and attackers write.",
         "Ask who made it."},
    rule{"key-weak", danger, "a key can be broken",
         "RSA below 2048 bit can be factored, and keys with the mark of CVE-2017-15361 can be computed.",
         "Remove it and have a new one made, on other hardware if it bears the mark."},
    rule{"ldifde-syntax", warning, "ldifde may read the file otherwise than it looks",
         "What ldifde takes is narrower than LDIF, and some of it is not documented.",
         "Write the line as the finding says; `dsplan ldif format --for ldifde` does it."},
    rule{"missing-dacl", danger, "a descriptor has no DACL, or a NULL one",
         "A NULL DACL lets everybody do everything; without a DACL a domain controller refuses the value.",
         "Write the list that is meant; an empty one allows nothing."},
    rule{"owner-changes", warning, "an object gets another owner",
         "The owner can always change the permissions.",
         "Keep the owner with Domain Admins or Administrators."},
    rule{"password-set", note, "a password is set",
         "The file holds it readable by everybody who reads the file.",
         "Delete the file after the import, and have the password changed at the next logon."},
    rule{"privileged-member", danger, "somebody becomes a member of a privileged group",
         "Its members can take over the domain, and AdminSDHolder guards them within the hour.",
         "Have it approved by name; use an account that is for administration only."},
    rule{"record-unreadable", danger, "a record cannot be read",
         "What it would do is not known, and ldifde stops there or does something else.",
         "Correct the place that is named, and review again."},
    rule{"sacl-lost", danger, "a whole descriptor is written without its auditing list",
         "Without a SACL in the value the audit entries of the object are removed.",
         "Export again elevated, as a member of Administrators, and make the change from that."},
    rule{"schema-change", warning, "the schema changes",
         "A change of the schema counts in the whole forest, and additions to it cannot be taken back.",
         "Try it in a test forest first; check the object identifiers."},
    rule{"sid-history", danger, "an account gets a SID of somebody else",
         "The account is then whoever the SID belongs to, groups and administrators included.",
         "Ask which migration it belongs to; a privileged SID is never right."},
    rule{"spn-on-user", warning, "a user account gets a service principal name",
         "Everybody can then ask for a ticket encrypted with its password and guess the password offline.",
         "Use a managed service account, or a password of 25 characters and more."},
    rule{"stale-base", warning, "a whole descriptor is written that lacks ACEs of the base",
         "If nobody meant to remove them, the change was made from an older export and takes away what came later.",
         "Check each ACE that goes; if in doubt make the change from a fresh export."},
    rule{"takeover-delegation", danger, "somebody can choose who may act as other users",
         "Write of msDS-AllowedToActOnBehalfOfOtherIdentity on a computer is control of that computer.",
         "Grant the single attributes that are needed instead of Account Restrictions."},
    rule{"takeover-full-control", danger, "somebody gets full control",
         "Full control is every right on the object and, inherited, on all below.",
         "Grant the rights that the task needs."},
    rule{"takeover-group", danger, "somebody can put anybody into a privileged group",
         "Write of member of such a group is as good as being in it.",
         "Leave membership of privileged groups to Domain Admins."},
    rule{"takeover-key-credential", danger, "somebody can add keys and log on as others",
         "Write of msDS-KeyCredentialLink lets the holder add a key of its own to an account and log on as it.",
         "Grant it to the synchronization account only, and guard that account like a domain controller."},
    rule{"takeover-member", danger, "somebody becomes a member of a group that can take over the domain",
         "The base gives the group rights on the root, AdminSDHolder, administrators or domain controllers: its members can become them.",
         "Have it approved by name and guard the new member like an administrator, or take those rights from the group."},
    rule{"takeover-permissions", danger, "somebody can change permissions or the owner",
         "Who writes the DACL or the owner can grant himself everything.",
         "Grant the rights that the task needs."},
    rule{"takeover-replication", danger, "somebody can read every password hash",
         "Replicating Directory Changes All gives out the secrets of all accounts of the domain.",
         "Only domain controllers and password hash synchronization need it."},
    rule{"takeover-reset-password", danger, "somebody can set passwords without knowing them",
         "Reset Password, alone or among all extended rights, is control of the account.",
         "Grant it on the units of ordinary users only, never above administrators."},
    rule{"takeover-write-all", danger, "somebody can write all properties",
         "Among them are member, msDS-KeyCredentialLink, servicePrincipalName and the logon script.",
         "Grant the attributes that the task needs."},
    rule{"unknown-guid", warning, "a GUID is in no schema that was given",
         "Nobody can say what the ACE allows; in this forest it may be nothing, or an attribute that was added.",
         "Give the export of the forest's schema with --schema."},
    rule{"unreadable-value", danger, "a value is not what its attribute takes",
         "The directory refuses it, or keeps something that nobody can read.",
         "Export or make the value anew."},
    rule{"unresolved-sid", warning, "an ACE names an account that the base does not have",
         "The account was deleted, or is of another domain, or the export left it out.",
         "Find out whose SID it is; leave out ACEs of deleted accounts."},
    rule{"whole-descriptor", note, "a whole descriptor is replaced",
         "Owner, group and both lists are written; whatever changed on the object since the export is lost.",
         "Review with --base on a fresh export directly before the import; prefer dsacls, which edits the list that is there."},
};
// clang-format on

static_assert(std::is_sorted(all_rules.begin(), all_rules.end(),
                             [](rule const& a, rule const& b) { return a.name < b.name; }));

} // namespace

std::span<rule const> rules() {
    return all_rules;
}

rule const* find_rule(std::string_view name) {
    auto const* const found =
        std::lower_bound(all_rules.begin(), all_rules.end(), name,
                         [](rule const& it, std::string_view wanted) { return it.name < wanted; });
    return found != all_rules.end() && found->name == name ? found : nullptr;
}

std::string_view name_of(severity level) {
    switch (level) {
    case note:
        return "note";
    case warning:
        return "warning";
    case danger:
        break;
    }
    return "danger";
}

std::optional<severity> severity_named(std::string_view name) {
    for (auto const level : {note, warning, danger})
        if (name_of(level) == name)
            return level;
    return std::nullopt;
}

} // namespace dsplan::review
