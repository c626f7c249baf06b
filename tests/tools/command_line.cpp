#include <boost/test/unit_test.hpp>

#include <regex>
#include <tests/tools/command_run.hpp>

using dsplan::exit_status;

namespace {

std::vector<std::string> words_of(std::string const& line) {
    std::istringstream stream(line);
    return {std::istream_iterator<std::string>(stream), std::istream_iterator<std::string>()};
}

// Every command that the completion script knows: it is made from the commands themselves.
std::vector<std::string> all_commands() {
    auto const script = run_command({"completion", "bash"}).out;
    std::regex const pattern("\n +'dsplan( [^']*)?'\\) words=");
    std::vector<std::string> commands;
    for (std::sregex_iterator each(script.begin(), script.end(), pattern), end; each != end; ++each)
        commands.push_back((*each)[1]);
    return commands;
}

} // namespace

BOOST_AUTO_TEST_SUITE(command_line)

BOOST_AUTO_TEST_CASE(every_command_explains_itself_with_an_example) {
    auto const commands = all_commands();
    BOOST_TEST(commands.size() >= 17U);
    for (std::string const& command : commands) {
        auto arguments = words_of(command);
        arguments.emplace_back("--help");
        auto const run = run_command(arguments);
        BOOST_TEST((run.status == exit_status::success), command);
        BOOST_TEST(run.out.find("\nExample") != std::string::npos,
                   "no example in dsplan" << command << " --help");
        BOOST_TEST(run.err.empty());
    }
}

BOOST_AUTO_TEST_CASE(a_mistake_in_the_call_names_the_help_to_read) {
    auto const run = run_command({"plan", "whfb", "--base", "a.ldf", "--connector", "x", "--trust", "both"});
    BOOST_TEST((run.status == exit_status::error));
    BOOST_TEST(run.out.empty());
    BOOST_TEST(run.err == "error: --trust: both not in {key,certificate}\n  see dsplan plan whfb --help\n");
}

BOOST_AUTO_TEST_CASE(the_version_is_printed) {
    auto const run = run_command({"--version"});
    BOOST_TEST((run.status == exit_status::success));
    BOOST_TEST(std::regex_match(run.out, std::regex("dsplan \\d+\\.\\d+\\.\\d+\n")));
}

BOOST_AUTO_TEST_SUITE_END()
