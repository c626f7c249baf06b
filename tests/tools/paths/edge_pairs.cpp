#include <filesystem>
#include <functional>
#include <set>
#include <tests/tools/paths_domain.hpp>
#include <utility>

BOOST_AUTO_TEST_SUITE(paths)
BOOST_AUTO_TEST_SUITE(edge_pairs)

// Every kind of edge with a directory where it makes a way, and directories that only look alike.

using namespace paths_domain;

namespace {

using dsplan::paths::edge_kind;
using builder = std::function<std::string(std::string const& aces)>;

std::string const computer = user + " computer";
std::string const held = "O:DAG:DAD:PAI(A;;GA;;;DA)(A;;LCRPLORC;;;AU)";
std::string const pki = "CN=Public Key Services,CN=Services,CN=Configuration," + root;
std::string const enroll = "0e10c968-78fb-11d2-90d4-00c04f79dc55";
std::string const account_flags = "bf967a68-0de6-11d0-a285-00aa003049e2";

std::string const user_type = "bf967aba-0de6-11d0-a285-00aa003049e2";
std::string const computer_type = "bf967a86-0de6-11d0-a285-00aa003049e2";
std::string const managed_type = "7b8b558a-93a5-4af7-adca-c017e67f1057";
std::string const group_type = "bf967a9c-0de6-11d0-a285-00aa003049e2";
std::string const unit_type = "bf967aa5-0de6-11d0-a285-00aa003049e2";
std::string const policy_type = "f30e3bc2-9ff0-11d1-b603-0000f80367c1";
std::string const template_type = "e5209ca2-3bba-11d2-90cc-00c04fd91ab1";
std::string const service_type = "ee4aa692-3bba-11d2-90cc-00c04fd91ab1";
std::string const authority_type = "3fdfee50-47f4-11d1-a9c3-0000f80367c1";
std::string const settings_type = "19195a5f-6da0-11d0-afd3-00c04fd930c9";
std::string const class_type = "bf967a83-0de6-11d0-a285-00aa003049e2";
std::string const queue_type = "bf967aa8-0de6-11d0-a285-00aa003049e2"; // of none of them
std::string const t = "CN=T,OU=Service," + root;
std::string const rodc = "CN=RODC1,OU=Staff," + root;
std::string const web = "CN=Web,CN=Certificate Templates," + pki;

struct granted_right {
    std::string mask;
    std::string type{}; // of the object ACE
};

// A row of the table of rights: what it takes, and a directory with those ACEs on the object in question.
struct right_case {
    edge_kind kind;
    std::string right;
    std::vector<granted_right> granted;
    builder with;
    std::string object{}; // in question, and its class; empty where nothing is above it
    std::string type{};
    dsplan::directory::schema const* known = &dsplan::directory::schema::built_in();
};

// Of a forest whose computers keep the passwords of their local administrators in the directory.
dsplan::directory::schema const& with_local_passwords() {
    static auto const loaded = [] {
        std::vector const files{std::filesystem::path(DSPLAN_TESTDATA) /
                                "schema/contoso-local-passwords.ldf"};
        return dsplan::directory::schema::load(files).value();
    }();
    return loaded;
}

// The identifiers are those of that forest.
std::vector<granted_right> read_password(std::string const& number) {
    auto const id = "4c415053-000" + number + "-4000-8000-636f6e746f73";
    return {{"RP", id}, {"CR", id}};
}

std::string const legacy_expiry = "ms-Mcs-AdmPwdExpirationTime: 133800000000000000\n";
std::string const expiry = "msLAPS-PasswordExpirationTime: 133800000000000000\n";

std::string descriptor(std::string const& aces) {
    return "O:DAG:DAD:AI" + aces + "(A;;GA;;;DA)";
}

std::string ace(granted_right const& of, std::string const& trustee, std::string const& flags = {},
                std::string const& type = "A", std::string const& inherited_type = {}) {
    auto const& object_type = of.type;
    if (object_type.empty() && inherited_type.empty())
        return fmt::format("({};{};{};;;{})", type, flags, of.mask, trustee);
    return fmt::format("(O{};{};{};{};{};{})", type, flags, of.mask, object_type, inherited_type, trustee);
}

std::string into_server_admins(std::string const& dn) {
    return "dn: CN=Server Admins,OU=Staff," + root + "\nmember: " + dn + "," + root + "\n\n";
}

std::string whole(std::string const& objects) {
    return base() + in_helpdesk() + objects;
}

std::string controller(std::string const& version) {
    return entry_text("CN=DC1,CN=Users," + root, computer, held,
                      sid_line("1000") +
                          "sAMAccountName: DC1$\nuserAccountControl: 532480\n"
                          "operatingSystemVersion: " +
                          version + "\n");
}

builder on_account(std::string const& classes, std::string const& lines = {}) {
    return [=](std::string const& aces) {
        return whole(account("CN=T,OU=Service", "1402", "t$", descriptor(aces), lines, classes) +
                     into_server_admins("CN=T,OU=Service"));
    };
}

std::string on_root(std::string const& aces) {
    return base(aces) + in_helpdesk();
}

std::string on_group(std::string const& aces) {
    return whole(group("CN=G,OU=Staff", "1312", "G", {}, descriptor(aces)) +
                 into_server_admins("CN=G,OU=Staff"));
}

std::string on_read_only_controller(std::string const& aces) {
    return whole(entry_text("CN=RODC1,OU=Staff," + root, computer, descriptor(aces),
                            sid_line("1402") + "sAMAccountName: RODC1$\nuserAccountControl: 83890176\n"));
}

// Nothing but policies reaches the account.
std::string on_unit(std::string const& aces) {
    return whole(unit("OU=PAW", descriptor(aces)) + account("CN=P,OU=PAW", "1405", "paw", held) +
                 into_server_admins("CN=P,OU=PAW"));
}

std::string on_policy(std::string const& aces) {
    auto const dn = "CN={1},CN=Policies,CN=System," + root;
    return whole(unit("OU=PAW", own, "gPLink: [LDAP://" + dn + ";0]\n") +
                 account("CN=P,OU=PAW", "1405", "paw", held) +
                 entry_text(dn, "top container groupPolicyContainer", descriptor(aces)) +
                 into_server_admins("CN=P,OU=PAW"));
}

std::string template_text(std::string const& aces, std::string const& lines) {
    return entry_text("CN=Web,CN=Certificate Templates," + pki, "top pKICertificateTemplate",
                      descriptor(aces), "cn: Web\n" + lines);
}

std::string authority(std::string const& on_service = {}, std::string const& on_store = {}) {
    return entry_text("CN=CA,CN=Enrollment Services," + pki, "top pKIEnrollmentService",
                      descriptor(on_service + "(OA;;CR;" + enroll + ";;AU)"),
                      "cn: CA\ncACertificate: one\ncertificateTemplates: Web\n") +
           entry_text("CN=NTAuthCertificates," + pki, "top certificationAuthority", descriptor(on_store),
                      "cACertificate: one\n");
}

std::string const for_logon = "pKIExtendedKeyUsage: 1.3.6.1.5.5.7.3.2\n";
std::string const weak = for_logon + "msPKI-Enrollment-Flag: 524288\n";

builder on_name(std::string const& classes) {
    return [=](std::string const& aces) {
        return whole(account("CN=T,OU=Service", "1402", "t$", descriptor(aces), {}, classes) +
                     template_text("(OA;;CR;" + enroll + ";;" + test_domain_sid + "-1402)", weak) +
                     authority());
    };
}

std::string on_open_computer(std::string const& aces) {
    return base(ace({"CR", "9923a32a-3607-11d2-b9be-0000f87a36b2"}, helpdesk)) + in_helpdesk() +
           account("CN=T,OU=Service", "1402", "t$", descriptor(aces), {}, computer);
}

std::string on_movable(std::string const& aces) {
    return whole(
        unit("OU=Desk", descriptor(ace({"CCRC"}, helpdesk) + ace({"CR", reset}, helpdesk, "CIIO", "A",
                                                                 "bf967aba-0de6-11d0-a285-00aa003049e2"))) +
        sync_account(descriptor(aces)));
}

builder on_forest(std::string const& dn, std::string const& classes) {
    return [=](std::string const& aces) {
        return whole(entry_text("CN=Configuration," + root, "top configuration", own) +
                     entry_text(dn + ",CN=Configuration," + root, classes, descriptor(aces)));
    };
}

std::vector<right_case> right_cases() {
    auto const rights_of_accounts = on_account(user, "servicePrincipalName: http/t\n");
    auto const managed = computer + " msDS-GroupManagedServiceAccount";
    granted_right const get_changes{"CR", "1131f6aa-9c07-11d1-f79f-00c04fc2dcd2"};
    return {
        {edge_kind::change_permissions, "change permissions", {{"WD"}}, rights_of_accounts, t, user_type},
        {edge_kind::take_ownership, "take ownership", {{"WO"}}, rights_of_accounts, t, user_type},
        {edge_kind::reset_password, "Reset Password", {{"CR", reset}}, rights_of_accounts, t, user_type},
        {edge_kind::add_key,
         "write msDS-KeyCredentialLink",
         {{"WP", keys}},
         rights_of_accounts,
         t,
         user_type},
        {edge_kind::add_member,
         "write member",
         {{"WP", "bf9679c0-0de6-11d0-a285-00aa003049e2"}},
         on_group,
         "CN=G,OU=Staff," + root,
         group_type},
        {edge_kind::add_self,
         "validated write Self-Membership",
         {{"SW", "bf9679c0-0de6-11d0-a285-00aa003049e2"}},
         on_group,
         "CN=G,OU=Staff," + root,
         group_type},
        {edge_kind::replicate,
         "DS-Replication-Get-Changes, DS-Replication-Get-Changes-All",
         {get_changes, {"CR", "1131f6ad-9c07-11d1-f79f-00c04fc2dcd2"}},
         on_root},
        {edge_kind::replicate,
         "DS-Replication-Get-Changes, DS-Replication-Get-Changes-In-Filtered-Set",
         {get_changes, {"CR", "89e95b76-444d-4c62-991a-0facbeda640c"}},
         on_root},
        {edge_kind::act_on_behalf_right,
         "write msDS-AllowedToActOnBehalfOfOtherIdentity",
         {{"WP", "3f78c3e5-f79a-46bd-a0b8-9d18116ddc79"}},
         rights_of_accounts,
         t,
         user_type},
        {edge_kind::read_managed_password,
         "write msDS-GroupMSAMembership",
         {{"WP", "888eedd6-ce04-df40-b462-b8a50e41ba38"}},
         on_account(managed),
         t,
         managed_type},
        {edge_kind::policy_link,
         "write gPLink",
         {{"WP", "f30e3bbe-9ff0-11d1-b603-0000f80367c1"}},
         on_unit,
         "OU=PAW," + root,
         unit_type},
        {edge_kind::policy,
         "write gPCFileSysPath",
         {{"WP", "f30e3bc1-9ff0-11d1-b603-0000f80367c1"}},
         on_policy,
         "CN={1},CN=Policies,CN=System," + root,
         policy_type},
        {edge_kind::alt_identity,
         "write altSecurityIdentities",
         {{"WP", "00fbf30c-91fe-11d1-aebc-0000f80367c1"}},
         rights_of_accounts,
         t,
         user_type},
        {edge_kind::account_flags,
         "write userAccountControl",
         {{"WP", account_flags}},
         rights_of_accounts,
         t,
         user_type},
        {edge_kind::add_spn,
         "write servicePrincipalName",
         {{"WP", "f3a64788-5306-11d1-a9c5-0000f80367c1"}},
         rights_of_accounts,
         t,
         user_type},
        {edge_kind::succeed_account,
         "create msDS-DelegatedManagedServiceAccount",
         {{"CC", "0feb936f-47b3-49f2-9386-1dedc2c23765"}},
         [](std::string const& aces) {
             return whole(controller("10.0 (26100)") + unit("OU=PAW", descriptor(aces)));
         },
         "OU=PAW," + root,
         unit_type},
        {edge_kind::reveal,
         "write msDS-RevealOnDemandGroup, write msDS-NeverRevealGroup",
         {{"WP", "303d9f4a-1dd6-4b38-8fc5-33afe8c988ad"}, {"WP", "15585999-fd49-4d66-b25d-eeb96aba8174"}},
         on_read_only_controller,
         rodc,
         computer_type},
        {edge_kind::write_manager,
         "write managedBy",
         {{"WP", "0296c120-40da-11d1-a9c0-0000f80367c1"}},
         on_read_only_controller,
         rodc,
         computer_type},
        {edge_kind::make_controller,
         "write userAccountControl",
         {{"WP", account_flags}},
         on_open_computer,
         t,
         computer_type},
        {edge_kind::write_logon_name,
         "write userPrincipalName",
         {{"WP", "28630ebb-41d5-11d1-a9c1-0000f80367c1"}},
         on_name(user),
         t,
         user_type},
        {edge_kind::write_logon_name,
         "write dNSHostName",
         {{"WP", "72e39547-7b18-11d1-adef-00c04fd8d5cd"}},
         on_name(computer),
         t,
         computer_type},
        {edge_kind::enroll_as_anybody,
         "Certificate-Enrollment",
         {{"CR", enroll}},
         [](std::string const& aces) {
             return whole(template_text(aces, for_logon + "msPKI-Certificate-Name-Flag: 1\n") + authority());
         },
         web,
         template_type},
        {edge_kind::change_template,
         "write msPKI-Certificate-Name-Flag",
         {{"WP", "ea1dddc4-60ff-416e-8cc0-17cee534bce7"}},
         [](std::string const& aces) {
             return whole(template_text(aces + "(OA;;CR;" + enroll + ";;AU)", for_logon) + authority());
         },
         web,
         template_type},
        {edge_kind::publish_template,
         "write certificateTemplates",
         {{"WP", "2a39c5b1-8960-11d1-aebc-0000f80367c1"}},
         [](std::string const& aces) { return whole(authority(aces)); },
         "CN=CA,CN=Enrollment Services," + pki,
         service_type},
        {edge_kind::publish_template,
         "write cACertificate",
         {{"WP", "bf967932-0de6-11d0-a285-00aa003049e2"}},
         [](std::string const& aces) { return whole(authority({}, aces)); },
         "CN=NTAuthCertificates," + pki,
         authority_type},
        {edge_kind::write_heuristics,
         "write dSHeuristics",
         {{"WP", "f0f8ff86-1191-11d0-a060-00aa006c33ed"}},
         on_forest("CN=Directory Service,CN=Windows NT,CN=Services", "top nTDSService"),
         "CN=Directory Service,CN=Windows NT,CN=Services,CN=Configuration," + root,
         settings_type},
        {edge_kind::write_class_default,
         "write defaultSecurityDescriptor",
         {{"WP", "807a6d30-1669-11d0-a064-00aa006c33ed"}},
         on_forest("CN=User,CN=Schema", "top classSchema"),
         "CN=User,CN=Schema,CN=Configuration," + root,
         class_type},
        {edge_kind::read_local_password, "read ms-Mcs-AdmPwd", read_password("1"),
         on_account(computer, legacy_expiry), t, computer_type, &with_local_passwords()},
        {edge_kind::read_local_password, "read msLAPS-Password", read_password("3"),
         on_account(computer, expiry), t, computer_type, &with_local_passwords()},
        {edge_kind::read_local_password, "read msLAPS-EncryptedPassword", read_password("4"),
         on_account(computer, expiry), t, computer_type, &with_local_passwords()},
        {edge_kind::move,
         "write cn",
         {{"SD"},
          {"WP", "bf96793f-0de6-11d0-a285-00aa003049e2"},
          {"WP", "bf967a0e-0de6-11d0-a285-00aa003049e2"}},
         on_movable,
         "CN=Sync,OU=Service," + root,
         user_type},
    };
}

std::string value_line(std::string_view name, std::string_view sddl) {
    auto const line = descriptor_line(sddl);
    return std::string(name) + line.substr(line.find(':'));
}

struct directory_and_change {
    std::string text;
    std::string change{};
};

// What works by what objects are.
struct plain_case {
    edge_kind kind;
    std::string from;
    directory_and_change makes;
    std::vector<directory_and_change> only_look_alike;
    dsplan::directory::schema const* known = &dsplan::directory::schema::built_in();
};

std::string act_on_behalf(std::string const& sddl) {
    return whole(account("CN=T,OU=Service", "1402", "t$", own,
                         value_line("msDS-AllowedToActOnBehalfOfOtherIdentity", sddl), computer) +
                 into_server_admins("CN=T,OU=Service"));
}

std::string managed_by_list(std::string const& sddl) {
    return whole(account("CN=T,OU=Service", "1402", "t$", own, value_line("msDS-GroupMSAMembership", sddl),
                         computer + " msDS-GroupManagedServiceAccount") +
                 into_server_admins("CN=T,OU=Service"));
}

// A computer whose password Helpdesk resets, and where it is trusted.
std::string trusted_computer(std::string const& flags, std::string const& lines) {
    return whole(
        entry_text("CN=S,OU=Service," + root, computer, descriptor(ace({"CR", reset}, helpdesk)),
                   sid_line("1403") + "sAMAccountName: s$\nuserAccountControl: " + flags + "\n" + lines) +
        account("CN=T,OU=Service", "1402", "t$", own, "dNSHostName: t.contoso.com\n", computer) +
        into_server_admins("CN=T,OU=Service"));
}

std::string group_template(std::string const& flags, std::string const& policy) {
    return whole(group("CN=Smart,OU=Staff", "1320", "Smart", {}) + into_server_admins("CN=Smart,OU=Staff") +
                 template_text(ace({"CR", enroll}, helpdesk), for_logon + "msPKI-Enrollment-Flag: " + flags +
                                                                  "\nmsPKI-Certificate-Policy: 1.2.3\n") +
                 entry_text("CN=Policy,CN=OID," + pki, "top msPKI-Enterprise-Oid", own,
                            "msPKI-Cert-Template-OID: " + policy +
                                "\nmsDS-OIDToGroupLink: CN=Smart,OU=Staff," + root + "\n") +
                 authority());
}

// Whoever controls the computer S controls the host of an account that Entra Connect made.
std::string synchronised_on(std::string const& name, std::string const& description) {
    return whole(
        entry_text("CN=S,OU=Service," + root, computer, descriptor(ace({"CR", reset}, helpdesk)),
                   sid_line("1403") + "sAMAccountName: S$\nuserAccountControl: 4096\n") +
        account("CN=" + name + ",OU=Service", "1402", name, own,
                "description: Account created by Microsoft Entra Connect with installation identifier "
                "4f2c " +
                    description + "\n") +
        into_server_admins("CN=" + name + ",OU=Service"));
}

std::string keeps_password(std::string const& classes, std::string const& lines) {
    return on_account(classes, lines)(ace(read_password("1").front(), helpdesk) +
                                      ace(read_password("1").back(), helpdesk));
}

std::string read_only_controller(std::string const& flags, std::string const& manager) {
    return whole(entry_text("CN=RODC1,OU=Staff," + root, computer, own,
                            sid_line("1402") + "sAMAccountName: RODC1$\nuserAccountControl: " + flags +
                                "\nmanagedBy: " + manager + "," + root + "\n"));
}

std::string succeeding(std::string const& state) {
    return whole(account("CN=D,OU=Service", "1403", "d$", descriptor(ace({"WD"}, helpdesk)),
                         "msDS-ManagedAccountPrecededByLink: CN=Sync,OU=Service," + root +
                             "\nmsDS-DelegatedMSAState: " + state + "\n",
                         computer + " msDS-DelegatedManagedServiceAccount") +
                 sync_account());
}

std::string below_unit(std::string const& on_account) {
    return whole(unit("OU=Robots", descriptor(ace({"WD"}, helpdesk))) +
                 account("CN=R,OU=Robots", "1404", "robot", on_account) +
                 into_server_admins("CN=R,OU=Robots"));
}

std::string with_history(std::string const& rid) {
    auto const line = sid_line(rid);
    return whole(sync_account() + account("CN=Old,OU=Staff", "1403", "old",
                                          descriptor(ace({"CR", reset}, helpdesk)),
                                          "sIDHistory" + line.substr(line.find(':'))));
}

std::string add_value(std::string const& dn, std::string const& name, std::string const& value) {
    return "dn: " + dn + "," + root + "\nchangetype: modify\nadd: " + name + "\n" + name + ": " + value +
           "\n-\n\n";
}

std::string owned(std::string const& aces) {
    return whole(
        account("CN=T,OU=Service", "1402", "t", "O:" + helpdesk + "G:DAD:AI" + aces + "(A;;GA;;;DA)") +
        into_server_admins("CN=T,OU=Service"));
}

std::string policy_on_unit(std::string const& options, std::string const& unit_lines) {
    auto const dn = "CN={1},CN=Policies,CN=System," + root;
    return whole(unit("OU=Outer", own, "gPLink: [LDAP://" + dn + ";" + options + "]\n") +
                 unit("OU=PAW,OU=Outer", own, unit_lines) +
                 account("CN=P,OU=PAW,OU=Outer", "1405", "paw", held) +
                 entry_text(dn, "top container groupPolicyContainer", descriptor(ace({"WD"}, helpdesk))) +
                 into_server_admins("CN=P,OU=PAW,OU=Outer"));
}

std::vector<plain_case> plain_cases() {
    auto const key = "B:4:0001:CN=Sync,OU=Service," + root;
    auto const by_sid = [](std::string const& type) {
        return fmt::format("O:BAD:({};;GA;;;{})", type, helpdesk);
    };
    auto const sync = whole(sync_account());
    auto const lone = whole(account("CN=Lone,OU=Service", "1499", "lone"));
    return {
        {edge_kind::member,
         "ann",
         {whole(sync_account(descriptor(ace({"CR", reset}, helpdesk))))},
         {{whole(account("CN=Lone,OU=Service", "1499", "lone", descriptor(ace({"CR", reset}, helpdesk))))}}},
        {edge_kind::sid_history, "ann", {with_history("1310")}, {{with_history("1311")}}},
        {edge_kind::owner,
         "ann",
         {owned("")},
         {{owned("(A;;RC;;;OW)")},
          {owned("(D;;WD;;;OW)")},
          {owned("(A;CIID;RC;;;OW)")},
          {owned(fmt::format("(D;;WD;;;{})(A;;RC;;;OW)", helpdesk))}}},
        {edge_kind::act_on_behalf,
         "ann",
         {act_on_behalf(by_sid("A"))},
         {{act_on_behalf(by_sid("D"))},
          {act_on_behalf(fmt::format("O:BAD:(D;;GA;;;{})(A;;GA;;;{})", ann, helpdesk))},
          {act_on_behalf(fmt::format("O:BAD:(A;IO;GA;;;{})", helpdesk))},
          {act_on_behalf("O:BAD:(A;;GA;;;OW)")},
          {act_on_behalf("O:BAD:(A;;GA;;;DA)")}}},
        {edge_kind::read_managed_password,
         "ann",
         {managed_by_list(by_sid("A"))},
         {{managed_by_list(by_sid("D"))},
          {managed_by_list(fmt::format("O:BAD:(A;IO;GA;;;{})", helpdesk))},
          {managed_by_list(fmt::format("O:BAD:(D;;GA;;;{})(A;;GA;;;{})", ann, helpdesk))},
          {managed_by_list("O:BAD:(A;;GA;;;OW)")},
          {managed_by_list("O:BAD:(A;;GA;;;DA)")}}},
        {edge_kind::delegation,
         "ann",
         {trusted_computer("528384", "")},
         {{trusted_computer("4096", "")},
          {trusted_computer("4096", "msDS-AllowedToDelegateTo: cifs/u.contoso.com\n")}}},
        {edge_kind::delegation,
         "ann",
         {trusted_computer("16781312", "msDS-AllowedToDelegateTo: cifs/t.contoso.com\n")},
         {{trusted_computer("16781312", "")}}},
        {edge_kind::succeed_account, "ann", {succeeding("2")}, {{succeeding("1")}}},
        {edge_kind::inherits,
         "ann",
         {below_unit(own)},
         {{below_unit("O:DAG:DAD:PAI(A;;GA;;;DA)")},
          {below_unit(fmt::format("O:DAG:DAD:AI(D;;GA;;;{})(A;;GA;;;DA)", ann))}}},
        {edge_kind::policy,
         "ann",
         {policy_on_unit("0", "")},
         {{policy_on_unit("1", "")}, {policy_on_unit("0", "gPOptions: 1\n")}}},
        {edge_kind::enroll_into_group,
         "ann",
         {group_template("0", "1.2.3")},
         {{group_template("2", "1.2.3")}, {group_template("0", "1.2.4")}}},
        {edge_kind::forest,
         "ann",
         {whole(template_text(ace({"CR", enroll}, helpdesk), "pKIExtendedKeyUsage: 2.5.29.37.0\n") +
                authority())}, // ESC2
         {{whole(template_text(ace({"CR", enroll}, helpdesk), "pKIExtendedKeyUsage: 1.3.6.1.5.5.7.3.4\n") +
                 authority())},
          {whole(template_text(ace({"CR", enroll}, helpdesk),
                               "pKIExtendedKeyUsage: 2.5.29.37.0\nmsPKI-Enrollment-Flag: 2\n") +
                 authority())}}},
        {edge_kind::forest,
         "ann",
         {whole(
             template_text(ace({"CR", enroll}, helpdesk), "pKIExtendedKeyUsage: 1.3.6.1.4.1.311.20.2.1\n") +
             authority())}, // ESC3
         {{whole(template_text(ace({"CR", enroll}, helpdesk),
                               "pKIExtendedKeyUsage: 1.3.6.1.4.1.311.20.2.1\nmsPKI-RA-Signature: 1\n") +
                 authority())}}},
        {edge_kind::forest,
         "ann",
         {whole(template_text(ace({"CR", enroll}, helpdesk), weak) + authority())}, // ESC9
         {{whole(template_text(ace({"CR", enroll}, helpdesk), for_logon) + authority())},
          {whole(template_text(ace({"CR", enroll}, contractors), weak) + authority())}}},
        {edge_kind::host_account,
         "ann",
         {trusted_computer("4096", "msDS-HostServiceAccount: CN=T,OU=Service," + root + "\n")},
         {{trusted_computer("4096", "msDS-HostServiceAccount: CN=U,OU=Service," + root + "\n")}}},
        {edge_kind::host_account,
         "ann",
         {synchronised_on("MSOL_4f2c", "running on computer S configured to synchronize to tenant contoso")},
         {{synchronised_on("MSOL_4f2c",
                           "running on computer S2 configured to synchronize to tenant contoso")},
          {synchronised_on("MSOL_4f2c", "runs somewhere")},
          {synchronised_on("MSOLS", "running on computer S configured to synchronize to tenant contoso")}}},
        {edge_kind::read_local_password,
         "ann",
         {keeps_password(computer, legacy_expiry)},
         {{keeps_password(computer, "")},
          {keeps_password(computer, expiry)},
          {keeps_password(user, legacy_expiry)}},
         &with_local_passwords()},
        {edge_kind::manage_host,
         "ann",
         {read_only_controller("83890176", "CN=Helpdesk,OU=Staff")},
         {{read_only_controller("4096", "CN=Helpdesk,OU=Staff")},
          {read_only_controller("83890176", "CN=Users")}}},
        {edge_kind::hold_key,
         "",
         {sync, add_value("CN=Sync,OU=Service", "msDS-KeyCredentialLink", key)},
         {{lone, add_value("CN=Lone,OU=Service", "msDS-KeyCredentialLink", key)},
          {sync, add_value("CN=Sync,OU=Service", "description", key)}}},
        {edge_kind::hold_certificate,
         "",
         {sync, add_value("CN=Sync,OU=Service", "altSecurityIdentities", "X509:<SKI>00")},
         {{lone, add_value("CN=Lone,OU=Service", "altSecurityIdentities", "X509:<SKI>00")},
          {sync, add_value("CN=Sync,OU=Service", "description", "X509:<SKI>00")}}},
    };
}

std::string parent_of(std::string const& dn) {
    return dn.substr(dn.find(',') + 1);
}

std::string list_of(std::string const& container) {
    return container == root ? fmt::format("O:BAG:BAD:AI(A;;GA;;;DA)(A;;WD;;;{}-1310)", test_domain_sid)
                             : own;
}

// The container, where the directory lacks it.
std::string with_container(std::string const& text, std::string const& container) {
    bool const is_there = text.find("dn: " + container + "\n") != std::string::npos;
    return is_there ? text : text + entry_text(container, "top container", own);
}

std::string with_list(std::string text, std::string const& dn, std::string const& sddl) {
    auto const at = text.find("nTSecurityDescriptor", text.find("dn: " + dn + "\n"));
    return text.replace(at, text.find('\n', at) + 1 - at, descriptor_line(sddl));
}

// The kinds on the ways of somebody, or on those that the change opens.
std::set<edge_kind> kinds_in(directory_and_change const& of, std::string const& from,
                             dsplan::directory::schema const* known, bool conditional = true) {
    auto const found = ask(of.text, of.change, {.conditional = conditional, .from = from, .known = known});
    std::set<edge_kind> made;
    for (auto const& path : found.paths)
        for (auto const& step : path.steps)
            made.insert(step.kind);
    for (auto const& each : found.changes)
        for (auto const& step : each.path.steps)
            made.insert(step.kind);
    return made;
}

std::string all_of(std::vector<granted_right> const& granted, std::string const& trustee,
                   std::string const& flags = {}, std::string const& type = "A",
                   std::string const& inherited_type = {}) {
    std::string made;
    for (auto const& each : granted)
        made += ace(each, trustee, flags, type, inherited_type);
    return made;
}

std::vector<std::pair<std::string, std::string>> look_alikes(right_case const& of) {
    auto const allowed = all_of(of.granted, helpdesk);
    std::vector<std::pair<std::string, std::string>> made{
        {"denied first", ace(of.granted.front(), ann, "", "D") + allowed},
        {"inherit-only", all_of(of.granted, helpdesk, "CIIO")},
        {"for another class",
         all_of(of.granted, helpdesk, "CIIO", "A", "bf967a9c-0de6-11d0-a285-00aa003049e2")},
        {"for others", all_of(of.granted, contractors)},
        {"for each object on itself", all_of(of.granted, "PS")},
        {"for the owner, who is another", all_of(of.granted, "OW")},
        {"of another attribute",
         ace({of.granted.front().mask == "WD" || of.granted.front().mask == "WO" ? "RC"
              : of.granted.front().mask == "SD"                                  ? "RC"
                                                                                 : of.granted.front().mask,
              "12345678-1234-1234-1234-123456789abc"},
             helpdesk)},
    };
    for (std::size_t index = 0; of.granted.size() > 1 && index < of.granted.size(); ++index) {
        auto without = of.granted;
        without.erase(without.begin() + static_cast<std::ptrdiff_t>(index));
        made.emplace_back("one of several", all_of(without, helpdesk));
    }
    return made;
}

} // namespace

BOOST_AUTO_TEST_CASE(every_right_makes_a_way_and_its_look_alikes_do_not) {
    for (auto const& each : right_cases()) {
        auto const name = fmt::format("{}, {}", dsplan::paths::row_of(each.kind).id, each.right);
        auto const makes = each.with(all_of(each.granted, helpdesk));
        BOOST_TEST(kinds_in({makes}, "ann", each.known).contains(each.kind), name);
        for (auto const& [what, aces] : look_alikes(each))
            BOOST_TEST(!kinds_in({each.with(aces)}, "ann", each.known).contains(each.kind),
                       name << ", " << what);
    }
}

// What the condition of an ACE comes to, no export says: at most a way on a condition.
BOOST_AUTO_TEST_CASE(no_right_on_a_condition_is_decisive) {
    for (auto const& each : right_cases()) {
        std::string aces;
        for (auto const& right : each.granted)
            aces += right.type.empty()
                        ? fmt::format("(XA;;{};;;{};(@User.Department==\"IT\"))", right.mask, helpdesk)
                        : fmt::format("(ZA;;{};{};;{};(@User.Department==\"IT\"))", right.mask, right.type,
                                      helpdesk);
        BOOST_TEST(!kinds_in({each.with(aces)}, "ann", each.known, false).contains(each.kind), each.right);
        BOOST_TEST(kinds_in({each.with(aces)}, "ann", each.known).contains(each.kind), each.right);
    }
}

bool is_of_an_account(edge_kind kind) {
    return kind == edge_kind::reset_password || kind == edge_kind::add_key ||
           kind == edge_kind::alt_identity || kind == edge_kind::account_flags ||
           kind == edge_kind::add_spn || kind == edge_kind::act_on_behalf_right;
}

// Of a list in a value likewise.
BOOST_AUTO_TEST_CASE(no_value_on_a_condition_is_decisive) {
    auto const list = fmt::format("O:BAD:(XA;;GA;;;{};(@User.Department==\"IT\"))", helpdesk);
    auto const* const built_in = &dsplan::directory::schema::built_in();
    for (auto const& [kind, text] : {std::pair(edge_kind::act_on_behalf, act_on_behalf(list)),
                                     std::pair(edge_kind::read_managed_password, managed_by_list(list))}) {
        BOOST_TEST(!kinds_in({text}, "ann", built_in, false).contains(kind));
        BOOST_TEST(kinds_in({text}, "ann", built_in).contains(kind));
    }
}

// The server stores a random value, whatever somebody writes.
BOOST_AUTO_TEST_CASE(the_accounts_of_tickets_keep_their_secrets) {
    auto const of_controller =
        on_account(user, "servicePrincipalName: http/t\nmsDS-KrbTgtLinkBl: CN=RODC1," + root + "\n");
    auto const of_domain = [](std::string const& aces) {
        return whole(account("CN=krbtgt,CN=Users", "502", "krbtgt", descriptor(aces),
                             "servicePrincipalName: kadmin/changepw\n"));
    };
    for (auto const& each : right_cases())
        for (auto const& tickets : {builder(of_controller), builder(of_domain)})
            if (is_of_an_account(each.kind))
                BOOST_TEST(!kinds_in({tickets(all_of(each.granted, helpdesk))}, "ann", each.known)
                                .contains(each.kind),
                           each.right);
}

// An inheritable ACE that a change puts above an object is a right on it where it arrives: for its class, and
// where its list takes what comes from above.
BOOST_AUTO_TEST_CASE(what_is_granted_above_makes_a_way_where_it_arrives) {
    for (auto const& each : right_cases()) {
        if (each.object.empty())
            continue;
        auto const text = with_container(each.with(""), parent_of(each.object));
        auto const granted = [&](std::string const& type) {
            return descriptor_change(parent_of(each.object),
                                     list_of(parent_of(each.object)) +
                                         all_of(each.granted, helpdesk, "CIIO", "A", type));
        };
        auto const opens = [&](std::string const& of, std::string const& type) {
            auto const found =
                ask(of, granted(type), {.conditional = true, .from = "ann", .known = each.known}).changes;
            return std::any_of(found.begin(), found.end(), [&](auto const& way) {
                return std::any_of(way.path.steps.begin(), way.path.steps.end(), [&](auto const& step) {
                    return step.kind == each.kind && step.to.dn == each.object;
                });
            });
        };
        BOOST_TEST(opens(text, each.type), each.right);
        BOOST_TEST(!opens(text, queue_type), each.right << ", for another class");
        BOOST_TEST(!opens(with_list(text, each.object, "O:DAG:DAD:PAI(A;;GA;;;DA)"), each.type),
                   each.right << ", protected");
    }
}

BOOST_AUTO_TEST_CASE(what_objects_are_makes_a_way_and_its_look_alikes_do_not) {
    for (auto const& each : plain_cases()) {
        auto const name = dsplan::paths::row_of(each.kind).id;
        BOOST_TEST(kinds_in(each.makes, each.from, each.known).contains(each.kind), name);
        for (std::size_t index = 0; index < each.only_look_alike.size(); ++index)
            BOOST_TEST(!kinds_in(each.only_look_alike[index], each.from, each.known).contains(each.kind),
                       name << ", look-alike " << index + 1);
    }
}

BOOST_AUTO_TEST_CASE(no_kind_and_no_right_is_without_its_pair) {
    std::set<std::pair<edge_kind, std::string>> rights;
    std::set<edge_kind> kinds;
    for (auto const& each : right_cases()) {
        rights.emplace(each.kind, each.right);
        kinds.insert(each.kind);
    }
    for (auto const& each : plain_cases()) {
        kinds.insert(each.kind);
        BOOST_TEST(!each.only_look_alike.empty());
    }
    for (auto const& row : dsplan::paths::right_rows())
        BOOST_TEST((rights.contains({row.kind, std::string(row.right)})), row.right);
    for (auto const& row : dsplan::paths::edge_rows())
        BOOST_TEST(kinds.contains(row.kind), row.id);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
