#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include <string>
#include <tests/tools/command_run.hpp>
#include <tests/tools/expected_files.hpp>
#include <tests/tools/paths_domain.hpp>
#include <vector>

BOOST_AUTO_TEST_SUITE(commands)
BOOST_AUTO_TEST_SUITE(paths)

using dsplan::exit_status;
namespace domain = paths_domain;

namespace {

std::filesystem::path const folder = std::filesystem::path(DSPLAN_TESTDATA) / "paths/one-change";

std::string quiet() {
    return domain::base() + domain::sync_account();
}

command_run paths_in(std::string const& base, std::vector<std::string> more = {}) {
    temporary_directory scratch;
    working_directory const here(scratch.path());
    write_file(scratch.path() / "base.ldf", base);
    more.insert(more.begin(), {"paths", "--base", "base.ldf"});
    return run_command(more);
}

std::string first_line(std::string const& text) {
    return text.substr(0, text.find('\n'));
}

} // namespace

BOOST_AUTO_TEST_CASE(a_change_is_told_as_text_and_as_json) {
    working_directory const here(folder);
    named_files actual;
    for (std::string const format : {"text", "json"}) {
        auto const ways = run_command({"paths", "--base", "base.ldf", "--format", format});
        auto const change =
            run_command({"paths", "--base", "base.ldf", "--change", "change.ldf", "--format", format});
        BOOST_TEST(ways.err == "");
        BOOST_TEST((ways.status == exit_status::findings));
        BOOST_TEST((change.status == exit_status::findings));
        auto const ending = format == "text" ? ".txt" : ".json";
        actual["ways" + std::string(ending)] = ways.out;
        actual["change" + std::string(ending)] = change.out;
    }
    check_expected(folder / "expected", actual);
}

BOOST_AUTO_TEST_CASE(a_review_tells_the_ways_that_a_change_opens_and_closes) {
    working_directory const here(folder);
    auto const ask = [](std::vector<std::string> const& more) {
        std::vector<std::string> arguments{"review", "change.ldf", "--base", "base.ldf"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run_command(arguments);
    };
    check_expected(folder / "review", {{"review.txt", ask({"--rule", "control-paths"}).out}});
    auto const review = nlohmann::json::parse(ask({"--format", "json"}).out);
    auto const alone = nlohmann::json::parse(
        run_command({"paths", "--base", "base.ldf", "--change", "change.ldf", "--format", "json"}).out);
    BOOST_TEST(review.at("control_paths") == alone.at("control_paths"));
    auto const without = nlohmann::json::parse(ask({"--format", "json", "--skip", "control-paths"}).out);
    BOOST_TEST(without.at("control_paths").is_null());
    for (auto const& each : without.at("findings"))
        BOOST_TEST(each.at("rule").get<std::string>().find("control-path") == std::string::npos);
    for (auto const& [format, head] :
         {std::pair("markdown", "## Control paths"), std::pair("html", ">Control paths</h2>")})
        BOOST_TEST(ask({"--format", format}).out.find(head) != std::string::npos);
}

// Thirty of one kind would hide the rest.
BOOST_AUTO_TEST_CASE(a_review_shows_five_ways_before_all) {
    auto base = quiet();
    std::string change;
    std::string aces;
    for (int index = 0; index < 7; ++index) {
        auto const rid = std::to_string(1500 + index);
        base += domain::account(fmt::format("CN=U{},OU=Staff", index), rid, fmt::format("u{}", index));
        aces += fmt::format("(OA;;CR;{};;{}-{})", domain::reset, test_domain_sid, rid);
    }
    temporary_directory scratch;
    working_directory const here(scratch.path());
    write_file(scratch.path() / "base.ldf", base);
    write_file(scratch.path() / "change.ldf", descriptor_change("CN=Sync,OU=Service," + domain::root,
                                                                "O:DAG:DAD:AI" + aces + "(A;;GA;;;DA)"));
    std::vector<std::string> arguments{"review",   "change.ldf", "--base",
                                       "base.ldf", "--rule",     "control-paths"};
    auto const few = run_command(arguments).out;
    BOOST_TEST(few.find("      2 more ways; --all shows them\n") != std::string::npos, few);
    BOOST_TEST(few.find(" u4 gets") != std::string::npos, few);
    BOOST_TEST(few.find(" u5 gets") == std::string::npos, few);
    arguments.emplace_back("--all");
    BOOST_TEST(run_command(arguments).out.find(" u6 gets") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_review_of_a_way_that_closes_ends_well_and_of_a_base_without_tier_zero_claims_nothing) {
    temporary_directory scratch;
    working_directory const here(scratch.path());
    write_file(scratch.path() / "base.ldf", quiet());
    write_file(scratch.path() / "change.ldf",
               "dn: CN=Server Admins,OU=Staff," + domain::root +
                   "\nchangetype: modify\ndelete: member\nmember: CN=Sync,OU=Service," + domain::root +
                   "\n-\n\n");
    std::vector<std::string> const arguments{"review",   "change.ldf", "--base",
                                             "base.ldf", "--rule",     "control-paths"};
    auto const closes = run_command(arguments);
    BOOST_TEST((closes.status == exit_status::success), closes.out);
    BOOST_TEST(closes.out.find("sync loses its way to tier 0") != std::string::npos, closes.out);
    write_file(scratch.path() / "base.ldf", domain::unit("OU=Service") + domain::sync_account() +
                                                domain::group("CN=Server Admins,OU=Staff", "1310",
                                                              "Server Admins", {"CN=Sync,OU=Service"}));
    auto const blind = run_command(arguments);
    BOOST_TEST(blind.out.find("no rule fired; the base does not show all ways to tier 0") !=
                   std::string::npos,
               blind.out);
    BOOST_TEST(blind.out.find("no findings") == std::string::npos, blind.out);
}

// A step whose right another ACE gives as well is no cut for those who hold that one.
BOOST_AUTO_TEST_CASE(a_cut_is_tried_and_counts_who_keeps_a_way) {
    auto const bob = domain::account("CN=Bob,OU=Staff", "1102", "bob");
    auto const reset_for = [](std::string const& who) {
        return "(OA;;CR;" + domain::reset + ";;" + who + ")";
    };
    auto const of = [&](std::string const& aces) {
        return domain::base() + bob + domain::in_helpdesk({"CN=Bob,OU=Staff"}) +
               domain::sync_account("O:DAG:DAD:AI" + aces + "(A;;GA;;;DA)");
    };
    auto const one = paths_in(of(reset_for(domain::helpdesk)), {"--cut"}).out;
    BOOST_TEST(one.find("      cut: step 1 alone (0 of 2 keep a way), step 2 alone (0 of 2 keep a way), "
                        "step 3 alone (0 of 2 keep a way).\n") != std::string::npos,
               one);
    auto const two =
        paths_in(of(reset_for(domain::helpdesk) + reset_for(domain::ann)), {"--cut", "--all"}).out;
    BOOST_TEST(two.find("step 1 alone (0 of 2") == std::string::npos, two);
    BOOST_TEST(paths_in(of(reset_for(domain::helpdesk))).out.find("cut:") == std::string::npos);
}

// Ann gets at sync by two groups: no step alone is enough, and two are.
BOOST_AUTO_TEST_CASE(the_smallest_cut_of_one_account_closes_all_of_its_ways) {
    auto const reset_for = [](std::string const& who) {
        return "(OA;;CR;" + domain::reset + ";;" + who + ")";
    };
    auto const text =
        domain::base() + domain::in_helpdesk() +
        domain::group("CN=Desk,OU=Staff", "1210", "Desk", {"CN=Ann,OU=Staff"}) +
        domain::account("CN=Sync2,OU=Service", "1305", "sync2",
                        "O:DAG:DAD:AI" + reset_for(test_domain_sid + "-1210") + "(A;;GA;;;DA)") +
        domain::sync_account("O:DAG:DAD:AI" + reset_for(domain::helpdesk) + "(A;;GA;;;DA)") +
        "dn: CN=Server Admins,OU=Staff," + domain::root + "\nmember: CN=Sync2,OU=Service," + domain::root +
        "\n\n";
    auto const run = paths_in(text, {"--from", "ann", "--cut", "--format", "json"});
    auto const found = nlohmann::json::parse(run.out).at("control_paths");
    auto const& cut = found.at("smallest_cut");
    BOOST_TEST(cut.at("possible") == true);
    BOOST_TEST(cut.at("proved") == true);
    BOOST_REQUIRE(cut.at("steps").size() == 1U); // what all of them lead over
    BOOST_TEST(cut.at("steps")[0].at("from").at("name") == "Server Admins");
    auto const all = paths_in(text, {"--cut"}).out;
    BOOST_TEST(all.find("Choke point: without (A;;WD;;;" + test_domain_sid +
                        "-1310) on DC=contoso,DC=com 0 of 3 keep a way.\n") != std::string::npos,
               all);
    auto const both =
        domain::base(reset_for(domain::helpdesk)) + domain::in_helpdesk() +
        domain::sync_account("O:DAG:DAD:AI(A;;WD;;;" + domain::helpdesk + ")(A;;GA;;;DA)") +
        domain::unit("OU=Domain Controllers", "O:DAG:DAD:AI(A;;WD;;;" + domain::ann + ")(A;;GA;;;DA)") +
        entry_text("CN=DC1,OU=Domain Controllers," + domain::root, domain::user + " computer", domain::own,
                   sid_line("1000") + "sAMAccountName: DC1$\nuserAccountControl: 532480\n");
    auto const two = paths_in(both, {"--from", "ann", "--cut"}).out;
    BOOST_TEST(two.find("The smallest cut closes all of these ways with 2 removals:\n") != std::string::npos,
               two);
}

// What is to be done is a command that is planned.
BOOST_AUTO_TEST_CASE(the_commands_of_the_smallest_cut_are_planned) {
    auto const ace = "(OA;CI;CR;" + domain::reset + ";;" + domain::helpdesk + ")";
    auto text = domain::base() + domain::in_helpdesk() +
                domain::sync_account("O:DAG:DAD:AI(A;;GA;;;DA)(OA;CIID;CR;" + domain::reset + ";;" +
                                     domain::helpdesk + ")");
    auto const above = domain::unit("OU=Service");
    text.replace(text.find(above), above.size(),
                 domain::unit("OU=Service", "O:DAG:DAD:AI" + ace + "(A;;GA;;;DA)"));
    temporary_directory scratch;
    working_directory const here(scratch.path());
    write_file(scratch.path() / "EXPORT.ldf", text);
    auto const cut =
        run_command({"paths", "--base", "EXPORT.ldf", "--from", "ann", "--to", "sync", "--cut"}).out;
    auto const command = cut.find("dsplan plan ", cut.find("The smallest cut"));
    BOOST_REQUIRE_MESSAGE(command != std::string::npos, cut);
    BOOST_TEST(cut.substr(command, cut.find('\n', command) - command) ==
               "dsplan plan revoke --from \"" + domain::helpdesk + "\" --ace \"" + ace +
                   "\" --on \"OU=Service,DC=contoso,DC=com\" --base EXPORT.ldf --out change");
    auto const planned =
        run_command({"plan", "revoke", "--from", domain::helpdesk, "--ace", ace, "--on",
                     "OU=Service," + domain::root, "--base", "EXPORT.ldf", "--out", "change"});
    BOOST_TEST((planned.status == exit_status::success), planned.err);
}

BOOST_AUTO_TEST_CASE(a_page_shows_a_picture_and_the_same_as_text) {
    working_directory const here(folder);
    auto const page =
        run_command({"paths", "--base", "base.ldf", "--change", "change.ldf", "--format", "html"}).out;
    for (std::string const part : {"<svg class=\"ways\"", "role=\"img\"", "aria-describedby=\"steps\"",
                                   "<g class=\"new\">", "<g class=\"gone\">", "<g class=\"new conditional\">",
                                   "+ Reset Password", "<td>1 + new</td>", "Not looked for: certificates"})
        BOOST_TEST(page.find(part) != std::string::npos, part);
    auto text = quiet();
    std::string aces;
    for (int index = 0; index < 9; ++index) {
        auto const rid = std::to_string(1500 + index);
        text += domain::account(fmt::format("CN=U{},OU=Staff", index), rid, fmt::format("<u{}>", index));
        aces += fmt::format("(OA;;CR;{};;{}-{})", domain::reset, test_domain_sid, rid);
    }
    auto const change =
        descriptor_change("CN=Sync,OU=Service," + domain::root, "O:DAG:DAD:AI" + aces + "(A;;GA;;;DA)");
    temporary_directory scratch;
    working_directory const there(scratch.path());
    write_file(scratch.path() / "base.ldf", text);
    write_file(scratch.path() / "change.ldf", change);
    auto const wide =
        run_command({"paths", "--base", "base.ldf", "--change", "change.ldf", "--format", "html", "--all"})
            .out;
    BOOST_TEST(wide.find("<svg") == std::string::npos); // more than 25 boxes
    BOOST_TEST(wide.find("&lt;u8&gt;") != std::string::npos);
    BOOST_TEST(wide.find("<u8>") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(no_way_is_no_finding_and_never_none) {
    auto const run = paths_in(quiet(), {"--from", "ann"});
    BOOST_TEST((run.status == exit_status::success));
    BOOST_TEST(first_line(run.out) == "No way from ann to tier 0 (4 objects) is known.");
    BOOST_TEST(run.out.find("Not known: policy files") != std::string::npos);
    auto without = quiet();
    auto const holder = without.find("dn: CN=AdminSDHolder");
    auto const list = without.find("nTSecurityDescriptor", holder);
    without.erase(list, without.find('\n', list) + 1 - list);
    BOOST_TEST(first_line(paths_in(without, {"--from", "ann"}).out) ==
               "No way from ann to tier 0 (4 objects) was found; the export lacks permissions of tier 0.");
}

BOOST_AUTO_TEST_CASE(who_is_tier_zero_needs_no_way) {
    auto const text = quiet() + "dn: CN=Domain Admins,CN=Users," + domain::root +
                      "\nmember: CN=Ann,OU=Staff," + domain::root + "\n\n";
    auto const group = paths_in(text, {"--from", "Administrators"});
    BOOST_TEST((group.status == exit_status::findings));
    BOOST_TEST(first_line(group.out) == "Administrators is tier 0 itself: it needs no way.");
    BOOST_TEST(first_line(paths_in(text, {"--from", "ann", "--to", "sync"}).out) ==
               "ann is tier 0 itself: it needs no way.");
    BOOST_TEST(paths_in(text, {"--from", "ann"}).out.find("  * ann: by membership alone\n") !=
               std::string::npos);
    BOOST_TEST(paths_in(text, {"--from", "ann", "--json"}).out.find("\"from_tier0\": true") !=
               std::string::npos);
    BOOST_TEST(paths_in(quiet(), {"--from", "ann", "--json"}).out.find("\"from_tier0\": false") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_object_can_stand_in_for_tier_zero) {
    auto const text = domain::base() + domain::in_helpdesk() +
                      domain::sync_account("O:DAG:DAD:AI(OA;;CR;" + domain::reset + ";;" + domain::helpdesk +
                                           ")(A;;GA;;;DA)");
    auto const run = paths_in(text, {"--to", "sync", "--format", "json"});
    BOOST_TEST((run.status == exit_status::findings));
    auto const found = nlohmann::json::parse(run.out).at("control_paths");
    BOOST_TEST(found.at("target") == "sync");
    BOOST_REQUIRE(found.at("ways").size() == 1U);
    BOOST_TEST(found.at("ways")[0].at("steps")[0].at("kind") == "reset-password");
    auto const group = text + domain::group("CN=Vault,OU=Staff", "1399", "Vault", {"CN=Sync,OU=Service"});
    auto const into = paths_in(group, {"--to", "Vault", "--from", "ann"}).out;
    BOOST_TEST(into.find("sync") != std::string::npos, into);
    BOOST_TEST(paths_in(group, {"--to", "Helpdesk", "--from", "sync"}).out.find("No way") == 0U);
}

BOOST_AUTO_TEST_CASE(a_file_adds_to_tier_zero_and_takes_from_it) {
    auto const text =
        domain::base() + domain::in_helpdesk() +
        domain::account("CN=Boss,OU=Staff", "1400", "boss",
                        "O:DAG:DAD:AI(OA;;CR;" + domain::reset + ";;" + domain::helpdesk + ")(A;;GA;;;DA)");
    BOOST_TEST((paths_in(text, {"--from", "ann"}).status == exit_status::success));
    temporary_directory scratch;
    auto const file = scratch.path() / "tier0.txt";
    write_file(file,
               "# what else holds the house\nboss\n-CN=Domain Admins,CN=Users,DC=contoso,DC=com\nnobody\n");
    auto const run = paths_in(text, {"--from", "ann", "--tier0", file.string(), "--format", "json"});
    BOOST_TEST((run.status == exit_status::findings));
    auto const found = nlohmann::json::parse(run.out).at("control_paths");
    BOOST_TEST(found.at("tier0").at("unmatched") == nlohmann::json({"nobody"}));
    BOOST_TEST(found.at("tier0").at("objects") == 5);
}

BOOST_AUTO_TEST_CASE(a_file_of_tier_zero_is_read_as_people_write_it) {
    auto const text = quiet() + domain::account("CN=C# Team,OU=Staff", "1400", "csharp") +
                      domain::account("CN=Twin,OU=Staff", "1401", "twin") +
                      domain::account("CN=Twin,OU=Service", "1402", "twin");
    auto const ask = [&](std::string const& lines) {
        temporary_directory scratch;
        write_file(scratch.path() / "tier0.txt", lines);
        auto const run =
            paths_in(text, {"--tier0", (scratch.path() / "tier0.txt").string(), "--format", "json"});
        BOOST_TEST(run.err == "");
        return nlohmann::json::parse(run.out).at("control_paths").at("tier0");
    };
    BOOST_TEST(ask("").at("objects") == 4);
    BOOST_TEST(ask("# nothing\r\n\r\n  \t\r\n").at("objects") == 4);
    BOOST_TEST(ask("\xEF\xBB\xBF"
                   "csharp # who\r\n")
                   .at("objects") == 5);
    BOOST_TEST(ask("CN=C# Team,OU=Staff,DC=contoso,DC=com\n").at("unmatched") == nlohmann::json::array());
    BOOST_TEST(ask("OU=Service," + domain::root + "\n").at("objects") == 7); // with the accounts below
    BOOST_TEST(ask("-Domain Admins\n").at("kept") == nlohmann::json({"Domain Admins"}));
    BOOST_TEST(ask("csharp\n-csharp\n").at("objects") == 4);
    BOOST_TEST(ask("-\n*\nS-1-5-21-1-2-3-4\n").at("unmatched") ==
               nlohmann::json({"-", "*", "S-1-5-21-1-2-3-4"}));
    BOOST_TEST(ask("twin\n").at("unmatched") ==
               nlohmann::json({"twin, which could be CN=Twin,OU=Service,DC=contoso,DC=com or "
                               "CN=Twin,OU=Staff,DC=contoso,DC=com"}));
}

BOOST_AUTO_TEST_CASE(numbers_are_taken_as_they_are) {
    auto const lengths = [](std::vector<std::string> const& more) {
        auto arguments = more;
        arguments.insert(arguments.end(), {"--format", "json"});
        auto const run = paths_in(quiet(), arguments);
        BOOST_TEST(run.err == "");
        return nlohmann::json::parse(run.out).at("control_paths");
    };
    BOOST_TEST(lengths({"--limit", "0"}).at("ways").empty());
    BOOST_TEST(lengths({"--limit", "0"}).at("left_out") == 1);
    BOOST_TEST(lengths({"--limit", "18446744073709551615"}).at("ways").size() == 1U);
    BOOST_TEST(lengths({"--max-steps", "18446744073709551615"}).at("ways").size() == 1U);
    BOOST_TEST(lengths({"--max-steps", "0"}).at("ways").empty());
    BOOST_TEST(lengths({"--max-steps", "0"}).at("cut_off") == true);
    for (std::string const option : {"--limit", "--max-steps"})
        for (std::string const value : {"-1", "many", "18446744073709551616", "1e3", ""})
            BOOST_TEST((paths_in(quiet(), {option, value}).status == exit_status::error),
                       option << " " << value);
    BOOST_TEST(first_line(paths_in(quiet(), {"--to", "TIER0"}).out) == "Ways to tier 0 (4 objects)");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_read_is_an_error) {
    auto const run = paths_in(quiet(), {"--tier0", "missing.txt"});
    BOOST_TEST((run.status == exit_status::error));
    BOOST_TEST(run.err == "error: cannot open missing.txt: No such file or directory\n");
    BOOST_TEST((paths_in(quiet(), {"--from", "nobody"}).status == exit_status::error));
    BOOST_TEST((paths_in(quiet(), {"--format", "yaml"}).status == exit_status::error));
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
