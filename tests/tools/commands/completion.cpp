#include <boost/test/unit_test.hpp>

#include <tests/tools/command_run.hpp>

BOOST_AUTO_TEST_SUITE(commands)
BOOST_AUTO_TEST_SUITE(completion)

namespace {

// What is offered for the last of the words, without what it means.
std::string offered(std::vector<std::string> words) {
    words.insert(words.begin(), "__complete");
    std::istringstream lines(run_command(std::move(words)).out);
    std::string all;
    for (std::string line; std::getline(lines, line);)
        all += (all.empty() ? "" : " ") + line.substr(0, line.find('\t'));
    return all;
}

} // namespace

BOOST_AUTO_TEST_CASE(subcommands_and_options_are_offered) {
    BOOST_TEST(offered({"ver"}) == "verify");
    BOOST_TEST(offered({"plan", "w"}) == "whfb");
    BOOST_TEST(offered({"help", "ldif", "inv"}) == "invert");
    BOOST_TEST(offered({"plan", "whfb", "--con"}) == "--connector");
    BOOST_TEST(offered({"plan", "whfb", "--base", "plan", "--tr"}) == "--trust");
    BOOST_TEST(offered({"verify", "--a"}) == "--after");
}

BOOST_AUTO_TEST_CASE(values_are_offered) {
    BOOST_TEST(offered({"plan", "whfb", "--trust", ""}) == "key certificate");
    BOOST_TEST(offered({"review", "a.ldf", "--format", ""}) == "text markdown html json");
    BOOST_TEST(offered({"review", "--rule", "password-s"}) == "password-set");
    BOOST_TEST(offered({"who-can", "--right", "take own"}) == "take ownership");
    BOOST_TEST(offered({"convert", "--to", "b"}) == "base64 binary");
    BOOST_TEST(offered({"ldif", "check", "--policy", "stray-dash="}) ==
               "stray-dash=accept stray-dash=warn stray-dash=reject");
    BOOST_TEST(offered({"ldif", "format", "--encoding", "utf-16"}) == "utf-16le utf-16be");
    BOOST_TEST(offered({"completion", "p"}) == "powershell");
    BOOST_TEST(offered({"recipe", "show", "helpdesk-p"}) == "helpdesk-password");
    BOOST_TEST(offered({"plan", "recipe", "helpdesk-p"}) == "helpdesk-password");
}

BOOST_AUTO_TEST_CASE(where_a_file_may_follow_nothing_is_offered) {
    BOOST_TEST(offered({"review", ""}) == "");
    BOOST_TEST(offered({"plan", "whfb", "--base", ""}) == "");
    BOOST_TEST(offered({"review", "--base", "pl"}) == "");
    BOOST_TEST(offered({"nonsense", "pl"}) == "");
}

BOOST_AUTO_TEST_CASE(another_shell_is_refused) {
    auto const run = run_command({"completion", "tcsh"});
    BOOST_TEST((run.status == dsplan::exit_status::error));
    BOOST_TEST(run.out.empty());
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
