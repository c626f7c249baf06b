#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <string>
#include <string_view>
#include <tests/tools/command_run.hpp>
#include <vector>

BOOST_AUTO_TEST_SUITE(commands)
BOOST_AUTO_TEST_SUITE(text_files)

// Text that people write by hand or PowerShell redirects: UTF-16, a byte order mark, Windows line ends.
namespace {

using dsplan::exit_status;

std::string const base = DSPLAN_TESTDATA "/exports/before-2016.ldf";

std::string in_utf16(std::string_view ascii, bool is_big) {
    std::string octets = is_big ? "\xFE\xFF" : "\xFF\xFE";
    for (char const letter : ascii)
        for (char const octet : {is_big ? '\0' : letter, is_big ? letter : '\0'})
            octets += octet;
    return octets;
}

std::string with_windows_lines(std::string_view text) {
    std::string lines;
    for (char const letter : text)
        lines += letter == '\n' ? std::string("\r\n") : std::string(1, letter);
    return lines;
}

// The same text in every way that Windows writes it.
std::vector<std::string> spellings_of(std::string_view text) {
    auto const lines = with_windows_lines(text);
    return {std::string(text), lines, "\xEF\xBB\xBF" + lines, in_utf16(lines, false), in_utf16(lines, true)};
}

// What the command prints with each spelling of the text in `file`, which must be the same.
std::string same_answer(std::string const& file, std::string_view text,
                        std::vector<std::string> const& command) {
    std::string first;
    for (auto const& spelled : spellings_of(text)) {
        write_file(std::filesystem::current_path() / file, spelled);
        auto const run = run_command(command);
        BOOST_TEST((run.status != exit_status::error), run.err);
        if (first.empty())
            first = run.out;
        BOOST_TEST(run.out == first, command.front() << ": " << run.out);
    }
    return first;
}

class scratch {
private:
    temporary_directory directory_;
    working_directory here_{directory_.path()};
};

} // namespace

BOOST_AUTO_TEST_CASE(calls_of_dsacls) {
    scratch const here;
    constexpr std::string_view call =
        "dsacls \"OU=Sales,DC=contoso,DC=com\" /I:S /G \"CONTOSO\\Helpdesk:CA;Reset Password;user\"\n";
    for (std::string const name : {"a.cmd", "a.ps1"}) {
        auto const made = same_answer(name, call, {"plan", "dsacls", name, "--base", base});
        BOOST_TEST(made.find("1 ACE to add") != std::string::npos, made);
    }
}

BOOST_AUTO_TEST_CASE(requests) {
    scratch const here;
    auto const made =
        same_answer("a.toml",
                    "format = 1\n[[grant]]\nto = \"Helpdesk\"\nrights = \"Reset Password\"\n"
                    "on = \"OU=Sales,DC=contoso,DC=com\"\napplies-to = \"descendant user objects\"\n",
                    {"plan", "request", "a.toml", "--base", base});
    BOOST_TEST(made.find("1 ACE to add") != std::string::npos, made);
}

BOOST_AUTO_TEST_CASE(lists_of_members_and_of_tier_zero) {
    scratch const here;
    auto const members = same_answer(
        "a.txt", "Anna Becker\nadm-ruth\n",
        {"plan", "members", "--group", "Helpdesk", "--from", "a.txt", "--mode", "ADD", "--base", base});
    BOOST_TEST(members.find("2 members to add") != std::string::npos, members);
    auto const ways = same_answer("a.txt", "# mine\nHelpdesk\nnobody-of-that-name\n",
                                  {"paths", "--base", base, "--tier0", "a.txt"});
    BOOST_TEST(ways.find("nobody-of-that-name") != std::string::npos, ways);
}

BOOST_AUTO_TEST_CASE(descriptors) {
    scratch const here;
    same_answer("a.txt", "D:(A;;RPWP;;;AU)\n", {"explain", "a.txt"});
    BOOST_TEST(same_answer("a.txt", "D:(A;;RPWP;;;AU)\n", {"convert", "a.txt", "--to", "SDDL"}) ==
               "D:(A;;RPWP;;;AU)\n");
    auto const made =
        same_answer("a.txt", "D:(A;;RPWP;;;AU)\n", {"diff", "D:(A;;RP;;;AU)", "a.txt", "--markdown"});
    BOOST_TEST(made.find("wider") != std::string::npos, made);
}

// What a plan writes is read back as it stands, with no option.
BOOST_AUTO_TEST_CASE(descriptors_of_a_plan) {
    scratch const here;
    auto const planned =
        run_command({"plan", "grant", "--to", "Helpdesk", "--right", "Reset Password", "--on", "Sales",
                     "--applies-to", "descendant user objects", "--base", base, "--out", "change"});
    BOOST_TEST((planned.status == exit_status::success), planned.err);
    std::size_t files = 0;
    for (auto const& each : std::filesystem::directory_iterator("change")) {
        if (each.path().extension() != ".sddl")
            continue;
        ++files;
        auto const text = read_file(each.path());
        auto const name = each.path().string();
        for (std::string const form : {"base64", "hex", "json"}) {
            auto const made = run_command({"convert", name, "--to", form});
            BOOST_TEST((made.status == exit_status::success), made.err);
            BOOST_TEST(made.err == "");
            auto const back = run_command({"convert", "-", "--to", "sddl"}, made.out);
            BOOST_TEST(back.out == text.substr(0, text.find_first_of("\r\n")) + "\n");
        }
        BOOST_TEST((run_command({"explain", name}).status == exit_status::success));
    }
    BOOST_TEST(files == 2U);
}

BOOST_AUTO_TEST_CASE(exports_and_changes) {
    scratch const here;
    constexpr std::string_view change = "dn: CN=Anna Becker,OU=Sales,DC=contoso,DC=com\nchangetype: modify\n"
                                        "replace: title\ntitle: Clerk\n-\n\n";
    auto const shown = same_answer("a.ldf", change, {"ldif", "show", "a.ldf"});
    BOOST_TEST(shown.find("Clerk") != std::string::npos, shown);
    same_answer("a.ldf", change,
                {"review", "a.ldf", "--base", base, "--rule", "PASSWORD-SET", "--fail-on", "Danger"});
    same_answer("a.ldf", "dn: DC=contoso,DC=com\nobjectClass: domainDNS\nobjectSid: S-1-5-21-1-2-3\n\n",
                {"who-can", "--base", "a.ldf", "--right", "write title"});
}

BOOST_AUTO_TEST_CASE(lines_of_standard_input) {
    for (auto const& input : spellings_of("D:(A;;RPWP;;;AU)\nD:(A;;RP;;;AU)\n")) {
        auto const run = run_command({"convert", "--to", "sddl", "--lines"}, input);
        BOOST_TEST(run.out == "D:(A;;RPWP;;;AU)\nD:(A;;RP;;;AU)\n");
    }
    std::string first;
    for (auto const& input : spellings_of("adm-ruth\tOU=Sales,DC=contoso,DC=com\n")) {
        auto const run = run_command({"access", "--base", base, "--lines"}, input);
        BOOST_TEST((run.status == exit_status::success), run.out);
        first = first.empty() ? run.out : first;
        BOOST_TEST(run.out == first);
    }
}

BOOST_AUTO_TEST_CASE(an_empty_file_is_an_error) {
    scratch const here;
    write_file(std::filesystem::current_path() / "empty", "");
    for (std::vector<std::string> const& command :
         {std::vector<std::string>{"diff", "empty", "D:(A;;RP;;;AU)"},
          {"diff", "D:(A;;RP;;;AU)", "empty"},
          {"diff", "empty", "empty"}}) {
        auto const run = run_command(command);
        BOOST_TEST((run.status == exit_status::error));
        BOOST_TEST(run.err ==
                   "error: expected a descriptor or an LDIF export, found an empty file\n  empty\n");
    }
    auto const run = run_command({"convert", "empty", "--to", "sddl"});
    BOOST_TEST((run.status == exit_status::error));
    BOOST_TEST(run.err == "error: expected a security descriptor, found nothing\n");
}

BOOST_AUTO_TEST_CASE(a_misspelled_rule_gets_the_nearest_name) {
    scratch const here;
    write_file(std::filesystem::current_path() / "a.ldf", "dn: DC=contoso,DC=com\nchangetype: delete\n\n");
    auto const run = run_command({"review", "a.ldf", "--skip", "pasword-set"});
    BOOST_TEST((run.status == exit_status::error));
    BOOST_TEST(run.err == "error: expected the name of a rule, found 'pasword-set'\n"
                          "  did you mean password-set?\n"
                          "  dsplan review --rules lists them\n");
}

// What is looked up has candidates, in every command.
BOOST_AUTO_TEST_SUITE(names_of_things)

BOOST_AUTO_TEST_CASE(a_class_that_the_schema_lacks_is_no_answer) {
    std::vector<std::string> const asked{"who-can", "--base", base, "--right", "write title", "--class"};
    auto const with = [&asked](std::string const& name) {
        auto words = asked;
        words.push_back(name);
        return run_command(words);
    };
    BOOST_TEST((with("usr").status == exit_status::error));
    BOOST_TEST(with("usr").err.find(
                   "--class: expected a class of the schema, found 'usr'\n  did you mean user?\n") !=
                   std::string::npos,
               with("usr").err);
    BOOST_TEST(with("USER").out == with("user").out);
    BOOST_TEST(with("printQueue").out == "Who can: write title, on 0 objects\n"
                                         "  Nothing was asked: the export holds no such object.\n");
}

BOOST_AUTO_TEST_CASE(an_entry_is_shown_by_any_of_its_names) {
    auto const shown = [](std::string const& name) {
        return run_command({"ldif", "show", base, "--on", name});
    };
    auto const domain = shown("DC=contoso,DC=com").out;
    BOOST_TEST(shown("contoso.com").out == domain);
    auto const group = shown("CN=Helpdesk,OU=Admins,DC=contoso,DC=com").out;
    BOOST_TEST(!group.empty());
    BOOST_TEST(shown("CONTOSO\\helpdesk").out == group);
    BOOST_TEST(shown("salse").err ==
               "error: expected the DN, SID or name of an object of the file, found 'salse'\n"
               "  did you mean OU=Sales,DC=contoso,DC=com?\n");
    auto const searched = [](std::string const& where) {
        return run_command({"ldif", "search", base, "--base-dn", where, "--scope", "ONE"}).out;
    };
    BOOST_TEST(searched("contoso.com") == searched("DC=contoso,DC=com"));
}

BOOST_AUTO_TEST_CASE(a_recipe_is_found_in_any_case) {
    auto const recipe = run_command({"recipe", "show", "helpdesk-password"});
    BOOST_TEST((recipe.status == exit_status::success));
    BOOST_TEST(run_command({"recipe", "show", "Helpdesk-Password"}).out == recipe.out);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
