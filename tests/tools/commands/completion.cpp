#include <boost/test/unit_test.hpp>

#include <cstdlib>
#include <tests/tools/command_run.hpp>

namespace {

// What bash offers after `words`, the last of which is being typed.
std::string completions(std::string const& words) {
    temporary_directory scratch;
    auto const script = run_command({"completion", "bash"});
    BOOST_REQUIRE((script.status == dsplan::exit_status::success));
    auto const file = scratch.path() / "run.sh";
    auto const out = scratch.path() / "out";
    write_file(file, script.out + "\nCOMP_WORDS=(" + words +
                         ")\nCOMP_CWORD=$((${#COMP_WORDS[@]} - 1))\n_dsplan\n" +
                         "printf '%s ' \"${COMPREPLY[@]}\"\n");
    auto const command = "bash --norc '" + file.string() + "' > '" + out.string() + "'";
    BOOST_REQUIRE(std::system(command.c_str()) == 0);
    return read_file(out);
}

} // namespace

BOOST_AUTO_TEST_SUITE(commands)
BOOST_AUTO_TEST_SUITE(completion)

BOOST_AUTO_TEST_CASE(subcommands_and_options_are_offered) {
    BOOST_TEST(completions("dsplan pl") == "plan ");
    BOOST_TEST(completions("dsplan plan w") == "whfb ");
    BOOST_TEST(completions("dsplan plan whfb --con") == "--connector ");
    BOOST_TEST(completions("dsplan plan whfb --base plan --tr") == "--trust ");
    BOOST_TEST(completions("dsplan verify --a") == "--after ");
}

BOOST_AUTO_TEST_CASE(another_shell_is_refused) {
    auto const run = run_command({"completion", "tcsh"});
    BOOST_TEST((run.status == dsplan::exit_status::error));
    BOOST_TEST(run.out.empty());
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
