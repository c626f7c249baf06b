#include <boost/test/unit_test.hpp>

#include <regex>
#include <tests/tools/command_run.hpp>

BOOST_AUTO_TEST_SUITE(command_line)

using dsplan::exit_status;

namespace {

std::vector<std::string> words_of(std::string const& line) {
    std::istringstream stream(line);
    return {std::istream_iterator<std::string>(stream), std::istream_iterator<std::string>()};
}

// What follows the name of the program in every command.
std::vector<std::string> all_commands() {
    std::istringstream listed(run_command({"__commands"}).out);
    std::vector<std::string> commands;
    for (std::string line; std::getline(listed, line);)
        commands.push_back(line.substr(std::string("dsplan").size()));
    return commands;
}

} // namespace

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
    BOOST_TEST(run.err ==
               "error: --trust: expected key or certificate, found 'both'\n  see dsplan plan whfb --help\n");
}

BOOST_AUTO_TEST_CASE(a_misspelled_value_gets_the_nearest) {
    std::vector<std::pair<std::vector<std::string>, std::string>> const calls{
        {{"plan", "whfb", "--base", "a.ldf", "--connector", "x", "--trust", "certt"},
         "--trust: expected key or certificate, found 'certt'\n  did you mean certificate?\n"},
        {{"rights", "--format", "htlm"},
         "--format: expected text, markdown, html or json, found 'htlm'\n  did you mean html?\n"},
        {{"ldif", "check", "a.ldf", "--for", "ldifd"},
         "--for: expected ldifde or rfc2849, found 'ldifd'\n  did you mean ldifde?\n"},
        {{"ldif", "check", "a.ldf", "--encoding", "UTF8"},
         "--encoding: expected auto, latin1, utf-16be, utf-16le, utf-8 or windows-1252, found 'UTF8'\n"
         "  did you mean utf-8?\n"},
        {{"ldif", "check", "a.ldf", "--color", "alway"},
         "--color: expected auto, always or never, found 'alway'\n  did you mean always?\n"},
        {{"explain", "D:", "--for", "regstry"},
         "--for: expected directory, file, registry, service, service-manager, event-log, com, wmi, printer, "
         "process or share, found 'regstry'\n  did you mean registry?\n"}};
    for (auto const& [call, expected] : calls) {
        auto const run = run_command(call);
        BOOST_TEST((run.status == exit_status::error));
        BOOST_TEST(run.err.find("error: " + expected + "  see dsplan ") == 0U, run.err);
    }
}

BOOST_AUTO_TEST_CASE(values_are_taken_in_any_case) {
    BOOST_TEST((run_command({"rights", "password", "--format", "JSON"}).status == exit_status::success));
    BOOST_TEST(
        (run_command({"explain", "D:(A;;RP;;;AU)", "--for", "Registry"}).status == exit_status::success));
    BOOST_TEST((run_command({"convert", "D:", "--to", "Hex"}).status == exit_status::success));
}

BOOST_AUTO_TEST_CASE(help_is_a_word_too) {
    for (std::string const& command : all_commands()) {
        if (command == " help")
            continue;
        auto by_option = words_of(command);
        by_option.emplace_back("--help");
        auto by_word = words_of(command);
        by_word.insert(by_word.begin(), "help");
        BOOST_TEST(run_command(by_word).out == run_command(by_option).out);
    }
    BOOST_TEST(run_command({"help"}).out == run_command({"--help"}).out);
}

BOOST_AUTO_TEST_CASE(a_bare_command_shows_its_help_and_is_a_mistake) {
    for (std::vector<std::string> const& command :
         {std::vector<std::string>{}, std::vector<std::string>{"plan"}, std::vector<std::string>{"ldif"}}) {
        auto asked = command;
        asked.emplace_back("--help");
        auto const run = run_command(command);
        BOOST_TEST((run.status == exit_status::error));
        BOOST_TEST(run.out == run_command(asked).out);
        BOOST_TEST(run.err == "");
    }
}

BOOST_AUTO_TEST_CASE(an_unknown_subcommand_is_named_with_the_one_that_was_meant) {
    auto const error_of = [](std::vector<std::string> arguments) {
        auto const run = run_command(std::move(arguments));
        BOOST_TEST((run.status == exit_status::error));
        BOOST_TEST(run.out == "");
        return run.err;
    };
    BOOST_TEST(error_of({"revew", "x.ldf"}) == "error: expected a subcommand of dsplan, found 'revew'\n"
                                               "  did you mean review?\n"
                                               "  see dsplan --help\n");
    BOOST_TEST(error_of({"ldif", "aply"}) == "error: expected a subcommand of dsplan ldif, found 'aply'\n"
                                             "  did you mean apply?\n"
                                             "  see dsplan ldif --help\n");
    BOOST_TEST(error_of({"help", "diffs"}) == "error: expected a subcommand of dsplan, found 'diffs'\n"
                                              "  did you mean diff?\n"
                                              "  see dsplan --help\n");
    BOOST_TEST(error_of({"zzzzzzz\x1b"}) == "error: expected a subcommand of dsplan, found 'zzzzzzz\\x1b'\n"
                                            "  see dsplan --help\n");
}

BOOST_AUTO_TEST_CASE(an_unknown_option_is_named_with_the_one_that_was_meant) {
    auto const error_of = [](std::vector<std::string> arguments) {
        return run_command(std::move(arguments)).err;
    };
    BOOST_TEST(error_of({"review", "--bse", "a.ldf"}) == "error: dsplan review has no option '--bse'\n"
                                                         "  did you mean --base?\n"
                                                         "  see dsplan review --help\n");
    BOOST_TEST(error_of({"verify", "-plan", "x"}) == "error: dsplan verify has no option '-plan'\n"
                                                     "  did you mean --plan?\n"
                                                     "  see dsplan verify --help\n");
    BOOST_TEST(error_of({"--verison"}) == "error: dsplan has no option '--verison'\n"
                                          "  did you mean --version?\n"
                                          "  see dsplan --help\n");
    BOOST_TEST(error_of({"review", "x.ldf", "--qqqq=1"}) == "error: dsplan review has no option '--qqqq=1'\n"
                                                            "  see dsplan review --help\n");
    BOOST_TEST(error_of({"diff", "D:", "D:", "D:"}) ==
               "error: dsplan diff does not know what to do with 'D:'\n"
               "  see dsplan diff --help\n");
}

BOOST_AUTO_TEST_CASE(one_spelling_holds_in_every_command) {
    std::vector<std::string> const diff{"diff", "D:(A;;RP;;;AU)", "D:(A;;RPWP;;;AU)"};
    std::vector<std::string> const explain{"explain", "D:(A;;RP;;;AU)"};
    auto const same = [](std::vector<std::string> one, std::vector<std::string> const& more,
                         std::vector<std::string> const& other_more) {
        auto other = one;
        one.insert(one.end(), more.begin(), more.end());
        other.insert(other.end(), other_more.begin(), other_more.end());
        auto const run = run_command(one);
        BOOST_TEST(run.err == "");
        BOOST_TEST(run.out == run_command(other).out, more.front());
    };
    same(diff, {"--json"}, {"--format", "json"});
    same(diff, {"--html"}, {"--format", "html"});
    same(explain, {"--format", "json"}, {"--json"});
    same(explain, {"--format=html"}, {"--html"});
    same(explain, {"--format", "text"}, {});
    same(explain, {"--format", "JSON"}, {"--json"});
    same(explain, {"--format=Html"}, {"--html"});
    same(diff, {"--format", "Markdown"}, {"--format", "markdown"});
    same(explain, {"--format", "markdown"}, {"--markdown"});
    BOOST_TEST(run_command({"convert", "D:", "--to", "hex", "--format", "markdown"}).err ==
               "error: dsplan convert has no option '--format'\n"
               "  see dsplan convert --help\n");
}

BOOST_AUTO_TEST_CASE(old_spellings_are_taken_and_not_shown) {
    auto const help = run_command({"ldif", "apply", "--help"}).out;
    BOOST_TEST((help.find("--base") != std::string::npos));
    BOOST_TEST((help.find("--to") == std::string::npos));
    BOOST_TEST(run_command({"ldif", "apply", "no.ldf", "--to", "no.ldf"}).err ==
               run_command({"ldif", "apply", "--base", "no.ldf", "no.ldf"}).err);
}

BOOST_AUTO_TEST_CASE(every_command_has_a_manual_page) {
    for (std::string const& command : all_commands()) {
        auto arguments = words_of(command);
        arguments.insert(arguments.begin(), "__manual");
        auto const page = run_command(arguments).out;
        for (std::string const title : {"NAME", "SYNOPSIS", "DESCRIPTION", "OPTIONS", "EXAMPLES"})
            BOOST_TEST((page.find(".SH " + title + "\n") != std::string::npos), command << " " << title);
    }
}

BOOST_AUTO_TEST_CASE(the_version_is_printed) {
    auto const run = run_command({"--version"});
    BOOST_TEST((run.status == exit_status::success));
    BOOST_TEST(
        std::regex_match(run.out, std::regex("dsplan \\d+\\.\\d+\\.\\d+ \\((commit [0-9a-f]+, )?\\w+\\)\n")));
}

BOOST_AUTO_TEST_SUITE_END()
