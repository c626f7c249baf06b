#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <tests/tools/command_run.hpp>

namespace {

// testdata/explain/NAME has the descriptor in `descriptor` and what is said about it in `text`, `bytes` and
// `json`. Run with DSPLAN_WRITE_EXPECTED=1 to write these anew, and read the difference before you keep it.
void check_case(std::filesystem::path const& directory) {
    auto descriptor = read_file(directory / "descriptor");
    descriptor.pop_back(); // the line end
    for (std::string const view : {"text", "bytes", "json"}) {
        std::vector<std::string> arguments{"explain", descriptor, "--domain-sid", "S-1-5-21-1-2-3"};
        if (view != "text")
            arguments.push_back("--" + view);
        auto const run = run_command(arguments);
        BOOST_TEST((run.status == dsplan::exit_status::success));
        if (std::getenv("DSPLAN_WRITE_EXPECTED") != nullptr)
            write_file(directory / view, run.out);
        BOOST_TEST(run.out == read_file(directory / view));
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE(commands)
BOOST_AUTO_TEST_SUITE(explain)

BOOST_AUTO_TEST_CASE(cases) {
    for (auto const& each : std::filesystem::directory_iterator(DSPLAN_TESTDATA "/explain"))
        BOOST_TEST_CONTEXT(each.path().filename().string())
    check_case(each.path());
}

BOOST_AUTO_TEST_CASE(what_is_no_descriptor) {
    auto const run = run_command({"explain", "D:(A;;GA;;;B1)"});
    BOOST_TEST((run.status == dsplan::exit_status::error));
    BOOST_TEST(run.out == "");
    BOOST_TEST(run.err == "error: column 12: expected a SID or a two-letter alias, found 'B1'\n"
                          "    D:(A;;GA;;;B1)\n"
                          "               ^^ account, field 6 of 6\n"
                          "    did you mean BA (Administrators)?\n");
}

BOOST_AUTO_TEST_CASE(an_absent_a_null_and_an_empty_list_are_told_apart) {
    auto const dacl = [](std::string const& text) {
        auto const out = run_command({"explain", text}).out;
        auto const begin = out.find("DACL\n") + 5;
        return out.substr(begin, out.find('\n', begin) - begin);
    };
    BOOST_TEST(dacl("O:BA") == "  there is no DACL");
    BOOST_TEST(dacl("D:NO_ACCESS_CONTROL") ==
               "  NULL: everybody may do everything (no list, not an empty one)");
    BOOST_TEST(dacl("D:") == "  empty: nobody may do anything but the owner, who may change it");
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
