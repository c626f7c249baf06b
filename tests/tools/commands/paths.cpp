#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include <string>
#include <tests/tools/command_run.hpp>
#include <tests/tools/expected_files.hpp>
#include <tests/tools/paths_domain.hpp>
#include <vector>

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

BOOST_AUTO_TEST_SUITE(commands)
BOOST_AUTO_TEST_SUITE(paths)

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

BOOST_AUTO_TEST_CASE(what_cannot_be_read_is_an_error) {
    auto const run = paths_in(quiet(), {"--tier0", "missing.txt"});
    BOOST_TEST((run.status == exit_status::error));
    BOOST_TEST(run.err == "error: cannot open missing.txt\n");
    BOOST_TEST((paths_in(quiet(), {"--from", "nobody"}).status == exit_status::error));
    BOOST_TEST((paths_in(quiet(), {"--format", "yaml"}).status == exit_status::error));
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
