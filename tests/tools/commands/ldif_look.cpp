#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cctype>
#include <set>
#include <tests/tools/command_run.hpp>

BOOST_AUTO_TEST_SUITE(commands)
BOOST_AUTO_TEST_SUITE(ldif_look)

// Looking into a file: show, search, mask.
namespace {

using dsplan::exit_status;

constexpr char const* exported = DSPLAN_TESTDATA "/exports/before-2016.ldf";

class folder {
public:
    explicit folder(std::string const& content) : here_(scratch_.path()) {
        write_file(scratch_.path() / "a.ldf", content);
    }
    [[nodiscard]] std::string read(std::string const& name) const {
        return read_file(scratch_.path() / name);
    }

private:
    temporary_directory scratch_;
    working_directory here_;
};

constexpr char const* small =
    "dn: DC=fabrikam,DC=com\nobjectClass: domainDNS\nobjectSid: S-1-5-21-1111111111-2222222222-3333333333\n\n"
    "dn: CN=Ruth Adams,OU=Sales,DC=fabrikam,DC=com\nobjectClass: user\ncn: Ruth Adams\n"
    "sAMAccountName: radams\nuserAccountControl: 66050\nmail: ruth.adams@fabrikam.com\n"
    "objectSid: S-1-5-21-1111111111-2222222222-3333333333-1104\nobjectGUID:: D9ZHW5BgskCfNypN6I8wYw==\n"
    "memberOf: CN=Domain Admins,CN=Users,DC=fabrikam,DC=com\nlastLogonTimestamp: 133012345678901234\n"
    "whenCreated: 20210304050607.0Z\nemployeeNumber: 4711\nthumbnailPhoto:: /9j/AAEC\n"
    "servicePrincipalName: HOST/ruth.fabrikam.com\n"
    "nTSecurityDescriptor: "
    "O:S-1-5-21-1111111111-2222222222-3333333333-512D:(A;;RP;;;S-1-5-21-1111111111-2222222222-"
    "3333333333-1104)\n\n";

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

} // namespace

BOOST_AUTO_TEST_CASE(show_reads_values_for_people) {
    folder const files(small);
    auto const run =
        run_command({"ldif", "show", "a.ldf", "--on", "cn=ruth adams,ou=Sales,DC=fabrikam,DC=com"});
    BOOST_TEST((run.status == exit_status::success), run.err);
    BOOST_TEST(run.out.starts_with("CN=Ruth Adams,OU=Sales,DC=fabrikam,DC=com\n"), run.out);
    for (auto const* const part : {"0x2 ACCOUNTDISABLE", "5b47d60f-6090-40b2-9f37-2a4de88f3063", "2021-03-04",
                                   "read all properties", "DACL"})
        BOOST_TEST(run.out.find(part) != std::string::npos, run.out);
    BOOST_TEST(run.out.find("DC=fabrikam,DC=com\nobjectClass") == std::string::npos);
    auto const missing = run_command({"ldif", "show", "a.ldf", "--on", "CN=Nobody,DC=fabrikam,DC=com"});
    BOOST_TEST((missing.status == exit_status::error));
    BOOST_TEST(missing.err == "error: expected the DN, SID or name of an object of the file, found "
                              "'CN=Nobody,DC=fabrikam,DC=com'\n");
}

BOOST_AUTO_TEST_CASE(show_takes_every_name_that_the_file_has_for_an_object) {
    folder const files(small);
    auto const wanted =
        run_command({"ldif", "show", "a.ldf", "--on", "CN=Ruth Adams,OU=Sales,DC=fabrikam,DC=com"});
    for (std::string const name : {"Ruth Adams", "RADAMS", "S-1-5-21-1111111111-2222222222-3333333333-1104"})
        BOOST_TEST(run_command({"ldif", "show", "a.ldf", "--on", name}).out == wanted.out, name);
    for (std::string const name : {"nobody", "Ruth", "S-1-5-21-1111111111-2222222222-3333333333-1105", "="}) {
        auto const run = run_command({"ldif", "show", "a.ldf", "--on", name});
        BOOST_TEST((run.status == exit_status::error), name);
        BOOST_TEST(run.out == "", name);
        BOOST_TEST(run.err.starts_with(
            "error: expected the DN, SID or name of an object of the file, found '" + name + "'\n"));
    }
}

BOOST_AUTO_TEST_CASE(search_writes_entries_as_ldif) {
    folder const files(small);
    auto const run =
        run_command({"ldif", "search", "a.ldf", "--filter", "(userAccountControl:1.2.840.113556.1.4.803:=2)",
                     "--attributes", "cn,MAIL"});
    BOOST_TEST(run.out == "dn: CN=Ruth Adams,OU=Sales,DC=fabrikam,DC=com\ncn: Ruth Adams\n"
                          "mail: ruth.adams@fabrikam.com\n\n");
    BOOST_TEST(run.err == "1 of 2 entries found.\n");
    auto const names = [](std::vector<std::string> options) {
        options.insert(options.begin(), {"ldif", "search", "a.ldf", "--attributes", "1.1"});
        return run_command(options).out;
    };
    BOOST_TEST(names({"--base-dn", "DC=Fabrikam,DC=com", "--scope", "base"}) == "dn: DC=fabrikam,DC=com\n\n");
    BOOST_TEST(names({"--base-dn", "OU=Sales,DC=fabrikam,DC=com", "--scope", "one"}) ==
               "dn: CN=Ruth Adams,OU=Sales,DC=fabrikam,DC=com\n\n");
    BOOST_TEST(names({"--base-dn", "DC=fabrikam,DC=com", "--scope", "one"}) == "");
    BOOST_TEST(names({"--filter", "(objectGUID=5B47D60F-6090-40b2-9f37-2a4de88f3063)"}) ==
               "dn: CN=Ruth Adams,OU=Sales,DC=fabrikam,DC=com\n\n");
    BOOST_TEST(names({"--filter",
                      "(objectGUID=\\0f\\d6\\47\\5b\\90\\60\\b2\\40\\9f\\37\\2a\\4d\\e8\\8f\\30\\63)"}) ==
               "dn: CN=Ruth Adams,OU=Sales,DC=fabrikam,DC=com\n\n");
    auto const wrong = run_command({"ldif", "search", "a.ldf", "--filter", "(cn=a"});
    BOOST_TEST((wrong.status == exit_status::error));
    BOOST_TEST(wrong.err ==
               "error: expected ')', found the end of the filter\n  --filter:1:6\n    (cn=a\n         ^\n");
}

constexpr char const* cut_off =
    "dn: DC=fabrikam,DC=com\nobjectClass: domainDNS\nobjectSid: S-1-5-21-1111111111-2222222222-3333333333\n\n"
    "dn: CN=Big,DC=fabrikam,DC=com\nobjectClass: group\nsAMAccountName: Big\n"
    "objectSid: S-1-5-21-1111111111-2222222222-3333333333-1701\n"
    "member;range=0-0: CN=Small,DC=fabrikam,DC=com\n\n"
    "dn: CN=Small,DC=fabrikam,DC=com\nobjectClass: group\nsAMAccountName: Small\n"
    "objectSid: S-1-5-21-1111111111-2222222222-3333333333-1702\nmember: CN=Big,DC=fabrikam,DC=com\n\n";

std::string searched(std::string const& filter) {
    auto const run = run_command({"ldif", "search", "a.ldf", "--attributes", "1.1", "--filter", filter});
    return run.err;
}

BOOST_AUTO_TEST_CASE(search_says_what_it_cannot_know) {
    folder const files(cut_off);
    BOOST_TEST(searched("(member=CN=Small,DC=fabrikam,DC=com)") == "1 of 3 entries found.\n");
    BOOST_TEST(searched("(!(member=CN=None,DC=fabrikam,DC=com))") ==
               "warning: 1 entry holds a range of values only: whether the filter holds there is not known\n"
               "2 of 3 entries found.\n");
    BOOST_TEST(searched("(title=x)") == "warning: no entry of the file has title: was it exported?\n"
                                        "0 of 3 entries found.\n");
    BOOST_TEST(
        searched("(!(email=x))") ==
        "warning: neither the schema nor the file has an attribute email: what the filter asks of it is "
        "undefined, and so is the opposite\n0 of 3 entries found.\n");
    BOOST_TEST(searched("(!(objectSid=S-1-5-21-1111111111-2222222222-3333333333-1702))") ==
               "2 of 3 entries found.\n");
    BOOST_TEST(
        searched("(!(groupType=many))") ==
        "warning: Active Directory compares groupType with numbers only: the item is undefined, and so is "
        "the opposite\n0 of 3 entries found.\n");
    BOOST_TEST(searched("(2.5.4.31=CN=Big,DC=fabrikam,DC=com)") ==
               "warning: 1 entry holds a range of values only: whether the filter holds there is not known\n"
               "1 of 3 entries found.\n");
}

BOOST_AUTO_TEST_CASE(members_behind_a_range_are_told) {
    folder const files(cut_off);
    auto const shown = run_command({"ldif", "show", "a.ldf"}).out;
    BOOST_TEST(std::count(shown.begin(), shown.end(), '#') == 1, shown);
    BOOST_TEST(shown.find("# a range of the values: the directory holds more of them") != std::string::npos);
    auto const effect = [](std::string const& group) {
        write_file(std::filesystem::absolute("c.ldf"),
                   "dn: CN=" + group + ",DC=fabrikam,DC=com\nchangetype: modify\nreplace: member\n-\n\n");
        return run_command({"effect", "c.ldf", "--base", "a.ldf"}).out;
    };
    std::string const told = "the export holds only some of the members of Big: the list was cut off";
    BOOST_TEST(effect("Big").find(told) != std::string::npos);
    BOOST_TEST(effect("Small").find("was cut off") == std::string::npos, effect("Small"));
}

BOOST_AUTO_TEST_CASE(an_empty_file_is_no_change) {
    folder const files("");
    for (auto const* const command : {"format", "show"})
        BOOST_TEST(run_command({"ldif", command, "a.ldf"}).err == "warning: the file holds no records\n");
    BOOST_TEST(run_command({"ldif", "expand", "a.ldf", "-c", "DC=X", "DC=x"}).err ==
               "0 replacements, 0 warnings.\n");
    BOOST_TEST(
        (run_command({"ldif", "mask", "a.ldf", "--key", "correct horse"}).status == exit_status::success));
    write_file(std::filesystem::absolute("b.ldf"), small);
    auto const applied = run_command({"ldif", "apply", "a.ldf", "--to", "b.ldf", "-o", "c.ldf"});
    BOOST_TEST(applied.err == "0 changes applied: 0 entries changed, 0 added, 0 removed; 0 skipped.\n");
    auto const found = run_command({"ldif", "search", "a.ldf"});
    BOOST_TEST((found.status != exit_status::error), found.err);
    BOOST_TEST(found.err == "0 of 0 entries found.\n");
}

BOOST_AUTO_TEST_CASE(mask_leaves_nothing_of_the_original) {
    folder const files(small);
    auto const run = run_command({"ldif", "mask", "a.ldf", "--key", "correct horse battery"});
    BOOST_TEST((run.status == exit_status::success), run.err);
    auto const masked = lower(run.out);
    for (auto const* const token :
         {"ruth", "adams", "radams", "sales", "fabrikam", "1111111111", "2222222222", "3333333333",
          "d9zhw5bgskcf", "133012345678901234", "20210304050607", "4711", "/9j/aaec"})
        BOOST_TEST(masked.find(token) == std::string::npos, token << "\n" << run.out);
    for (auto const* const kept : {"objectClass: user\n", "userAccountControl: 66050\n",
                                   "CN=Domain Admins,CN=Users,", "-1104)\n", "HOST/"})
        BOOST_TEST(run.out.find(kept) != std::string::npos, run.out);
    BOOST_TEST(run_command({"ldif", "mask", "a.ldf", "--key", "correct horse battery"}).out == run.out);
    BOOST_TEST(run_command({"ldif", "mask", "a.ldf", "--key", "another horse battery"}).out != run.out);
    BOOST_TEST(run_command({"ldif", "mask", "a.ldf", "--key", "short"}).err ==
               "error: expected a key of at least 8 octets, found 5\n"
               "  anyone who guesses the key can try names: take a sentence\n");
}

BOOST_AUTO_TEST_CASE(answers_about_a_masked_export_are_the_same_but_for_the_names) {
    folder const files(small);
    auto const run =
        run_command({"ldif", "mask", exported, "--key", "correct horse battery", "-o", "masked.ldf"});
    BOOST_TEST_REQUIRE((run.status == exit_status::success), run.err);
    auto const summary = [](std::string const& base) {
        auto const out = run_command({"inherit", "--base", base}).out;
        return out.substr(out.rfind("Inheritance: "));
    };
    BOOST_TEST(summary("masked.ldf") == summary(exported));
    auto const right = [](std::string const& base) {
        auto text = run_command({"who-can", "--base", base, "--right", "write msDS-KeyCredentialLink"}).out;
        return std::count(text.begin(), text.end(), '\n');
    };
    BOOST_TEST(right("masked.ldf") == right(exported));
    auto const masked = lower(files.read("masked.ldf"));
    for (auto const* const token : {"contoso", "becker", "abecker", "msol_4f2c9a1b7d3e", "adm-ruth"})
        BOOST_TEST(masked.find(token) == std::string::npos, token);
}

BOOST_AUTO_TEST_CASE(several_masked_files_fit_together) {
    folder const files(small);
    write_file(std::filesystem::absolute("b.ldf"),
               "dn: CN=RUTH ADAMS,OU=sales,DC=fabrikam,DC=com\nchangetype: modify\nreplace: title\ntitle: "
               "Clerk\n-\n\n");
    auto const run =
        run_command({"ldif", "mask", "a.ldf", "b.ldf", "--key", "correct horse battery", "-o", "masked"});
    BOOST_TEST((run.status == exit_status::success), run.err);
    auto const applied =
        run_command({"ldif", "apply", "masked/2.ldf", "--to", "masked/1.ldf", "--partial", "-o", "c.ldf"});
    BOOST_TEST((applied.status == exit_status::success), applied.err);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
