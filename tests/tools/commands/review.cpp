#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include <tests/tools/command_run.hpp>
#include <tests/tools/expected_files.hpp>
#include <tests/tools/sddl_export.hpp>

BOOST_AUTO_TEST_SUITE(commands)
BOOST_AUTO_TEST_SUITE(review)

namespace fs = std::filesystem;
using dsplan::exit_status;

namespace {

fs::path const testdata = fs::path(DSPLAN_TESTDATA) / "review";

// A case is a folder: `request` has one argument of `dsplan review` a line, `expected` what comes of it in
// each format, and the status. Run with DSPLAN_WRITE_EXPECTED=1 to rewrite `expected`, and read the
// difference before you keep it.
void check_case(fs::path const& directory) {
    BOOST_TEST_CONTEXT("case " << directory.filename().string()) {
        working_directory const here(directory);
        named_files actual;
        for (std::string const format : {"text", "markdown", "json"}) {
            auto arguments = lines_of(read_file("request"));
            arguments.insert(arguments.begin(), "review");
            arguments.insert(arguments.end(), {"--format", format});
            auto const run = run_command(arguments);
            actual[format == "markdown" ? "review.md" : "review." + (format == "text" ? "txt" : format)] =
                run.out;
            actual["status"] = std::to_string(static_cast<int>(run.status)) + "\n";
            actual["stderr"] = run.err;
        }
        check_expected(directory / "expected", std::move(actual));
    }
}

std::string const change = "dn: CN=Ruth,DC=contoso,DC=com\n"
                           "changetype: modify\n"
                           "replace: unicodePwd\n"
                           "unicodePwd:: IgBQAHcAIgA=\n"
                           "-\n"
                           "\n";

// What the command does with the change in a file of its own.
command_run review_of(std::string const& text, std::vector<std::string> more = {}) {
    temporary_directory scratch;
    working_directory const here(scratch.path());
    write_file(scratch.path() / "change.ldf", text);
    more.insert(more.begin(), {"review", "change.ldf"});
    return run_command(std::move(more));
}

} // namespace

BOOST_AUTO_TEST_CASE(every_case_gives_what_its_folder_expects) {
    std::size_t checked = 0;
    for (auto const& each : fs::directory_iterator(testdata)) {
        if (!fs::exists(each.path() / "request"))
            continue;
        check_case(each.path());
        ++checked;
    }
    BOOST_TEST(checked >= 5U);
}

BOOST_AUTO_TEST_CASE(the_status_follows_the_severity_that_is_asked_for) {
    BOOST_TEST((review_of(change).status == exit_status::findings));
    BOOST_TEST((review_of(change, {"--fail-on", "warning"}).status == exit_status::success));
    BOOST_TEST((review_of(change, {"--skip", "password-set"}).status == exit_status::success));
    BOOST_TEST((review_of(change, {"--rule", "acl-order"}).status == exit_status::success));
    BOOST_TEST((review_of(change, {"--rule", "password-set"}).status == exit_status::findings));
}

BOOST_AUTO_TEST_CASE(a_rule_that_does_not_exist_is_an_error) {
    auto const run = review_of(change, {"--rule", "password"});
    BOOST_TEST((run.status == exit_status::error));
    BOOST_TEST(run.err == "error: expected the name of a rule, found 'password'\n"
                          "  did you mean password-set?\n"
                          "  did you mean password-policy?\n"
                          "  did you mean password-of-privileged?\n"
                          "  dsplan review --rules lists them\n");
}

BOOST_AUTO_TEST_CASE(the_rules_are_listed) {
    auto const run = run_command({"review", "--rules"});
    BOOST_TEST((run.status == exit_status::success));
    BOOST_TEST(run.out.find("danger   takeover-key-credential") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_password_is_never_shown) {
    for (std::string const format : {"text", "markdown", "html", "json"}) {
        auto const run = review_of(change, {"--format", format});
        BOOST_TEST(run.out.find("not shown") != std::string::npos, format);
        BOOST_TEST(run.out.find("IgBQ") == std::string::npos, format);
        BOOST_TEST(run.out.find("P\\x00w") == std::string::npos, format);
    }
}

BOOST_AUTO_TEST_CASE(a_file_that_is_not_there_is_an_error) {
    auto const run = run_command({"review", "no-such-file.ldf"});
    BOOST_TEST((run.status == exit_status::error));
    BOOST_TEST(run.err == "error: expected an LDIF file that can be read, found no such file\n"
                          "  no-such-file.ldf\n"
                          "  check the spelling and the folder\n");
}

BOOST_AUTO_TEST_CASE(an_output_file_appears_whole_or_not_at_all) {
    temporary_directory scratch;
    working_directory const here(scratch.path());
    write_file(scratch.path() / "change.ldf", change);
    BOOST_TEST(
        (run_command({"review", "change.ldf", "--format", "html", "-o", "no/such/review.html"}).status ==
         exit_status::error));
    BOOST_TEST((run_command({"review", "change.ldf", "--format", "html", "-o", "review.html"}).status ==
                exit_status::findings));
    BOOST_TEST(read_file("review.html").ends_with("</html>\n"));
}

// LDIF writes attribute names in any case.
BOOST_AUTO_TEST_CASE(the_case_of_an_attribute_name_changes_no_finding) {
    auto const of = [](std::string const& attribute) {
        auto const value =
            descriptor_line("O:BAG:BAD:PAI(A;;GA;;;BA)(OA;;WP;f3a64788-5306-11d1-a9c5-0000f80367c1"
                            ";;S-1-5-21-1-2-3-1300)");
        auto const run = review_of("dn: CN=AdminSDHolder,CN=System,DC=contoso,DC=com\nchangetype: modify\n"
                                   "replace: " +
                                       attribute + "\n" + attribute + value.substr(value.find(':')) + "-\n\n",
                                   {"--format", "json"});
        BOOST_TEST_REQUIRE((run.status == exit_status::findings), run.err);
        std::vector<std::string> rules;
        auto const printed = nlohmann::json::parse(run.out);
        for (auto const& each : printed.at("findings"))
            rules.push_back(each.at("rule"));
        return rules;
    };
    auto const expected = of("nTSecurityDescriptor");
    BOOST_TEST(!expected.empty());
    for (std::string const spelled : {"ntsecuritydescriptor", "NTSECURITYDESCRIPTOR", "nTsecurityDescriptor"})
        BOOST_TEST(of(spelled) == expected, boost::test_tools::per_element());
}

// A group is the same group under its new name, later in the same file.
BOOST_AUTO_TEST_CASE(text_is_replaced_as_ldifde_does_before_it_is_read) {
    temporary_directory scratch;
    working_directory const here(scratch.path());
    write_file(scratch.path() / "change.ldf",
               "dn: CN=Domain Admins,CN=Users,DC=X\nchangetype: modify\nadd: member\n"
               "member: CN=Mallory,CN=Users,DC=X\n-\n\n");
    auto const plain = run_command({"review", "change.ldf", "-c", "DC=X", "DC=contoso,DC=com"});
    BOOST_TEST(plain.out.find("changes CN=Domain Admins,CN=Users,DC=contoso,DC=com") != std::string::npos,
               plain.out);
    BOOST_TEST(plain.out.find("privileged-member") != std::string::npos);
    auto const named = run_command({"review", "change.ldf", "-c", "DC=X", "#defaultNamingContext"});
    BOOST_TEST((named.status == dsplan::exit_status::error));
    BOOST_TEST(named.err == "error: expected a value for #defaultNamingContext, found none\n"
                            "  say what the directory says: --root-dse defaultNamingContext=DC=...\n");
}

// ----- command files

namespace {

constexpr char const* sales = "OU=Sales,DC=contoso,DC=com";

// Of a command file beside the export of a domain.
command_run review_of_script(std::string const& name, std::string const& text,
                             std::vector<std::string> const& more = {}) {
    temporary_directory scratch;
    working_directory const here(scratch.path());
    write_file(scratch.path() / name, text);
    std::vector<std::string> arguments{"review", name, "--base",
                                       (fs::path(DSPLAN_TESTDATA) / "exports/before-2016.ldf").string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_command(std::move(arguments));
}

} // namespace

BOOST_AUTO_TEST_CASE(calls_of_dsacls_are_judged_by_what_they_do) {
    auto const script = std::string("@echo off\r\nrem delegates\r\ndsacls \"") + sales +
                        "\" /I:S /G \"CONTOSO\\Helpdesk:CA;Reset Password;user\"\r\n";
    auto const run = review_of_script("delegate.cmd", script, {"--json"});
    BOOST_TEST((run.status == exit_status::findings), run.err);
    auto const told = nlohmann::json::parse(run.out);
    BOOST_TEST(told.at("findings").dump().find("takeover-reset-password") != std::string::npos);
    BOOST_TEST(told.at("findings").dump().find("effect-takeover") != std::string::npos);
    BOOST_TEST(told.at("records").at(0).at("line") == 3);
    BOOST_TEST(told.at("effect").at("changes").at(0).at("accounts").dump().find("klund") !=
               std::string::npos);
    // The same in a batch file and in PowerShell's quotation marks.
    for (std::string const name : {"delegate.bat", "delegate.ps1"})
        BOOST_TEST(nlohmann::json::parse(
                       review_of_script(name, script.substr(script.find("dsacls")), {"--json"}).out)
                       .at("effect") == told.at("effect"));
}

BOOST_AUTO_TEST_CASE(a_command_that_is_no_call_of_dsacls_is_not_safe) {
    auto const run = review_of_script("more.cmd", "net group \"Domain Admins\" klund /add\r\n");
    BOOST_TEST((run.status == exit_status::findings));
    BOOST_TEST(run.out.find("no findings") == std::string::npos);
    BOOST_TEST(run.out.find("more.cmd:1: net is not dsacls: what it changes is not known") !=
               std::string::npos);
    BOOST_TEST(run.out.find("Not known: what 1 record that cannot be read does") != std::string::npos);
    auto const harmless =
        review_of_script("show.cmd", std::string("@echo off\r\ndsacls \"") + sales + "\"\r\n");
    BOOST_TEST((harmless.status == exit_status::success), harmless.out);
    BOOST_TEST(harmless.out.starts_with("Review of show.cmd\n"));
}

BOOST_AUTO_TEST_CASE(a_command_file_that_cannot_be_read_is_no_review) {
    auto const refused = [](command_run const& run) {
        BOOST_TEST((run.status == exit_status::error));
        BOOST_TEST(run.out == "");
        return run.err;
    };
    BOOST_TEST(refused(review_of_script("loop.cmd", "for %%u in (a b) do dsacls %%u /G BA:GA\r\n"))
                   .starts_with("error: loop.cmd:1:"));
    BOOST_TEST(
        refused(run_command({"review", "some.cmd"})) ==
        "error: expected --base with an export beside some.cmd: what calls of dsacls do depends on the "
        "lists that are there\n");
    BOOST_TEST(refused(run_command({"review", "some.cmd", "other.ldf"})) ==
               "error: expected LDIF files or command files, found both\n"
               "  review each kind in a run of its own\n");
}

BOOST_AUTO_TEST_CASE(a_rename_is_followed) {
    std::string const base =
        entry_text("DC=contoso,DC=com", "top domain domainDNS", "", sid_line(test_domain_sid)) +
        entry_text("CN=Users,DC=contoso,DC=com", "top container", "") +
        entry_text("CN=Domain Admins,CN=Users,DC=contoso,DC=com", "top group", "", sid_line("512")) +
        entry_text("CN=Mallory,CN=Users,DC=contoso,DC=com", "top person organizationalPerson user", "",
                   sid_line("1666"));
    auto const changes = [](std::string const& group) {
        return "dn: CN=" + group +
               ",CN=Users,DC=contoso,DC=com\nchangetype: modrdn\nnewrdn: CN=Printers\ndeleteoldrdn: 1\n\n" +
               member_change("CN=Printers,CN=Users,DC=contoso,DC=com",
                             "CN=Mallory,CN=Users,DC=contoso,DC=com");
    };
    temporary_directory scratch;
    working_directory const here(scratch.path());
    write_file(scratch.path() / "base.ldf", base);
    write_file(scratch.path() / "change.ldf", changes("Domain Admins"));
    auto const run = run_command({"review", "change.ldf", "--base", "base.ldf"});
    BOOST_TEST((run.status == exit_status::findings), run.err);
    BOOST_TEST(run.out.find("privileged-member") != std::string::npos, run.out);
    BOOST_TEST(
        run.out.find("changes the group CN=Printers,CN=Users,DC=contoso,DC=com (was CN=Domain Admins)") !=
            std::string::npos,
        run.out);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
