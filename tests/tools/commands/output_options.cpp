#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <tests/tools/command_run.hpp>
#include <tests/tools/subcommands.hpp>
#include <vector>

BOOST_AUTO_TEST_SUITE(commands)
BOOST_AUTO_TEST_SUITE(output_options)

using dsplan::exit_status;

namespace {

std::string const base = DSPLAN_TESTDATA "/exports/before-2016.ldf";
std::string const account = "MSOL_4f2c9a1b7d3e";
std::string const user = "CN=Anna Becker,OU=Sales,DC=contoso,DC=com";

// Questions that print something, one of each subcommand that asks about an export or a descriptor.
std::vector<std::vector<std::string>> const questions{
    {"access", "--base", base, "--who", account, "--on", user},
    {"access", "--base", base, "--who", account, "--on", user, "--right", "write member"},
    {"access", "--base", base, "--who", account, "--on", user, "--right", "write member", "--trace"},
    {"who-can", "--base", base, "--right", "write member", "--on", user},
    {"inherit", "--base", base, "--below", "OU=Sales,DC=contoso,DC=com"},
    {"keys", "--base", base},
    {"effect", DSPLAN_TESTDATA "/review/delegation/changes.ldf", "--base",
     DSPLAN_TESTDATA "/review/delegation/base.ldf"},
    {"review", DSPLAN_TESTDATA "/review/delegation/changes.ldf"},
    {"explain", "D:(A;;RPWP;;;AU)"},
    {"convert", "--to", "hex", DSPLAN_TESTDATA "/explain/delegation/descriptor", "--domain-sid",
     "S-1-5-21-1-2-3"},
    {"diff", "D:(A;;RP;;;AU)", "D:(A;;RPWP;;;AU)"},
    {"rights", "password"},
    {"applies-to"},
    {"ldif", "check", base},
    {"ldif", "show", base, "--on", user},
};

std::vector<std::string> with(std::vector<std::string> words, std::vector<std::string> const& more) {
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

command_run run_on_terminal(std::vector<std::string> arguments, std::size_t width) {
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream err;
    dsplan::console console{
        .in = in, .out = out, .err = err, .out_is_terminal = true, .no_color = true, .width = width};
    auto const status = dsplan::run(std::move(arguments), console);
    return {status, out.str(), err.str()};
}

std::string without_colors(std::string text) {
    for (auto start = text.find('\x1b'); start != std::string::npos; start = text.find('\x1b'))
        text.erase(start, text.find('m', start) - start + 1);
    return text;
}

} // namespace

BOOST_AUTO_TEST_CASE(every_subcommand_has_them) {
    auto const all = all_subcommands();
    BOOST_TEST(all.size() >= 30U);
    for (auto const& words : all) {
        auto const help = help_of(words);
        for (std::string const option : {"-o,--out", "--color auto|always|never", "--pager", "--quiet"})
            BOOST_TEST((help.find("\n  " + option) != std::string::npos), text_of(words) << ' ' << option);
    }
}

BOOST_AUTO_TEST_CASE(every_answer_has_every_format) {
    for (auto const& question : questions) {
        if (run_command(with(question, {"--help"})).out.find("--format") == std::string::npos)
            continue;
        auto const text = run_command(question);
        auto const starts = std::map<std::string, std::string>{
            {"json", "{"}, {"html", "<!DOCTYPE html>"}, {"markdown", "# "}};
        for (auto const& [format, start] : starts) {
            auto const made = run_command(with(question, {"--" + format}));
            BOOST_TEST((made.status == text.status), text_of(question) << ' ' << format << made.err);
            BOOST_TEST(made.out.starts_with(start), text_of(question) << ' ' << format << made.out);
            BOOST_TEST((made.out == run_command(with(question, {"--format", format})).out));
        }
    }
}

BOOST_AUTO_TEST_CASE(a_file_gets_what_standard_output_would) {
    temporary_directory const directory;
    auto const file = directory.path() / "made";
    for (auto const& question : questions) {
        auto const printed = run_command(question);
        BOOST_TEST((printed.status != exit_status::error), text_of(question) << printed.err);
        auto const written = run_command(with(question, {"-o", file.string()}));
        BOOST_TEST((written.status == printed.status), text_of(question));
        BOOST_TEST(written.out == "", text_of(question));
        BOOST_TEST((read_file(file) == printed.out), text_of(question));
    }
}

BOOST_AUTO_TEST_CASE(an_error_leaves_the_file_as_it_was) {
    temporary_directory const directory;
    auto const file = directory.path() / "made";
    write_file(file, "before\n");
    auto const run =
        run_command({"who-can", "--base", base, "--right", "no such right", "-o", file.string()});
    BOOST_TEST((run.status == exit_status::error));
    BOOST_TEST(read_file(file) == "before\n");
    BOOST_TEST((std::distance(std::filesystem::directory_iterator(directory.path()), {}) == 1));
}

BOOST_AUTO_TEST_CASE(colour_only_doubles_signs) {
    std::size_t colored = 0;
    for (auto const& question : questions) {
        auto const plain = run_command(question).out;
        auto const always = run_command(with(question, {"--color", "ALWAYS"})).out;
        BOOST_TEST((without_colors(always) == plain), text_of(question));
        colored += always == plain ? 0U : 1U;
    }
    BOOST_TEST(colored >= 4U);
    auto const review = run_command(with(questions[7], {"--color", "always"})).out;
    BOOST_TEST((review.find("  \x1b[31m✗\x1b[0m danger") != std::string::npos));
    // What programs read has none.
    for (std::string const form : {"json", "html", "markdown"})
        BOOST_TEST(
            (run_command(with(questions[7], {"--color", "always", "--format", form})).out.find('\x1b') ==
             std::string::npos));
    auto const formatted = run_command({"ldif", "format", base, "--color", "always"}).out;
    BOOST_TEST((formatted == run_command({"ldif", "format", base}).out));
}

BOOST_AUTO_TEST_CASE(lines_are_wrapped_on_a_terminal_alone) {
    std::vector<std::string> const question{"who-can",      "--base", base, "--right",
                                            "write member", "--on",   user};
    auto const whole = run_command(question).out;
    auto const shown = run_on_terminal(question, 40).out;
    BOOST_TEST(words_of(shown) == words_of(whole), boost::test_tools::per_element());
    std::istringstream lines(shown);
    for (std::string line; std::getline(lines, line);)
        BOOST_TEST((line.size() <= 40 || words_of(line).size() == 1), line);
    auto const json = run_on_terminal(with(question, {"--json"}), 40).out;
    BOOST_TEST((json == run_command(with(question, {"--json"})).out));
}

BOOST_AUTO_TEST_CASE(an_option_takes_one_value_each_time) {
    auto const first = run_command({"diff", "--class", "user", "D:(A;;RP;;;AU)", "D:(A;;RPWP;;;AU)"});
    BOOST_TEST((first.status == exit_status::findings), first.err);
    auto const last = run_command({"diff", "D:(A;;RP;;;AU)", "D:(A;;RPWP;;;AU)", "--class", "user"});
    BOOST_TEST(first.out == last.out);
    auto const changes = questions[7][1];
    auto const before = run_command({"effect", "--base", questions[6][3], changes});
    BOOST_TEST(before.out == run_command({"effect", changes, "--base", questions[6][3]}).out);
}

BOOST_AUTO_TEST_CASE(values_are_read_without_regard_to_case) {
    auto const same = [](std::vector<std::string> const& a, std::vector<std::string> const& b) {
        auto const expected = run_command(a);
        BOOST_TEST((expected.status != exit_status::error), expected.err);
        BOOST_TEST((run_command(b).out == expected.out), text_of(b));
    };
    same({"convert", "--to", "hex", "D:(A;;RP;;;AU)"}, {"convert", "--to", "HEX", "D:(A;;RP;;;AU)"});
    same({"explain", "D:(A;;FR;;;AU)", "--for", "file"}, {"explain", "D:(A;;FR;;;AU)", "--for", "File"});
    same(with(questions[7], {"--format", "json"}), with(questions[7], {"--format", "JSON"}));
    same({"ldif", "format", base, "--for", "rfc2849"}, {"ldif", "format", base, "--for", "RFC2849"});
    same(with(questions[3], {"--json"}), with(questions[3], {"--format", "json"}));
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
