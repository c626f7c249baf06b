#include <nlohmann/json.hpp>

#include <tests/tools/command_run.hpp>
#include <tests/tools/paths_domain.hpp>

BOOST_AUTO_TEST_SUITE(commands)
BOOST_AUTO_TEST_SUITE(planned_paths)

// What plans say of the ways that they open and close: worked cases as somebody would prepare them.

using namespace paths_domain;
using arguments = std::vector<std::string>;

namespace {

std::string const user_type = "bf967aba-0de6-11d0-a285-00aa003049e2";
std::string const held = "O:DAG:DAD:PAI(A;;GA;;;DA)(A;;LCRPLORC;;;AU)";
std::string const to_root = ", sync member Server Admins, Server Admins change-permissions " + root;
std::string const computer = user + " computer";

std::string allow(std::string const& aces) {
    return "O:DAG:DAD:AI" + aces + "(A;;GA;;;DA)";
}

std::string text_of(nlohmann::json const& change) {
    auto made = fmt::format("{} {}:", change.at("what").get<std::string>(),
                            change.at("sources").at("accounts").dump());
    std::string_view separator = " ";
    for (auto const& step : change.at("steps")) {
        made += fmt::format("{}{}{} {} {}{}", separator, step.at("new").get<bool>() ? "+" : "",
                            step.at("from").at("name").get<std::string>(), step.at("kind").get<std::string>(),
                            step.at("to").at("name").get<std::string>(),
                            step.at("condition").is_null() ? "" : " (conditional)");
        separator = ", ";
    }
    return made;
}

// "opens 1: +Helpdesk reset-password sync", as plan.json has them.
lines planned(std::string const& base, arguments request) {
    temporary_directory scratch;
    working_directory const here(scratch.path());
    write_file(scratch.path() / "base.ldf", base);
    request.insert(request.begin(), "plan");
    request.insert(request.end(), {"--base", "base.ldf", "--out", "out"});
    auto const run = run_command(request);
    BOOST_REQUIRE_MESSAGE((run.status == dsplan::exit_status::success), run.out + run.err);
    lines made;
    auto const ways =
        nlohmann::json::parse(read_file(scratch.path() / "out" / "plan.json")).at("control_paths");
    for (auto const* const part : {"opened", "closed"})
        for (auto const& each : ways.at(part))
            made.push_back(text_of(each));
    return made;
}

arguments grant(std::string const& to, std::string const& on, arguments const& rights,
                std::string const& applies_to = {}) {
    arguments made{"grant", "--to", to, "--on", on == root ? root : on + "," + root};
    for (auto const& right : rights)
        made.insert(made.end(), {"--right", right});
    if (!applies_to.empty())
        made.insert(made.end(), {"--applies-to", applies_to});
    return made;
}

std::string backup_operators(std::string const& on_account, std::string const& heuristics = {}) {
    auto text =
        base() + sync_account() + in_helpdesk() + unit("OU=Svc") +
        account("CN=Backup,OU=Svc", "1301", "svc-backup", on_account, "adminCount: 1\n") +
        group("CN=Backup Operators,CN=Builtin", "S-1-5-32-551", "Backup Operators", {"CN=Backup,OU=Svc"});
    if (!heuristics.empty())
        text += entry_text("CN=Directory Service,CN=Windows NT,CN=Services,CN=Configuration," + root,
                           "top nTDSService", own, "dSHeuristics: " + heuristics + "\n");
    return text;
}

std::string controllers(std::string const& on_controller, std::string const& on_unit = own) {
    return unit("OU=Domain Controllers", on_unit) +
           entry_text("CN=DC1,OU=Domain Controllers," + root, computer, on_controller,
                      sid_line("1000") + "sAMAccountName: DC1$\nuserAccountControl: 532480\n"
                                         "operatingSystem: Windows Server 2016 Standard\n"
                                         "operatingSystemVersion: 10.0 (14393)\n");
}

} // namespace

// Case 1
BOOST_AUTO_TEST_CASE(a_grant_above_protected_accounts) {
    auto const request = grant("Helpdesk", "OU=Svc", {"Reset Password"}, "descendant user objects");
    TEST_LINES(planned(backup_operators(held), request), {});
    TEST_LINES(planned(backup_operators(held, "0000000001000008"), request), {});
    TEST_LINES(planned(backup_operators(own, "0000000001000008"), request),
               {"opens 1: +Helpdesk reset-password svc-backup"});
}

// Cases 2 and 3
BOOST_AUTO_TEST_CASE(a_grant_to_whom_another_of_their_groups_is_denied) {
    auto const text = base() + account("CN=Bob,OU=Staff", "1102", "bob") + in_helpdesk({"CN=Bob,OU=Staff"}) +
                      group("CN=Contractors,OU=Staff", "1201", "Contractors", {"CN=Ann,OU=Staff"}) +
                      sync_account(allow(fmt::format("(OD;;CR;{};;{})", reset, contractors)));
    TEST_LINES(planned(text, grant("Helpdesk", "CN=Sync,OU=Service", {"Reset Password"})),
               {"opens 1: +Helpdesk reset-password sync" + to_root});
    TEST_LINES(planned(text, grant("Helpdesk", "CN=Sync,OU=Service", {"full control"})),
               {"opens 2: +Helpdesk change-permissions sync" + to_root});
    TEST_LINES(planned(text, grant("Contractors", "CN=Sync,OU=Service", {"Reset Password"})), {});
}

// Case 4
BOOST_AUTO_TEST_CASE(a_link_of_policies_above_a_protected_account) {
    auto const text = base() + sync_account() + unit("OU=Admins") +
                      account("CN=Ruth,OU=Admins", "1302", "adm-ruth", held, "adminCount: 1\n") +
                      "dn: CN=Domain Admins,CN=Users," + root + "\nmember: CN=Ruth,OU=Admins," + root +
                      "\n\n";
    TEST_LINES(planned(text, grant("ann", "OU=Admins", {"write gPLink"})),
               {"conditional 1: +ann policy-link OU=Admins," + root + " (conditional), OU=Admins," + root +
                " policy adm-ruth"});
    TEST_LINES(planned(text, grant("ann", "OU=Admins", {"read gPLink"})), {});
    TEST_LINES(planned(text, grant("ann", "OU=Staff", {"write gPLink"})), {});
}

// Case 5
BOOST_AUTO_TEST_CASE(a_grant_for_computers_does_not_reach_managed_accounts) {
    auto const text =
        base() + in_helpdesk() + sync_account() + unit("OU=Servers") +
        account("CN=U,OU=Servers", "1401", "u") +
        account("CN=G,OU=Servers", "1402", "g$", own, {}, computer + " msDS-GroupManagedServiceAccount") +
        account("CN=C,OU=Servers", "1403", "c$", own, {}, computer) + "dn: CN=Server Admins,OU=Staff," +
        root + "\nmember: CN=U,OU=Servers," + root + "\nmember: CN=G,OU=Servers," + root +
        "\nmember: CN=C,OU=Servers," + root + "\n\n";
    TEST_LINES(
        planned(text, grant("Helpdesk", "OU=Servers", {"full control"}, "descendant computer objects")),
        {"opens 1: +Helpdesk change-permissions c$, c$ member Server Admins, Server Admins "
         "change-permissions " +
         root});
}

// Case 7
BOOST_AUTO_TEST_CASE(a_new_owner_and_owner_rights) {
    auto const text = [](std::string const& aces) {
        return base() + sync_account(allow(aces) + "S:(AU;SA;WDWO;;;WD)");
    };
    arguments const request{"owner", "--to", "ann", "--on", "CN=Sync,OU=Service," + root};
    TEST_LINES(planned(text(""), request), {"opens 1: +ann owner sync" + to_root});
    TEST_LINES(planned(text("(A;;RC;;;OW)"), request), {});
    TEST_LINES(planned(text("(A;CIIO;RC;;;OW)"), request), {"opens 1: +ann owner sync" + to_root});
}

// Case 10
BOOST_AUTO_TEST_CASE(the_second_half_of_replication) {
    std::string const all = "1131f6ad-9c07-11d1-f79f-00c04fc2dcd2";
    auto const text = base(fmt::format("(OA;;CR;{};;{})", all, helpdesk)) + sync_account() +
                      account("CN=Bob,OU=Staff", "1102", "bob") + in_helpdesk({"CN=Bob,OU=Staff"}) +
                      group("CN=Contractors,OU=Staff", "1201", "Contractors", {"CN=Ann,OU=Staff"});
    TEST_LINES(planned(text, grant("Contractors", root, {"DS-Replication-Get-Changes"})),
               {"opens 1: +Helpdesk replicate " + root});
}

// Case 11
BOOST_AUTO_TEST_CASE(a_member_of_key_admins) {
    auto const by_root = fmt::format("(OA;CIID;RPWP;{};;{}-526)", keys, test_domain_sid);
    auto const text = [&](std::string const& on_controller) {
        return base(fmt::format("(OA;CI;RPWP;{};;{}-526)", keys, test_domain_sid)) + sync_account() +
               group("CN=Key Admins,CN=Users", "526", "Key Admins") +
               controllers(on_controller, own + by_root);
    };
    arguments const request{"members", "--group", "Key Admins", "--add", "ann"};
    TEST_LINES(planned(text(own + by_root), request),
               {"opens 1: +ann member Key Admins, Key Admins add-key DC1$"});
    TEST_LINES(planned(text(held), request), {});
}

// Case 12
BOOST_AUTO_TEST_CASE(what_is_revoked_closes_ways) {
    auto const desk = test_domain_sid + "-1202";
    auto const text = base() + sync_account() + account("CN=Bob,OU=Staff", "1102", "bob") +
                      group("CN=Old Desk,OU=Staff", "1202", "Old Desk", {"CN=Bob,OU=Staff"}) +
                      controllers(own, fmt::format("O:DAG:DAD:AI(A;CI;GA;;;{})(A;;GA;;;DA)", desk));
    TEST_LINES(planned(text, {"revoke", "--from", "Old Desk", "--on", "OU=Domain Controllers," + root,
                              "--every-ace"}),
               {"closes 1: +Old Desk change-permissions OU=Domain Controllers," + root});
    TEST_LINES(planned(text, {"members", "--group", "Old Desk", "--remove", "bob"}),
               {"closes 1: +bob member Old Desk, Old Desk change-permissions OU=Domain Controllers," + root});
}

// What the headline of a plan for Windows Hello says: the connector gets to a domain controller in one step,
// to none, or had a way before.
BOOST_AUTO_TEST_CASE(a_connector_and_domain_controllers) {
    auto const headlines = [](std::string const& before, arguments const& more) {
        auto const folder = std::filesystem::path(DSPLAN_TESTDATA) / "plan" / before;
        temporary_directory scratch;
        working_directory const here(folder);
        arguments asked{"plan",        "whfb",
                        "--base",      "../domain.ldf",
                        "--base",      "../key-admins.ldf",
                        "--base",      "../controllers-2016.ldf",
                        "--base",      "before.ldf",
                        "--out",       (scratch.path() / "out").string(),
                        "--connector", "MSOL_0001"};
        asked.insert(asked.end(), more.begin(), more.end());
        BOOST_TEST(run_command(asked).err == "");
        return nlohmann::json::parse(read_file(scratch.path() / "out" / "plan.json"))
            .at("headlines")
            .get<lines>();
    };
    TEST_LINES(headlines("controllers-reached", {}),
               {"MSOL_0001 becomes one step from tier 0, through Key Admins: it can add a key to the domain "
                "controllers DC1$, DC2$ and, with PKINIT, sign in as them"});
    TEST_LINES(headlines("controllers-not-reached-by-hand", {"--base", "../group.ldf", "--by-hand"}),
               {"MSOL_0001 may write keys of no domain controller (2 in the export): its ways to tier 0 are "
                "those of the accounts that it reaches, and none of them is known to have one"});
    TEST_LINES(
        headlines("connector-replicates", {}),
        {"MSOL_0001 can take over tier 0 without the plan already (MSOL_0001 may replicate the secrets "
         "of DC=contoso,DC=com): no new path"});
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
