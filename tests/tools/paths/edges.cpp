#include <tools/dsplan/paths/path_advice.hpp>

#include <set>
#include <tests/tools/paths_domain.hpp>

BOOST_AUTO_TEST_SUITE(paths)
BOOST_AUTO_TEST_SUITE(edges)

using namespace paths_domain;

namespace {

std::string const to_root = ", sync member Server Admins, Server Admins change-permissions " + root;
std::string const computer = user + " computer";

std::string allow(std::string_view aces) {
    return fmt::format("O:DAG:DAD:AI{}(A;;GA;;;DA)", aces);
}

std::string for_helpdesk(std::string_view rights, std::string_view type = {}) {
    return type.empty() ? fmt::format("(A;;{};;;{})", rights, helpdesk)
                        : fmt::format("(OA;;{};{};;{})", rights, type, helpdesk);
}

lines from_ann(std::string const& text, bool conditional = false) {
    return ways(text, {.conditional = conditional, .from = "ann"});
}

// An object that reaches tier 0 by its group.
std::string reaching(std::string const& object, std::string const& dn) {
    return base() + in_helpdesk() + object + "dn: CN=Server Admins,OU=Staff," + root + "\nmember: " + dn +
           "," + root + "\n\n";
}

std::string value_line(std::string_view name, std::string_view sddl) {
    auto const line = descriptor_line(sddl);
    return std::string(name) + line.substr(line.find(':'));
}

} // namespace

BOOST_AUTO_TEST_CASE(a_right_on_the_list_of_an_account) {
    auto const text = [](std::string const& aces) {
        return base() + in_helpdesk() + sync_account(allow(aces));
    };
    TEST_LINES(from_ann(text(for_helpdesk("WD"))), {"1: Helpdesk change-permissions sync" + to_root});
    TEST_LINES(from_ann(text(for_helpdesk("WO"))), {"1: Helpdesk take-ownership sync" + to_root});
    TEST_LINES(from_ann(text(for_helpdesk("RC"))), {});
    TEST_LINES(from_ann(text(fmt::format("(A;CIIO;WD;;;{})", helpdesk))), {});
    TEST_LINES(from_ann(text(fmt::format("(D;;WD;;;{})", helpdesk) + for_helpdesk("WD"))), {});
}

BOOST_AUTO_TEST_CASE(owner_rights_limit_a_new_owner_where_they_are_inherited) {
    auto const text = [](std::string const& aces) {
        return base() + in_helpdesk() + sync_account("O:DAG:DAD:AI(A;;GA;;;DA)" + for_helpdesk("WO") + aces);
    };
    TEST_LINES(from_ann(text("(A;CIID;RC;;;OW)"), true), {});
    TEST_LINES(from_ann(text("(A;;RC;;;OW)")), {});
    TEST_LINES(
        from_ann(text("(A;;RC;;;OW)"), true),
        {"1: Helpdesk take-ownership sync if its ACE for OWNER RIGHTS goes with the old owner" + to_root});
}

BOOST_AUTO_TEST_CASE(a_password_is_reset_but_not_that_of_a_managed_account) {
    auto const text = [](std::string const& classes) {
        return reaching(
            account("CN=S,OU=Service", "1301", "s$", allow(for_helpdesk("CR", reset)), {}, classes),
            "CN=S,OU=Service");
    };
    TEST_LINES(from_ann(text(computer)),
               {"1: Helpdesk reset-password s$, s$ member Server Admins, Server Admins "
                "change-permissions " +
                root});
    TEST_LINES(from_ann(text(computer + " msDS-GroupManagedServiceAccount")), {});
}

BOOST_AUTO_TEST_CASE(a_disabled_account_has_to_be_enabled) {
    auto const text = [](std::string const& aces) {
        auto made = base() + in_helpdesk() + sync_account(allow(aces));
        auto const at = made.find("sAMAccountName: sync\nuserAccountControl: 512");
        return made.replace(at + 41, 3, "514");
    };
    std::string const flags = "bf967a68-0de6-11d0-a285-00aa003049e2";
    TEST_LINES(from_ann(text(for_helpdesk("CR", reset))), {});
    TEST_LINES(from_ann(text(for_helpdesk("CR", reset)), true),
               {"1: Helpdesk reset-password sync if the account, which is disabled, is enabled" + to_root});
    TEST_LINES(from_ann(text(for_helpdesk("CR", reset) + for_helpdesk("WP", flags))),
               {"1: Helpdesk reset-password sync" + to_root});
}

BOOST_AUTO_TEST_CASE(members_are_added_and_add_themselves) {
    std::string const member = "bf9679c0-0de6-11d0-a285-00aa003049e2";
    auto const text = [](std::string const& aces) {
        return reaching(group("CN=G,OU=Staff", "1312", "G", {}, allow(aces)), "CN=G,OU=Staff");
    };
    std::string const rest = "G, G member Server Admins, Server Admins change-permissions " + root;
    TEST_LINES(from_ann(text(for_helpdesk("WP", member))), {"1: Helpdesk add-member " + rest});
    TEST_LINES(from_ann(text(for_helpdesk("WP"))), {"1: Helpdesk add-member " + rest});
    TEST_LINES(from_ann(text(for_helpdesk("SW", member))), {"1: Helpdesk add-self " + rest});
    TEST_LINES(from_ann(text(for_helpdesk("SW"))), {"1: Helpdesk add-self " + rest});
    TEST_LINES(from_ann(text(for_helpdesk("RP", member))), {});
    TEST_LINES(from_ann(text(for_helpdesk("SW", "f3a64788-5306-11d1-a9c5-0000f80367c1"))), {});
}

BOOST_AUTO_TEST_CASE(a_distribution_group_gives_nothing) {
    auto text = reaching(group("CN=G,OU=Staff", "1312", "G", {}, allow(for_helpdesk("WP"))), "CN=G,OU=Staff");
    auto const at = text.find("groupType: -2147483646", text.find("sAMAccountName: G\n"));
    TEST_LINES(from_ann(text.replace(at, 22, "groupType: 2")), {});
}

BOOST_AUTO_TEST_CASE(who_may_act_for_others) {
    std::string const right = "3f78c3e5-f79a-46bd-a0b8-9d18116ddc79";
    auto const host = [](std::string const& aces, std::string const& value = {}) {
        return reaching(account("CN=C,OU=Staff", "1400", "c$", allow(aces), value, computer),
                        "CN=C,OU=Staff");
    };
    std::string const rest = "c$, c$ member Server Admins, Server Admins change-permissions " + root;
    std::string const c_if =
        "c$ if it controls an account with a service name, or may join a computer" + rest.substr(2);
    TEST_LINES(from_ann(host(for_helpdesk("WP", right))), {});
    TEST_LINES(from_ann(host(for_helpdesk("WP", right)), true), {"1: Helpdesk act-on-behalf-right " + c_if});
    auto const listed =
        value_line("msDS-AllowedToActOnBehalfOfOtherIdentity", fmt::format("O:BAD:(A;;GA;;;{})", helpdesk));
    TEST_LINES(from_ann(host("", listed)), {"1: Helpdesk act-on-behalf " + rest});
    auto const denied = value_line("msDS-AllowedToActOnBehalfOfOtherIdentity",
                                   fmt::format("O:BAD:(D;;GA;;;{})(A;;GA;;;{})", ann, helpdesk));
    TEST_LINES(from_ann(host("", denied)), {});
}

BOOST_AUTO_TEST_CASE(managed_passwords_are_retrieved_by_their_own_list) {
    auto const managed = [](std::string const& sddl) {
        return reaching(account("CN=M,OU=Service", "1401", "m$", own,
                                value_line("msDS-GroupMSAMembership", sddl),
                                computer + " msDS-GroupManagedServiceAccount"),
                        "CN=M,OU=Service");
    };
    TEST_LINES(from_ann(managed(fmt::format("O:SYD:(A;;GA;;;{})", helpdesk))),
               {"1: Helpdesk read-managed-password m$, m$ member Server Admins, Server Admins "
                "change-permissions " +
                root});
    TEST_LINES(from_ann(managed("O:SYD:(A;;GA;;;DA)")), {});
}

BOOST_AUTO_TEST_CASE(delegation_reaches_the_host_of_the_service) {
    auto const service = [](std::string const& flags, std::string const& name) {
        auto text =
            reaching(account("CN=C,OU=Staff", "1400", "c$", own, "dNSHostName: c.contoso.com\n", computer),
                     "CN=C,OU=Staff");
        text += entry_text("CN=S,OU=Staff," + root, user, allow(for_helpdesk("CR", reset)),
                           sid_line("1402") + "sAMAccountName: s\nuserAccountControl: " + flags +
                               "\nservicePrincipalName: http/s\nmsDS-AllowedToDelegateTo: " + name + "\n");
        return text;
    };
    std::string const way =
        "1: Helpdesk reset-password s, s delegation c$, c$ member Server Admins, Server Admins "
        "change-permissions " +
        root;
    TEST_LINES(from_ann(service("16777728", "cifs/C.contoso.com")), {way});
    TEST_LINES(from_ann(service("512", "cifs/c.contoso.com")), {});
    TEST_LINES(from_ann(service("16777728", "cifs/d.contoso.com"), true), {});
}

BOOST_AUTO_TEST_CASE(a_sid_in_the_history_is_held) {
    auto const history = [](std::string const& sid) {
        auto const line = sid_line(sid);
        return base() + sync_account() +
               account("CN=Old,OU=Staff", "1403", "old", own, "sIDHistory" + line.substr(line.find(':')));
    };
    TEST_LINES(ways(history("1310"), {.from = "old"}), {"1: Server Admins change-permissions " + root});
    TEST_LINES(ways(history("1311"), {.from = "old"}), {});
}

BOOST_AUTO_TEST_CASE(what_is_granted_on_a_container_arrives_below_unless_it_is_protected_or_denied) {
    auto const text = [](std::string const& on_account) {
        return base() + in_helpdesk() + unit("OU=Robots", allow(for_helpdesk("WD"))) +
               account("CN=R,OU=Robots", "1404", "robot", on_account) + "dn: CN=Server Admins,OU=Staff," +
               root + "\nmember: CN=R,OU=Robots," + root + "\n\n";
    };
    TEST_LINES(from_ann(text(own)),
               {"1: Helpdesk change-permissions OU=Robots," + root + ", OU=Robots," + root +
                " inherits robot, robot member Server Admins, Server Admins "
                "change-permissions " +
                root});
    TEST_LINES(from_ann(text("O:DAG:DAD:PAI(A;;GA;;;DA)")), {});
    TEST_LINES(from_ann(text(fmt::format("O:DAG:DAD:AI(D;;GA;;;{})(A;;GA;;;DA)", ann))), {});
}

// However many of the nearest refuse.
BOOST_AUTO_TEST_CASE(a_large_container_is_looked_through_to_its_end) {
    constexpr int refusing = 700;
    auto const text = [](bool has_last) {
        auto made = base() + in_helpdesk() + unit("OU=Robots", allow(for_helpdesk("WD")));
        std::string members;
        auto const add = [&](int number, std::string const& sddl) {
            auto const dn = fmt::format("CN=R{:03},OU=Robots", number);
            made += account(dn, std::to_string(3000 + number), fmt::format("robot{:03}", number), sddl);
            members += "member: " + dn + "," + root + "\n";
        };
        for (int number = 0; number < refusing; ++number)
            add(number, number % 2 == 0 ? "O:DAG:DAD:PAI(A;;GA;;;DA)"
                                        : fmt::format("O:DAG:DAD:AI(D;;GA;;;{})(A;;GA;;;DA)", ann));
        if (has_last)
            add(refusing, own);
        return made + "dn: CN=Server Admins,OU=Staff," + root + "\n" + members + "\n";
    };
    TEST_LINES(from_ann(text(true)),
               {"1: Helpdesk change-permissions OU=Robots," + root + ", OU=Robots," + root +
                " inherits robot700, robot700 member Server Admins, Server Admins change-permissions " +
                root});
    TEST_LINES(from_ann(text(false)), {});
}

BOOST_AUTO_TEST_CASE(a_policy_runs_where_it_is_linked) {
    auto const text = [](std::string const& on_outer, std::string const& on_unit) {
        auto const dn = "CN={31B2F340-016D-11D2-945F-00C04FB984F9},CN=Policies,CN=System," + root;
        return base() + in_helpdesk() +
               unit("OU=Outer", own,
                    on_outer.empty() ? "" : "gPLink: [LDAP://" + dn + ";" + on_outer + "]\n") +
               unit("OU=PAW,OU=Outer", own, on_unit) + account("CN=P,OU=PAW,OU=Outer", "1405", "paw", own) +
               entry_text("CN=Policies,CN=System," + root, "top container", own) +
               entry_text(dn, "top container groupPolicyContainer", allow(for_helpdesk("GA"))) +
               "dn: CN=Server Admins,OU=Staff," + root + "\nmember: CN=P,OU=PAW,OU=Outer," + root + "\n\n";
    };
    std::string const dn = "CN={31B2F340-016D-11D2-945F-00C04FB984F9},CN=Policies,CN=System," + root;
    lines const way{"1: Helpdesk change-permissions " + dn +
                    " if the files of the policy in SYSVOL may be written, too, " + dn +
                    " policy paw, paw member Server Admins, Server Admins change-permissions " + root};
    TEST_LINES(from_ann(text("0", ""), true), (way));
    TEST_LINES(from_ann(text("0", ""), false), {});
    TEST_LINES(from_ann(text("0", "gPOptions: 1\n"), true), {});
    TEST_LINES(from_ann(text("2", "gPOptions: 1\n"), true), (way));
    TEST_LINES(from_ann(text("1", ""), true), {});
    TEST_LINES(from_ann(text("", ""), true), {});
}

BOOST_AUTO_TEST_CASE(a_policy_of_the_domain_or_its_controllers_is_tier_zero) {
    auto const dn = "CN={31B2F340-016D-11D2-945F-00C04FB984F9},CN=Policies,CN=System," + root;
    auto const text = [&](std::string const& options, std::string const& linked = {}) {
        auto const link = "gPLink: [LDAP://" + dn + ";" + options + "]\n";
        return base() + in_helpdesk() + unit("OU=Domain Controllers", own, linked.empty() ? link : "") +
               entry_text("CN=DC1,OU=Domain Controllers," + root, user + " computer", own,
                          sid_line("1000") + "sAMAccountName: DC1$\nuserAccountControl: 532480\n") +
               unit("OU=Guests", own, linked.empty() ? "" : link) +
               entry_text("CN=Policies,CN=System," + root, "top container", own) +
               entry_text(dn, "top container groupPolicyContainer", allow(for_helpdesk("WD")));
    };
    std::string const files = " if the files of the policy in SYSVOL may be written, too";
    TEST_LINES(from_ann(text("0"), true), {"1: Helpdesk change-permissions " + dn + files});
    TEST_LINES(from_ann(text("1"), true), {});
    TEST_LINES(from_ann(text("0", "OU=Guests"), true), {});
    auto const links = "dn: OU=Domain Controllers," + root +
                       "\nchangetype: modify\nreplace: gPLink\ngPLink: [LDAP://" + dn + ";0]\n-\n\n";
    TEST_LINES(changes(text("1"), links),
               {"conditional 1: Helpdesk change-permissions " + dn + files + ", +" + dn + " policy DC1$"});
    BOOST_TEST(ask(text("1"), links).changes.front().changed_attribute == "gPLink");
    TEST_LINES(
        from_ann(base() + in_helpdesk() +
                     unit("OU=Domain Controllers",
                          allow(for_helpdesk("WP", "f30e3bbe-9ff0-11d1-b603-0000f80367c1"))) +
                     entry_text("CN=DC1,OU=Domain Controllers," + root, user + " computer", own,
                                sid_line("1000") + "sAMAccountName: DC1$\nuserAccountControl: 532480\n"),
                 true),
        {"1: Helpdesk policy-link OU=Domain Controllers," + root +
         " if it has a policy to link: one of its own, or on a server of its own"});
}

// Whoever changes the permissions of a container can link policies to it, and those reach protected accounts.
BOOST_AUTO_TEST_CASE(control_of_a_container_is_control_of_its_links) {
    auto const held = "O:DAG:DAD:PAI(A;;GA;;;DA)(A;;LCRPLORC;;;AU)";
    auto const text = [&](std::string const& more) {
        return base() + in_helpdesk() + unit("OU=PAW", allow(for_helpdesk("WD"))) +
               account("CN=P,OU=PAW", "1405", "paw", held) + more + "dn: CN=Server Admins,OU=Staff," + root +
               "\nmember: CN=P,OU=PAW," + root + "\n\n";
    };
    auto const way = [](std::string const& condition) {
        return "1: Helpdesk change-permissions OU=PAW," + root + ", OU=PAW," + root + " policy paw" +
               condition + ", paw member Server Admins, Server Admins change-permissions " + root;
    };
    TEST_LINES(from_ann(text(""), true),
               {way(" if it has a policy to link: one of its own, or on a server of its own")});
    TEST_LINES(from_ann(text("")), {});
    TEST_LINES(from_ann(text(entry_text("CN={1},CN=Policies,CN=System," + root,
                                        "top container groupPolicyContainer", allow(for_helpdesk("GA"))))),
               {way("")});
}

BOOST_AUTO_TEST_CASE(a_template_that_names_anybody_is_worth_the_forest) {
    std::string const enroll = "0e10c968-78fb-11d2-90d4-00c04f79dc55";
    std::string const pki = "CN=Public Key Services,CN=Services,CN=Configuration," + root;
    auto const text = [&](std::string const& lines_of_template, std::string const& on_service,
                          std::string const& published = "Web") {
        return base() + in_helpdesk() + sync_account() +
               entry_text("CN=Web,CN=Certificate Templates," + pki, "top pKICertificateTemplate",
                          allow(for_helpdesk("CR", enroll)), "cn: Web\n" + lines_of_template) +
               entry_text("CN=CA,CN=Enrollment Services," + pki, "top pKIEnrollmentService", on_service,
                          "cn: CA\ncACertificate: one\ncertificateTemplates: " + published + "\n") +
               entry_text("CN=NTAuthCertificates," + pki, "top certificationAuthority", own,
                          "cACertificate: one\n");
    };
    std::string const open = "msPKI-Certificate-Name-Flag: 1\nmsPKI-Enrollment-Flag: 0\nmsPKI-RA-Signature: "
                             "0\npKIExtendedKeyUsage: 1.3.6.1.5.5.7.3.2\n";
    auto const service = allow("(OA;;CR;" + enroll + ";;AU)");
    std::string const web = "CN=Web,CN=Certificate Templates," + pki;
    lines const way{"1: Helpdesk enroll-as-anybody " + web + ", " + web + " forest " + root};
    TEST_LINES(from_ann(text(open, service)), (way));
    TEST_LINES(from_ann(text(open, own), true), {});
    TEST_LINES(from_ann(text(open, service, "Other"), true), {});
    auto approved = open;
    TEST_LINES(from_ann(text(approved.replace(approved.find("Flag: 0"), 7, "Flag: 2"), service), true), {});
    auto named = open;
    TEST_LINES(from_ann(text(named.replace(named.find("Flag: 1"), 7, "Flag: 0"), service), true), {});
    auto for_servers = open;
    TEST_LINES(from_ann(text(for_servers.replace(for_servers.find("7.3.2"), 5, "7.3.1"), service), true), {});
}

BOOST_AUTO_TEST_CASE(a_template_is_rewritten_by_whom_its_list_lets) {
    std::string const enroll = "0e10c968-78fb-11d2-90d4-00c04f79dc55";
    std::string const pki = "CN=Public Key Services,CN=Services,CN=Configuration," + root;
    auto const text = [&](std::string const& aces) {
        return base() + in_helpdesk() + sync_account() +
               entry_text("CN=Web,CN=Certificate Templates," + pki, "top pKICertificateTemplate", allow(aces),
                          "cn: Web\npKIExtendedKeyUsage: 1.3.6.1.5.5.7.3.2\n") +
               entry_text("CN=CA,CN=Enrollment Services," + pki, "top pKIEnrollmentService",
                          allow("(OA;;CR;" + enroll + ";;AU)"),
                          "cn: CA\ncACertificate: one\ncertificateTemplates: Web\n") +
               entry_text("CN=NTAuthCertificates," + pki, "top certificationAuthority", own,
                          "cACertificate: one\n");
    };
    std::string const web = "CN=Web,CN=Certificate Templates," + pki;
    std::string const rest = ", " + web + " forest " + root;
    TEST_LINES(from_ann(text(for_helpdesk("WD") + for_helpdesk("CR", enroll))),
               {"1: Helpdesk change-permissions " + web + rest});
    TEST_LINES(from_ann(text(for_helpdesk("WP") + for_helpdesk("CR", enroll))),
               {"1: Helpdesk change-template " + web + rest});
    TEST_LINES(from_ann(text(for_helpdesk("WP"))), {});
    TEST_LINES(from_ann(text(for_helpdesk("RP") + for_helpdesk("CR", enroll)), true), {});
}

// An export that lacks what a certificate is good for shows no way, and says so.
BOOST_AUTO_TEST_CASE(what_certificates_need_is_named_where_it_is_missing) {
    std::string const pki = "CN=Public Key Services,CN=Services,CN=Configuration," + root;
    auto const service =
        entry_text("CN=CA,CN=Enrollment Services," + pki, "top pKIEnrollmentService", own, "cn: CA\n");
    auto const of_template =
        entry_text("CN=Web,CN=Certificate Templates," + pki, "top pKICertificateTemplate", own, "cn: Web\n");
    auto const missing = [](std::string const& text, std::string const& what) {
        auto const named = ask(text, {}).not_looked_for;
        return std::find(named.begin(), named.end(), what + " in the export") != named.end();
    };
    std::string const trusted = "which authorities the forest trusts: no cACertificate";
    std::string const named = "whom certificates name: no msPKI-Certificate-Name-Flag";
    BOOST_TEST(missing(base() + service, trusted));
    BOOST_TEST(missing(base() + service, "who may enroll, and in what: no pKICertificateTemplate"));
    BOOST_TEST(!missing(base() + service, named));
    BOOST_TEST(missing(base() + service + of_template, named));
    BOOST_TEST(
        !missing(base() + service + of_template, "who may enroll, and in what: no pKICertificateTemplate"));
    BOOST_TEST(!missing(base(), trusted)); // "certificates: no pKIEnrollmentService" says it all
}

// A missing value can hide a way, or show one that is not there.
BOOST_AUTO_TEST_CASE(a_missing_attribute_is_named_where_it_matters) {
    auto const names = [](std::string const& text) {
        auto const named = ask(text, {}).not_looked_for;
        return std::set<std::string>(named.begin(), named.end());
    };
    auto const host = account("CN=C,OU=Staff", "1400", "c$", own, {}, computer);
    auto const policy =
        entry_text("CN={1},CN=Policies,CN=System," + root, "top container groupPolicyContainer", own);
    auto const controller =
        entry_text("CN=RODC1,OU=Staff," + root, computer, own,
                   sid_line("1402") + "sAMAccountName: RODC1$\nuserAccountControl: 83890176\n");
    std::string const hosts =
        "which computers are the hosts of services and authorities: no dNSHostName in the export";
    std::string const blocked = "where policies from above are blocked: no gPOptions in the export";
    std::string const tickets = "which accounts keep the secrets of read-only domain controllers: no "
                                "msDS-KrbTgtLinkBl in the export";
    BOOST_TEST(names(base() + host).contains(hosts));
    BOOST_TEST(!names(base()).contains(hosts));
    BOOST_TEST(
        !names(base() + account("CN=C,OU=Staff", "1400", "c$", own, "dNSHostName: c.contoso.com\n", computer))
             .contains(hosts));
    BOOST_TEST(names(base() + policy).contains(blocked));
    BOOST_TEST(!names(base()).contains(blocked));
    BOOST_TEST(!names(base() + policy + unit("OU=PAW", own, "gPOptions: 0\n")).contains(blocked));
    BOOST_TEST(names(base() + controller).contains(tickets));
    BOOST_TEST(!names(base() + host).contains(tickets));
    BOOST_TEST(!names(base() + controller +
                      account("CN=K,OU=Staff", "1403", "krbtgt_1", own,
                              "msDS-KrbTgtLinkBl: CN=RODC1,OU=Staff," + root + "\n"))
                    .contains(tickets));
}

BOOST_AUTO_TEST_CASE(everybody_is_one_source) {
    auto const text = base() + in_helpdesk() + sync_account(allow("(OA;;CR;" + reset + ";;AU)"));
    auto const found = ask(text, {}).paths;
    BOOST_REQUIRE(found.size() == 2U);
    BOOST_TEST(found.front().sources.everybody);
    BOOST_TEST(text_of(found.front()) == "S-1-5-11 (Authenticated Users) reset-password sync" + to_root);
}

BOOST_AUTO_TEST_CASE(domain_computers_are_everybody_while_anybody_may_join_one) {
    auto const with_quota = [](std::string const& quota) {
        auto text = base();
        text.insert(text.find("instanceType: 5"), quota);
        return text + sync_account(allow("(OA;;CR;" + reset + ";;" + test_domain_sid + "-515)")) +
               group("CN=Domain Computers,CN=Users", "515", "Domain Computers") +
               account("CN=PC1,OU=Staff", "1501", "PC1$", own, "primaryGroupID: 515\n", computer);
    };
    for (std::string const quota : {"", "ms-DS-MachineAccountQuota: 10\n"})
        BOOST_TEST(ask(with_quota(quota), {}).paths.front().sources.everybody, quota);
    std::vector<std::string> sources;
    for (auto const& each : ask(with_quota("ms-DS-MachineAccountQuota: 0\n"), {}).paths)
        sources.push_back(text_of(each.sources));
    TEST_LINES(sources, {"sync (through Server Admins)", "PC1$ (through Domain Computers)"});
}

BOOST_AUTO_TEST_CASE(a_quota_opens_the_ways_of_domain_computers_to_everybody) {
    auto const with_quota = [](std::string const& quota) {
        auto text = base();
        text.insert(text.find("instanceType: 5"), "ms-DS-MachineAccountQuota: " + quota + "\n");
        return text + sync_account(allow("(OA;;CR;" + reset + ";;" + test_domain_sid + "-515)")) +
               group("CN=Domain Computers,CN=Users", "515", "Domain Computers") +
               account("CN=PC1,OU=Staff", "1501", "PC1$", own, "primaryGroupID: 515\n", computer);
    };
    auto const set_to = [](std::string const& quota) {
        return "dn: " + root + "\nchangetype: modify\nreplace: ms-DS-MachineAccountQuota\n" +
               (quota.empty() ? "" : "ms-DS-MachineAccountQuota: " + quota + "\n") + "-\n";
    };
    struct change {
        std::string before, after;
        dsplan::paths::path_change what;
    };
    for (auto const& each : {change{"0", "10", dsplan::paths::path_change::opens},
                             change{"0", "", dsplan::paths::path_change::opens},
                             change{"10", "0", dsplan::paths::path_change::closes}}) {
        auto const found = ask(with_quota(each.before), set_to(each.after)).changes;
        BOOST_TEST_REQUIRE(found.size() == 1U);
        BOOST_TEST((found.front().what == each.what));
        BOOST_TEST(found.front().path.sources.everybody);
        BOOST_TEST(found.front().changed_object == root);
        BOOST_TEST(found.front().changed_attribute == "ms-DS-MachineAccountQuota");
        BOOST_TEST(dsplan::paths::advice_about(found.front())
                       .starts_with("leave ms-DS-MachineAccountQuota of " + root) ==
                   (each.what == dsplan::paths::path_change::opens));
        BOOST_TEST(dsplan::paths::reason_of(found.front()).empty());
    }
    BOOST_TEST(ask(with_quota("5"), set_to("10")).changes.empty());
}

BOOST_AUTO_TEST_CASE(a_member_of_another_forest_is_a_source) {
    auto const text = base() + sync_account() +
                      entry_text("CN=S-1-5-21-7-8-9-1105,CN=ForeignSecurityPrincipals," + root,
                                 "top foreignSecurityPrincipal", own, sid_line("S-1-5-21-7-8-9-1105")) +
                      "dn: CN=Server Admins,OU=Staff," + root +
                      "\nmember: CN=S-1-5-21-7-8-9-1105,CN=ForeignSecurityPrincipals," + root + "\n\n";
    TEST_LINES(ways(text), {"1: Server Admins change-permissions " + root});
    auto only = text;
    auto const at = only.find("member: CN=Sync");
    only.erase(at, only.find('\n', at) + 1 - at);
    TEST_LINES(ways(only), {"0: Server Admins change-permissions " + root});
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
