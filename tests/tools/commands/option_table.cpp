#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <tests/tools/command_run.hpp>
#include <tests/tools/expected_files.hpp>
#include <tests/tools/subcommands.hpp>
#include <vector>

BOOST_AUTO_TEST_SUITE(commands)
BOOST_AUTO_TEST_SUITE(option_table)

namespace {

using option_names = std::set<std::string>;

// What the option does, by its name.
std::map<std::string, std::string> options_of(std::vector<std::string> words) {
    words.insert(words.begin(), "__complete");
    words.emplace_back("--");
    std::istringstream lines(run_command(std::move(words)).out);
    std::map<std::string, std::string> options;
    for (std::string line; std::getline(lines, line);) {
        auto const tab = std::min(line.find('\t'), line.size());
        options.emplace(line.substr(0, tab), line.substr(std::min(tab + 1, line.size())));
    }
    return options;
}

option_names names_of(std::vector<std::string> const& words) {
    option_names names;
    for (auto const& each : options_of(words))
        names.insert(each.first);
    return names;
}

option_names lacking(option_names const& names, option_names const& wanted) {
    option_names missing;
    std::set_difference(wanted.begin(), wanted.end(), names.begin(), names.end(),
                        std::inserter(missing, missing.end()));
    return missing;
}

std::string listed(option_names const& names) {
    std::string text;
    for (auto const& each : names)
        text += ' ' + each;
    return text;
}

option_names const of_everyone{"--color", "--help", "--out", "--pager", "--quiet"};
option_names const of_reading{"--encoding", "--incomplete", "--partial",
                              "--policy",   "--url-root",   "--skip-unreadable"};
option_names const of_formats{"--format", "--html", "--json", "--markdown"};

// Text as it stands, in which no attribute means anything.
std::set<std::string> const without_schema{"ldif expand", "ldif format", "ldif mask"};

// They write LDIF, octets or a script.
std::set<std::string> const without_format{"completion",  "convert",     "ldif apply",
                                           "ldif diff",   "ldif expand", "ldif format",
                                           "ldif invert", "ldif mask",   "ldif search"};

} // namespace

// The table is for people who look for an option, and shows in a difference what a new command brings.
BOOST_AUTO_TEST_CASE(every_subcommand_is_in_the_table) {
    std::string table = "# A subcommand and its options, a line each.\n";
    for (auto const& words : all_subcommands()) {
        auto names = names_of(words);
        for (auto const& each : of_everyone)
            names.erase(each);
        table += text_of(words) + ':' + listed(names) + '\n';
    }
    check_expected(DSPLAN_TESTDATA "/commands", {{"options.txt", table}});
}

BOOST_AUTO_TEST_CASE(every_subcommand_has_what_all_have) {
    for (auto const& words : all_subcommands())
        BOOST_TEST(listed(lacking(names_of(words), of_everyone)) == "", text_of(words));
}

BOOST_AUTO_TEST_CASE(what_reads_ldif_is_told_how) {
    for (auto const& words : all_subcommands()) {
        auto const names = names_of(words);
        auto const command = text_of(words);
        auto wanted = of_reading;
        if (!without_schema.contains(command))
            wanted.insert("--schema");
        auto const help = help_of(words);
        bool const reads = help.substr(0, help.find("\nExample")).find(".ldf") != std::string::npos;
        BOOST_TEST(listed(reads ? lacking(names, wanted) : option_names()) == "", command);
        BOOST_TEST((names.contains("--encoding") == reads), command);
    }
}

BOOST_AUTO_TEST_CASE(what_answers_does_in_every_format) {
    for (auto const& words : all_subcommands()) {
        auto const command = text_of(words);
        bool const answers = !without_format.contains(command);
        auto const names = names_of(words);
        BOOST_TEST(listed(answers ? lacking(names, of_formats) : option_names()) == "", command);
        BOOST_TEST((names.contains("--format") == answers), command);
        auto const help = help_of(words);
        BOOST_TEST((!answers || help.find("--format text|markdown|html|json") != std::string::npos), command);
    }
}

BOOST_AUTO_TEST_CASE(a_name_takes_one_kind_of_value) {
    std::map<std::string, std::set<std::string>> const kinds{
        {"--base", {"EXPORT.ldf"}},    {"--below", {"OBJECT"}},
        {"--class", {"CLASS"}},        {"--encoding", {"NAME"}},
        {"--on", {"OBJECT"}},          {"--policy", {"NAME=ACTION"}},
        {"--right", {"RIGHT"}},        {"--schema", {"SCHEMA.ldf"}},
        {"--url-root", {"FOLDER"}},    {"--who", {"ACCOUNT"}},
        {"--domain-sid", {"SID"}},     {"--root-domain-sid", {"SID"}},
        {"--fold", {"COLUMN"}},        {"--recipes", {"DIR"}},
        {"--reason", {"TEXT"}},        {"--color", {"auto|always|never"}},
        {"--out", {"DIR", "FILE"}},    {"--write-request", {"FILE.toml"}},
        {"--root-dse", {"NAME=VALUE"}}};
    for (auto const& words : all_subcommands()) {
        std::istringstream lines(help_of(words));
        for (std::string line; std::getline(lines, line);) {
            auto const parts = words_of(line);
            if (parts.size() < 2 || !line.starts_with("  -"))
                continue;
            auto const name = parts.front().substr(
                parts.front().find("--") == std::string::npos ? 0 : parts.front().find("--"));
            auto const kind = kinds.find(name);
            if (kind != kinds.end())
                BOOST_TEST(kind->second.contains(parts[1]), text_of(words) << ": " << line);
        }
    }
}

BOOST_AUTO_TEST_CASE(descriptions_are_sentences) {
    for (auto const& words : all_subcommands())
        for (auto const& [name, what] : options_of(words)) {
            bool const is_sentence =
                !what.empty() && std::islower(static_cast<unsigned char>(what.front())) == 0;
            BOOST_TEST(is_sentence, text_of(words) << ' ' << name << ": " << what);
            BOOST_TEST(!what.ends_with('.'), text_of(words) << ' ' << name << ": " << what);
        }
}

BOOST_AUTO_TEST_CASE(old_spellings_are_hidden_and_taken) {
    std::set<std::string> const old{"--output", "--colour",     "--baseline",
                                    "--export", "--keep-going", "--to-base"};
    for (auto const& words : all_subcommands())
        BOOST_TEST(lacking(names_of(words), old).size() == old.size(), text_of(words));
    temporary_directory const directory;
    working_directory const inside(directory.path());
    write_file(directory.path() / "a.ldf",
               "dn: DC=contoso,DC=com\nchangetype: modify\nreplace: description\ndescription: a\n-\n\n"
               "dn: no name\nchangetype: modify\n\n");
    for (auto const* const option : {"--skip-unreadable", "--keep-going"}) {
        auto const run = run_command({"ldif", "format", "a.ldf", option});
        BOOST_TEST((run.status != dsplan::exit_status::error), option << run.err);
    }
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
