#include <tools/dsplan/commands/page_sources.hpp>
#include <tools/dsplan/ground/sha256.hpp>

#include <boost/test/unit_test.hpp>

#include <tests/tools/command_run.hpp>
#include <tests/tools/expected_files.hpp>

BOOST_AUTO_TEST_SUITE(commands)
BOOST_AUTO_TEST_SUITE(page_sources)

namespace fs = std::filesystem;
using dsplan::commands::page_sources;

namespace {

fs::path const testdata = DSPLAN_TESTDATA;

} // namespace

BOOST_AUTO_TEST_CASE(a_file_is_its_name_and_its_sum_and_a_text_is_neither) {
    temporary_directory const scratch;
    write_file(scratch.path() / "base.ldf", "dn: DC=x\n");
    std::vector<std::string> const files{(scratch.path() / "base.ldf").string(), "-", "D:(A;;RP;;;AU)"};
    auto const made = page_sources({{"base", files}}).sources;
    BOOST_REQUIRE(made.size() == 3U);
    BOOST_TEST(made[0].file.name == "base.ldf");
    BOOST_TEST(made[0].file.size.value() == 9U);
    BOOST_TEST(made[0].file.sha256 == dsplan::sha256_hex("dn: DC=x\n"));
    BOOST_TEST(made[1].file.name == "standard input");
    BOOST_TEST(made[2].file.name == "given on the command line");
    BOOST_TEST(made[2].file.sha256.empty());
}

// Whoever holds a page in hand can say which files it is about.
BOOST_AUTO_TEST_CASE(every_page_names_its_files_by_their_sums) {
    working_directory const here(testdata / "review/delegation");
    auto const base = dsplan::sha256_hex(read_file("base.ldf"));
    auto const change = dsplan::sha256_hex(read_file("changes.ldf"));
    using words = std::vector<std::string>;
    for (auto const& [command, reads_change] :
         {std::pair(words{"review", "changes.ldf", "--base", "base.ldf"}, true),
          std::pair(words{"effect", "changes.ldf", "--base", "base.ldf"}, true),
          std::pair(words{"ldif", "check", "changes.ldf", "--base", "base.ldf"}, true),
          std::pair(words{"paths", "--change", "changes.ldf", "--base", "base.ldf"}, true),
          std::pair(words{"diff", "base.ldf", "base.ldf"}, false),
          std::pair(words{"inherit", "--base", "base.ldf"}, false),
          std::pair(words{"who-can", "--base", "base.ldf", "--right", "delete"}, false)}) {
        auto with_format = command;
        with_format.insert(with_format.end(), {"--format", "html"});
        auto const page = run_command(with_format).out;
        BOOST_TEST(page.find("class=\"verdict ") != std::string::npos, command.front());
        BOOST_TEST(page.find("<code>" + base + "</code>") != std::string::npos, command.front());
        BOOST_TEST((page.find("<code>" + change + "</code>") != std::string::npos) == reads_change,
                   command.front());
        BOOST_TEST(page.find(testdata.string()) == std::string::npos, command.front());
    }
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
