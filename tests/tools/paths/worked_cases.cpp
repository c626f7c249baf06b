#include <tests/tools/paths_domain.hpp>

BOOST_AUTO_TEST_SUITE(paths)
BOOST_AUTO_TEST_SUITE(worked_cases)

using namespace paths_domain;

namespace {

std::string const to_root = ", sync member Server Admins, Server Admins change-permissions " + root;

std::string backup_operators(std::string const& on_account, std::string const& on_unit,
                             std::string const& heuristics = {}) {
    auto text =
        base() + sync_account() + in_helpdesk() + unit("OU=Svc", on_unit) +
        account("CN=Backup,OU=Svc", "1301", "svc-backup", on_account, "adminCount: 1\n") +
        group("CN=Backup Operators,CN=Builtin", "S-1-5-32-551", "Backup Operators", {"CN=Backup,OU=Svc"});
    if (!heuristics.empty())
        text += entry_text("CN=Configuration," + root, "top configuration", own) +
                entry_text("CN=Services,CN=Configuration," + root, "top container", own) +
                entry_text("CN=Windows NT,CN=Services,CN=Configuration," + root, "top container", own) +
                entry_text("CN=Directory Service,CN=Windows NT,CN=Services,CN=Configuration," + root,
                           "top nTDSService", own, "dSHeuristics: " + heuristics + "\n");
    return text;
}

std::string const user_type = "bf967aba-0de6-11d0-a285-00aa003049e2";
std::string const computer_type = "bf967a86-0de6-11d0-a285-00aa003049e2";

std::string below_svc() {
    return fmt::format("O:DAG:DAD:AI(A;;GA;;;DA)(OA;CIIO;CR;{};{};{})", reset, user_type, helpdesk);
}

std::string allow(std::string_view aces) {
    return fmt::format("O:DAG:DAD:AI{}(A;;GA;;;DA)", aces);
}

std::string reset_for(std::string_view trustee, std::string_view type = "OA") {
    return fmt::format("({};;CR;{};;{})", type, reset, trustee);
}

} // namespace

// Case 1
BOOST_AUTO_TEST_CASE(a_grant_above_does_not_arrive_at_a_protected_account) {
    auto const held = "O:DAG:DAD:PAI(A;;GA;;;DA)(A;;LCRPLORC;;;AU)";
    TEST_LINES(changes(backup_operators(held, own), descriptor_change("OU=Svc," + root, below_svc())), {});
}

BOOST_AUTO_TEST_CASE(a_grant_on_a_protected_account_lasts_for_an_hour) {
    auto const held = "O:DAG:DAD:PAI(A;;GA;;;DA)(A;;LCRPLORC;;;AU)";
    auto const written = fmt::format("O:DAG:DAD:PAI{}(A;;GA;;;DA)(A;;LCRPLORC;;;AU)", reset_for(helpdesk));
    TEST_LINES(changes(backup_operators(held, own), descriptor_change("CN=Backup,OU=Svc," + root, written)),
               {"for-an-hour 1: +Helpdesk reset-password svc-backup"});
}

BOOST_AUTO_TEST_CASE(an_operator_group_that_is_left_out_inherits) {
    TEST_LINES(changes(backup_operators(own, own, "0000000001000008"),
                       descriptor_change("OU=Svc," + root, below_svc())),
               {"opens 1: +Helpdesk reset-password svc-backup"});
    auto const still = "O:DAG:DAD:PAI(A;;GA;;;DA)(A;;LCRPLORC;;;AU)";
    TEST_LINES(changes(backup_operators(still, own, "0000000001000008"),
                       descriptor_change("OU=Svc," + root, below_svc())),
               {});
}

// Case 2
BOOST_AUTO_TEST_CASE(a_deny_for_one_group_of_an_account_leaves_the_rest_of_full_control) {
    auto const both = group("CN=Contractors,OU=Staff", "1201", "Contractors", {"CN=Ann,OU=Staff"});
    auto const denied = reset_for(contractors, "OD");
    auto const full =
        base() + in_helpdesk() + both + sync_account(allow(denied + "(A;;GA;;;" + helpdesk + ")"));
    TEST_LINES(ways(full), {"1: Server Admins change-permissions " + root,
                            "1: Helpdesk change-permissions sync" + to_root});
    auto const control = sync_account(allow(denied + "(A;;CR;;;" + helpdesk + ")"));
    TEST_LINES(ways(base() + in_helpdesk() + both + control),
               {"1: Server Admins change-permissions " + root});
    BOOST_TEST(ask(base() + in_helpdesk() + both + control, {}).refused > 0U);
    auto const bob = account("CN=Bob,OU=Staff", "1102", "bob");
    TEST_LINES(ways(base() + bob + in_helpdesk({"CN=Bob,OU=Staff"}) + both + control),
               {"1: Server Admins change-permissions " + root, "1: Helpdesk reset-password sync" + to_root});
}

// Case 3
BOOST_AUTO_TEST_CASE(the_first_ace_decides_whatever_the_order) {
    auto const both = group("CN=Contractors,OU=Staff", "1201", "Contractors", {"CN=Ann,OU=Staff"});
    auto const control = "(A;;CR;;;" + helpdesk + ")";
    lines const expected{"1: Server Admins change-permissions " + root,
                         "1: Helpdesk reset-password sync" + to_root};
    TEST_LINES(
        ways(base() + in_helpdesk() + both + sync_account(allow(control + reset_for(contractors, "OD")))),
        (expected));
    auto const inherited = fmt::format("(OD;CIID;CR;{};;{})", reset, contractors);
    TEST_LINES(
        ways(base() + in_helpdesk() + both + sync_account("O:DAG:DAD:AI(A;;GA;;;DA)" + control + inherited)),
        (expected));
    TEST_LINES(
        ways(base() + in_helpdesk() + both + sync_account(allow(reset_for(contractors, "OD") + control))),
        {expected.front()});
}

// Case 4
BOOST_AUTO_TEST_CASE(a_policy_link_reaches_a_protected_account_and_a_grant_does_not) {
    std::string const link = "f30e3bbe-9ff0-11d1-b603-0000f80367c1";
    auto const held = "O:DAG:DAD:PAI(A;;GA;;;DA)(A;;LCRPLORC;;;AU)";
    auto const text = entry_text("CN=Policies,CN=System," + root, "top container", own) +
                      unit("OU=Admins", own) +
                      account("CN=Ruth,OU=Admins", "1302", "adm-ruth", held, "adminCount: 1\n");
    auto const admins =
        "dn: CN=Domain Admins,CN=Users," + root + "\nmember: CN=Ruth,OU=Admins," + root + "\n\n";
    auto const granted = descriptor_change(
        "OU=Admins," + root, fmt::format("O:DAG:DAD:AI(A;;GA;;;DA)(OA;;WP;{};;{})(OA;CIIO;CR;{};{};{})", link,
                                         ann, reset, user_type, ann));
    TEST_LINES(changes(base() + sync_account() + text + admins, granted),
               {"conditional 1: +ann policy-link OU=Admins," + root +
                " if it has a policy to link: one of its own, or on a server of its own, OU=Admins," + root +
                " policy adm-ruth"});
    auto const policy =
        entry_text("CN={1},CN=Policies,CN=System," + root, "top container groupPolicyContainer",
                   fmt::format("O:DAG:DAD:AI(A;;GA;;;DA)(A;;GA;;;{})", ann));
    TEST_LINES(changes(base() + sync_account() + text + admins + policy, granted),
               {"opens 1: +ann policy-link OU=Admins," + root + ", OU=Admins," + root + " policy adm-ruth"});
}

// Case 5
BOOST_AUTO_TEST_CASE(the_most_specific_class_takes_what_is_for_it) {
    auto const below = fmt::format("(OA;CIIOID;GA;;{};{})", computer_type, helpdesk);
    auto const inherits_only = "O:DAG:DAD:AI(A;;GA;;;DA)" + below;
    auto const effective = fmt::format("O:DAG:DAD:AI(A;;GA;;;DA)(OA;CIID;CCDCLCSWRPWPDTLOCRSDRCWDWO;;{};{})",
                                       computer_type, helpdesk);
    auto const servers = unit(
        "OU=Servers", fmt::format("O:DAG:DAD:AI(A;;GA;;;DA)(OA;CIIO;GA;;{};{})", computer_type, helpdesk));
    auto const c = user + " computer";
    auto const text =
        base() + sync_account() + in_helpdesk() + servers +
        account("CN=U,OU=Servers", "1401", "u", inherits_only) +
        account("CN=G,OU=Servers", "1402", "g$", inherits_only, {}, c + " msDS-GroupManagedServiceAccount") +
        account("CN=C,OU=Servers", "1403", "c$", effective, {}, c) +
        group("CN=All,OU=Staff", "1311", "All", {"CN=U,OU=Servers", "CN=G,OU=Servers", "CN=C,OU=Servers"}) +
        "dn: CN=Server Admins,OU=Staff," + root + "\nmember: CN=All,OU=Staff," + root + "\n\n";
    TEST_LINES(
        ways(text, {.from = "ann"}),
        {"1: Helpdesk change-permissions c$, c$ member Server Admins, Server Admins change-permissions " +
         root});
}

// Case 6
BOOST_AUTO_TEST_CASE(a_ring_of_groups_is_walked_once) {
    auto const text = base() + group("CN=A,OU=Staff", "1210", "A", {"CN=B,OU=Staff", "CN=Ann,OU=Staff"}) +
                      group("CN=B,OU=Staff", "1211", "B", {"CN=A,OU=Staff"}) +
                      sync_account(allow(reset_for(test_domain_sid + "-1211")));
    TEST_LINES(ways(text, {.from = "ann"}), {"1: B reset-password sync" + to_root});
}

// Case 7
BOOST_AUTO_TEST_CASE(owner_rights_limit_an_owner_where_they_are_effective) {
    auto const owned = [](std::string_view aces) {
        return base() + sync_account() + "dn: CN=Server Admins,OU=Staff," + root + "\n\n" +
               group("CN=G,OU=Staff", "1312", "G", {}, fmt::format("O:{}G:DAD:AI(A;;GA;;;DA){}", ann, aces)) +
               "dn: CN=Server Admins,OU=Staff," + root + "\nmember: CN=G,OU=Staff," + root + "\n\n";
    };
    lines const way{"1: ann owner G, G member Server Admins, Server Admins change-permissions " + root};
    TEST_LINES(ways(owned(""), {.from = "ann"}), (way));
    TEST_LINES(ways(owned("(A;;RC;;;OW)"), {.from = "ann"}), {});
    TEST_LINES(ways(owned("(A;CIIO;RC;;;OW)"), {.from = "ann"}), (way));
}

BOOST_AUTO_TEST_CASE(a_forest_can_take_computers_from_their_owners) {
    auto const controller = [](std::string const& heuristics) {
        return backup_operators(own, own, heuristics) +
               account("CN=DC2,OU=Staff", "1404", "DC2$", fmt::format("O:{}G:DAD:AI(A;;GA;;;DA)", ann),
                       "userAccountControl: 532480\n", user + " computer");
    };
    auto replaced = [&](std::string const& heuristics) {
        auto text = controller(heuristics);
        auto const at = text.find("sAMAccountName: DC2$\nuserAccountControl: 512\n");
        text.erase(at + 21, 24);
        return text;
    };
    TEST_LINES(ways(replaced("00000000010000000002000000001"), {.from = "ann"}), {});
    TEST_LINES(ways(replaced("00000000010000000002000000002"), {.from = "ann"}), {"1: ann owner DC2$"});
    TEST_LINES(ways(replaced("00000000010000000002000000003"), {.conditional = true, .from = "ann"}),
               {"1: ann owner DC2$ if the forest leaves the permissions of computers to their owners, which "
                "depends on the updates of its domain controllers"});
}

// Case 8
BOOST_AUTO_TEST_CASE(a_condition_of_an_ace_is_a_condition_of_the_way) {
    auto const text = base() + in_helpdesk() +
                      sync_account(fmt::format(
                          "O:DAG:DAD:AI(XA;;CR;;;{};(@User.Department==\"IT\"))(A;;GA;;;DA)", helpdesk));
    TEST_LINES(ways(text, {.from = "ann"}), {});
    TEST_LINES(ways(text, {.conditional = true, .from = "ann"}),
               {"1: Helpdesk reset-password sync if the condition of the ACE holds" + to_root});
}

// Case 9
BOOST_AUTO_TEST_CASE(krbtgt_keeps_its_secret_and_all_properties_are_no_password) {
    auto const text = base() +
                      account("CN=krbtgt,CN=Users", "502", "krbtgt",
                              fmt::format("O:DAG:DAD:PAI(OA;;WP;{};;{})(OA;;CR;{};;{})(A;;GA;;;DA)", keys,
                                          ann, reset, ann)) +
                      sync_account(fmt::format("O:DAG:DAD:AI(A;;WP;;;{})(A;;GA;;;DA)", ann));
    TEST_LINES(ways(text, {.from = "ann"}), {});
    TEST_LINES(ways(text, {.conditional = true, .from = "ann"}),
               {"1: ann add-key sync if there is a domain controller of Windows Server 2016 or later with a "
                "certificate" +
                to_root});
}

// Case 10
BOOST_AUTO_TEST_CASE(two_groups_replicate_together) {
    std::string const all = "1131f6ad-9c07-11d1-f79f-00c04fc2dcd2";
    std::string const some = "1131f6aa-9c07-11d1-f79f-00c04fc2dcd2";
    auto const text = base(fmt::format("(OA;;CR;{};;{})(OA;;CR;{};;{})", all, helpdesk, some, contractors)) +
                      sync_account() + account("CN=Bob,OU=Staff", "1102", "bob") +
                      in_helpdesk({"CN=Bob,OU=Staff"}) +
                      group("CN=Contractors,OU=Staff", "1201", "Contractors", {"CN=Ann,OU=Staff"});
    TEST_LINES(ways(text, {.from = "ann"}), {"1: Helpdesk replicate " + root});
    TEST_LINES(ways(text, {.from = "bob"}), {});
}

// Case 11
BOOST_AUTO_TEST_CASE(key_admins_reach_domain_controllers) {
    auto const by_root = fmt::format("(OA;CIID;RPWP;{};;{}-526)", keys, test_domain_sid);
    auto const controller = [&](std::string const& sddl) {
        return base(fmt::format("(OA;CI;RPWP;{};;{}-526)", keys, test_domain_sid)) + sync_account() +
               group("CN=Key Admins,CN=Users", "526", "Key Admins") +
               unit("OU=Domain Controllers", own + by_root) +
               entry_text("CN=DC1,OU=Domain Controllers," + root, user + " computer", sddl,
                          sid_line("1000") + "sAMAccountName: DC1$\nuserAccountControl: 532480\n"
                                             "operatingSystem: Windows Server 2016 Standard\n"
                                             "operatingSystemVersion: 10.0 (14393)\n");
    };
    auto const joins = member_change("CN=Key Admins,CN=Users," + root, "CN=Ann,OU=Staff," + root);
    TEST_LINES(changes(controller(own + by_root), joins),
               {"opens 1: +ann member Key Admins, Key Admins add-key DC1$"});
    TEST_LINES(changes(controller("O:DAG:DAD:PAI(A;;GA;;;DA)"), joins), {});
}

// Case 12
BOOST_AUTO_TEST_CASE(a_way_closes_and_another_remains) {
    auto const desk = test_domain_sid + "-1202";
    auto const held = fmt::format("O:DAG:DAD:AI(A;CI;GA;;;{})(A;;GA;;;DA)", desk);
    auto const text = base() + sync_account() + account("CN=Bob,OU=Staff", "1102", "bob") +
                      group("CN=Old Desk,OU=Staff", "1202", "Old Desk", {"CN=Bob,OU=Staff"}) +
                      unit("OU=Domain Controllers", held) +
                      entry_text("CN=DC1,OU=Domain Controllers," + root, user + " computer", own,
                                 sid_line("1000") + "sAMAccountName: DC1$\nuserAccountControl: 532480\n");
    auto const taken = descriptor_change("OU=Domain Controllers," + root, own);
    TEST_LINES(changes(text, taken),
               {"closes 1: +Old Desk change-permissions OU=Domain Controllers," + root});
    auto const other = entry_text("CN=DC2,OU=Domain Controllers," + root, user + " computer",
                                  fmt::format("O:{}G:DAD:AI(A;;GA;;;DA)", desk),
                                  sid_line("1001") + "sAMAccountName: DC2$\nuserAccountControl: 532480\n");
    TEST_LINES(changes(text + other, taken),
               {"closes 1: +Old Desk change-permissions OU=Domain Controllers," + root});
    BOOST_TEST(ask(text + other, taken).changes.front().remaining == "Old Desk owns DC2$");
}

// Smaller ones
BOOST_AUTO_TEST_CASE(a_right_of_each_object_on_itself_leads_nowhere) {
    TEST_LINES(ways(base() + sync_account(allow("(A;;WP;;;PS)")), {.conditional = true}),
               {"1: Server Admins change-permissions " + root});
}

BOOST_AUTO_TEST_CASE(the_membership_set_adds_each_holder_itself) {
    std::string const set = "bc0ac240-79a9-11d0-9020-00c04fc2d4cf";
    auto const held = fmt::format("O:DAG:DAD:PAI(OA;;SW;{};;{})(A;;GA;;;DA)", set, helpdesk);
    auto const text = base() + sync_account() + in_helpdesk() +
                      group("CN=Desk,OU=Staff", "1313", "Desk", {}, held) + "dn: CN=Server Admins,OU=Staff," +
                      root + "\nmember: CN=Desk,OU=Staff," + root + "\n\n";
    TEST_LINES(
        ways(text, {.from = "ann"}),
        {"1: Helpdesk add-self Desk, Desk member Server Admins, Server Admins change-permissions " + root});
}

BOOST_AUTO_TEST_CASE(an_ordinary_export_has_no_ways) {
    auto text = base() + sync_account();
    auto const at = text.find("member: CN=Sync");
    text.erase(at, text.find('\n', at) + 1 - at);
    TEST_LINES(ways(text, {.conditional = true}), {"0: Server Admins change-permissions " + root});
}

BOOST_AUTO_TEST_CASE(a_new_member_of_a_group_of_tier_zero_is_told_as_such) {
    TEST_LINES(changes(base() + sync_account(),
                       member_change("CN=Domain Admins,CN=Users," + root, "CN=Ann,OU=Staff," + root)),
               {"tier0-member opens 1: +ann member Domain Admins"});
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
