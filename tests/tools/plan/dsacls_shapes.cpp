#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <sstream>
#include <string>
#include <tests/tools/command_run.hpp>
#include <tests/tools/expected_files.hpp>
#include <vector>

BOOST_AUTO_TEST_SUITE(plan)
BOOST_AUTO_TEST_SUITE(dsacls_shapes)

namespace fs = std::filesystem;

namespace {

fs::path const testdata = DSPLAN_TESTDATA;

// A title, options of the command and the lines of a script.
struct shape {
    std::string title;
    std::vector<std::string> options;
    std::string script;
    std::string shown; // all of it
};

void add_line(shape& to, std::string const& line) {
    to.shown += line + "\n";
    if (to.title.empty()) {
        to.title = line;
    } else if (line.starts_with("$ ")) {
        auto const blank = line.find(' ', 2);
        to.options.push_back(line.substr(2, blank - 2));
        if (blank != std::string::npos)
            to.options.push_back(line.substr(blank + 1));
    } else {
        to.script += line + "\n";
    }
}

std::vector<shape> shapes_of(std::string const& text) {
    std::vector<shape> made(1);
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
        if (line.empty())
            made.emplace_back();
        else
            add_line(made.back(), line);
    return made;
}

// The findings that the reader itself adds.
std::string remarks_of(std::string const& shown) {
    std::string made;
    std::istringstream lines(shown);
    bool is_remark = false;
    for (std::string line; std::getline(lines, line);) {
        bool const begins = !line.starts_with("    ");
        if (begins)
            is_remark =
                line.find("script.cmd") != std::string::npos || line.find(" of dsacls ") != std::string::npos;
        if (is_remark)
            made += line + "\n";
    }
    return made;
}

std::string outcome_of(shape const& each) {
    temporary_directory scratch;
    working_directory const here(scratch.path());
    write_file(scratch.path() / "script.cmd", each.script);
    std::vector<std::string> arguments{"plan",
                                       "dsacls",
                                       "script.cmd",
                                       "--base",
                                       (testdata / "exports/before-2016.ldf").string(),
                                       "--write-request",
                                       "request.toml"};
    arguments.insert(arguments.end(), each.options.begin(), each.options.end());
    auto const run = run_command(arguments);
    auto made = run.err + remarks_of(run.out);
    if (fs::exists("request.toml"))
        made += read_file("request.toml").substr(std::string("format = 1\n\n").size());
    return made;
}

} // namespace

// Calls of dsacls as people write them: testdata/dsacls/shapes.txt, and what is read of each.
BOOST_AUTO_TEST_CASE(each_shape_is_read_or_refused) {
    std::string all;
    for (auto const& each : shapes_of(read_file(testdata / "dsacls/shapes.txt")))
        all += each.shown + "--\n" + outcome_of(each) + "\n";
    check_expected(testdata / "dsacls/expected", {{"shapes.txt", all}});
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
