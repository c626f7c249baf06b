#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdlib>
#include <set>
#include <tests/tools/command_run.hpp>

namespace {

// testdata/diff/NAME has `before` and `after` and what is said about them in each format. Run with
// DSPLAN_WRITE_EXPECTED=1 to rewrite these, and read the difference before you keep it.
void check_case(std::filesystem::path const& directory) {
    auto const status = read_file(directory / "status") == "0\n" ? dsplan::exit_status::success
                                                                 : dsplan::exit_status::findings;
    auto const old_directory = std::filesystem::current_path();
    std::filesystem::current_path(directory); // so that no path of this machine is in what is written
    for (std::string const format : {"text", "markdown", "json", "html"}) {
        auto const run =
            run_command({"diff", "before", "after", "--format", format, "--domain-sid", "S-1-5-21-1-2-3"});
        BOOST_TEST((run.status == status));
        BOOST_TEST(run.err == "");
        auto const shown = format == "html" ? content_of_page(run.out) : run.out;
        if (std::getenv("DSPLAN_WRITE_EXPECTED") != nullptr)
            write_file(directory / ("expected." + format), shown);
        BOOST_TEST(shown == read_file(directory / ("expected." + format)));
    }
    std::filesystem::current_path(old_directory);
}

std::vector<std::filesystem::path> cases() {
    std::vector<std::filesystem::path> found;
    for (auto const& each : std::filesystem::directory_iterator(DSPLAN_TESTDATA "/diff"))
        found.push_back(each.path());
    std::sort(found.begin(), found.end());
    return found;
}

} // namespace

BOOST_AUTO_TEST_SUITE(commands)
BOOST_AUTO_TEST_SUITE(diff)

BOOST_AUTO_TEST_CASE(cases_in_every_format) {
    for (auto const& each : cases())
        BOOST_TEST_CONTEXT(each.filename().string())
    check_case(each);
}

BOOST_AUTO_TEST_CASE(every_kind_of_claim_has_a_case) {
    std::string all;
    for (auto const& each : cases())
        all += read_file(each / "expected.json");
    for (std::string const kind :
         {"same", "owner", "control", "state", "same-aces", "same-access", "now-inherited", "now-explicit",
          "wider", "narrower", "audit", "not-judged"})
        BOOST_TEST((all.find("\"kind\": \"" + kind + "\"") != std::string::npos), kind);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_compared) {
    auto const mixed = run_command({"diff", "D:", DSPLAN_TESTDATA "/exports/before-2016.ldf"});
    BOOST_TEST((mixed.status == dsplan::exit_status::error));
    BOOST_TEST(mixed.out == "");
    BOOST_TEST(mixed.err == "error: expected two descriptors or two LDIF exports, found one of each\n"
                            "  dsplan ldif check says what is in an LDIF file\n");
    auto const no_class = run_command({"diff", "D:", "D:", "--class", "usr"});
    BOOST_TEST((no_class.status == dsplan::exit_status::error));
    BOOST_TEST(no_class.err == "error: --class: expected a class of the schema, found 'usr'\n"
                               "  give its lDAPDisplayName, and --schema if it is of your own forest\n");
    auto const no_descriptor = run_command({"diff", "D:", "D:(A;;GA;;;B1)"});
    BOOST_TEST((no_descriptor.status == dsplan::exit_status::error));
    BOOST_TEST(no_descriptor.err == "error: column 12: expected a SID or a two-letter alias, found 'B1'\n"
                                    "    D:(A;;GA;;;B1)\n"
                                    "               ^^ account, field 6 of 6\n"
                                    "    did you mean BA (Administrators)?\n");
}

BOOST_AUTO_TEST_CASE(rights_on_other_objects_are_not_judged) {
    auto const files = run_command({"diff", "D:(A;;FR;;;BU)", "D:(A;;FRFX;;;BU)"});
    BOOST_TEST((files.status == dsplan::exit_status::findings));
    BOOST_TEST(
        files.out.find("not judged: what the other ACEs come to on a file or folder; access is compared on "
                       "directory objects only\n") != std::string::npos);
    BOOST_TEST(files.out.find("read and execute") != std::string::npos);
    BOOST_TEST(files.out.find("wider") == std::string::npos);
    auto const service = run_command({"diff", "D:(A;;LC;;;BU)", "D:(A;;LCRP;;;BU)", "--for", "service"});
    BOOST_TEST(service.out.find("query the status, start") != std::string::npos);
    auto const same = run_command({"diff", "D:(A;;FR;;;BU)", "D:(A;;FR;;;BU)"});
    BOOST_TEST((same.status == dsplan::exit_status::success));
    auto const directory = run_command({"diff", "D:(A;;LC;;;BU)", "D:(A;;LCRP;;;BU)"});
    BOOST_TEST(directory.out.find("wider by read") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
