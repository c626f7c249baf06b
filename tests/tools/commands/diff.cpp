#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstdlib>
#include <set>
#include <tests/tools/command_run.hpp>
#include <tests/tools/sddl_export.hpp>

BOOST_AUTO_TEST_SUITE(commands)
BOOST_AUTO_TEST_SUITE(diff)

namespace {

// testdata/diff/NAME has `before` and `after` and what is said about them in each format. Run with
// DSPLAN_WRITE_EXPECTED=1 to rewrite these, and read the difference before you keep it.
void check_case(std::filesystem::path const& directory) {
    auto const status = read_file(directory / "status") == "0\n" ? dsplan::exit_status::success
                                                                 : dsplan::exit_status::findings;
    auto const old_directory = std::filesystem::current_path();
    std::filesystem::current_path(directory); // so that no path of this machine is in what is written
    for (std::string const format : {"text", "markdown", "json", "html"}) {
        auto const run =
            run_command({"diff", "before", "after", "--format", format, "--domain-sid", "S-1-5-21-1-2-3"});
        BOOST_TEST((run.status == status));
        BOOST_TEST(run.err == "");
        auto const shown = format == "html" ? content_of_page(run.out) : run.out;
        if (std::getenv("DSPLAN_WRITE_EXPECTED") != nullptr)
            write_file(directory / ("expected." + format), shown);
        BOOST_TEST(shown == read_file(directory / ("expected." + format)));
    }
    std::filesystem::current_path(old_directory);
}

std::vector<std::filesystem::path> cases() {
    std::vector<std::filesystem::path> found;
    for (auto const& each : std::filesystem::directory_iterator(DSPLAN_TESTDATA "/diff"))
        found.push_back(each.path());
    std::sort(found.begin(), found.end());
    return found;
}

} // namespace

BOOST_AUTO_TEST_CASE(cases_in_every_format) {
    for (auto const& each : cases())
        BOOST_TEST_CONTEXT(each.filename().string())
    check_case(each);
}

BOOST_AUTO_TEST_CASE(every_kind_of_claim_has_a_case) {
    std::string all;
    for (auto const& each : cases())
        all += read_file(each / "expected.json");
    for (std::string const kind :
         {"same", "owner", "control", "state", "same-aces", "same-access", "now-inherited", "now-explicit",
          "wider", "narrower", "audit", "not-judged"})
        BOOST_TEST((all.find("\"kind\": \"" + kind + "\"") != std::string::npos), kind);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_compared) {
    auto const mixed = run_command({"diff", "D:", DSPLAN_TESTDATA "/exports/before-2016.ldf"});
    BOOST_TEST((mixed.status == dsplan::exit_status::error));
    BOOST_TEST(mixed.out == "");
    BOOST_TEST(mixed.err == "error: expected two descriptors or two LDIF exports, found one of each\n"
                            "  dsplan ldif check says what is in an LDIF file\n");
    auto const no_class = run_command({"diff", "D:", "D:", "--class", "usr"});
    BOOST_TEST((no_class.status == dsplan::exit_status::error));
    BOOST_TEST(no_class.err == "error: --class: expected a class of the schema, found 'usr'\n"
                               "  give its lDAPDisplayName, and --schema if it is of your own forest\n");
    auto const no_descriptor = run_command({"diff", "D:", "D:(A;;GA;;;B1)"});
    BOOST_TEST((no_descriptor.status == dsplan::exit_status::error));
    BOOST_TEST(no_descriptor.err == "error: column 12: expected a SID or a two-letter alias, found 'B1'\n"
                                    "    D:(A;;GA;;;B1)\n"
                                    "               ^^ account, field 6 of 6\n"
                                    "    did you mean BA (Administrators)?\n");
}

BOOST_AUTO_TEST_CASE(rights_on_other_objects_are_not_judged) {
    auto const files = run_command({"diff", "D:(A;;FR;;;BU)", "D:(A;;FRFX;;;BU)"});
    BOOST_TEST((files.status == dsplan::exit_status::findings));
    BOOST_TEST(
        files.out.find("not judged: what the other ACEs come to on a file or folder; access is compared on "
                       "directory objects only\n") != std::string::npos);
    BOOST_TEST(files.out.find("read and execute") != std::string::npos);
    BOOST_TEST(files.out.find("wider") == std::string::npos);
    auto const service = run_command({"diff", "D:(A;;LC;;;BU)", "D:(A;;LCRP;;;BU)", "--for", "service"});
    BOOST_TEST(service.out.find("query the status, start") != std::string::npos);
    auto const same = run_command({"diff", "D:(A;;FR;;;BU)", "D:(A;;FR;;;BU)"});
    BOOST_TEST((same.status == dsplan::exit_status::success));
    auto const directory = run_command({"diff", "D:(A;;LC;;;BU)", "D:(A;;LCRP;;;BU)"});
    BOOST_TEST(directory.out.find("wider by read") != std::string::npos);
}

std::string staff(std::string const& members, std::string const& type = "groupType: -2147483646\n") {
    return entry_text("CN=Staff,DC=contoso,DC=com", "top group", "O:SYG:SYD:P",
                      sid_line("1200") + "sAMAccountName: Staff\n" + type + members);
}

std::string people(std::string const& primary = "513") {
    std::string made;
    for (std::string const name : {"ann", "ben"})
        made += entry_text("CN=" + name + ",DC=contoso,DC=com", "top person organizationalPerson user",
                           "O:SYG:SYD:P",
                           sid_line(name == "ann" ? "1701" : "1702") + "sAMAccountName: " + name +
                               "\nprimaryGroupID: " + (name == "ann" ? primary : "513") + "\n");
    return made;
}

std::string office(std::string const& aces = "(A;;SD;;;S-1-5-21-1111111111-2222222222-3333333333-1200)"
                                             "(A;;WD;;;DA)") {
    return entry_text("DC=contoso,DC=com", "top domain domainDNS", "O:SYG:SYD:P",
                      "instanceType: 5\n" + sid_line(test_domain_sid)) +
           entry_text("OU=o,DC=contoso,DC=com", "top organizationalUnit", "O:SYG:SYD:P" + aces);
}

command_run diff_of(std::string const& before, std::string const& after, std::string const& format = "text") {
    temporary_directory scratch;
    write_file(scratch.path() / "before.ldf", before);
    write_file(scratch.path() / "after.ldf", after);
    return run_command({"diff", (scratch.path() / "before.ldf").string(),
                        (scratch.path() / "after.ldf").string(), "--format", format});
}

bool holds(command_run const& run, std::string const& part) {
    return run.out.find(part) != std::string::npos;
}

#define ANN "member: CN=ann,DC=contoso,DC=com\n"
#define BEN "member: CN=ben,DC=contoso,DC=com\n"

BOOST_AUTO_TEST_CASE(a_membership_of_two_exports_is_a_difference) {
    auto const base = office() + people();
    auto const joined = diff_of(base + staff(ANN), base + staff(ANN BEN));
    BOOST_TEST((joined.status == dsplan::exit_status::findings));
    BOOST_TEST(holds(joined, "~ members of CN=Staff,DC=contoso,DC=com\n"
                             "  + CN=ben,DC=contoso,DC=com\n"),
               joined.out);
    BOOST_TEST(holds(joined, "  ben\n"
                             "    + delete  on 1 organizationalUnit object: OU=o,DC=contoso,DC=com\n"),
               joined.out);
    auto const swapped = diff_of(base + staff(ANN), base + staff(BEN));
    BOOST_TEST(holds(swapped, "  ann\n    - delete  on 1"), swapped.out);
    BOOST_TEST(holds(swapped, "  ben\n    + delete  on 1"), swapped.out);
    auto const same = diff_of(base + staff(ANN BEN), base + staff(BEN ANN));
    BOOST_TEST((same.status == dsplan::exit_status::success), same.out);
}

BOOST_AUTO_TEST_CASE(whatever_changes_a_token_is_a_difference) {
    auto const primary = diff_of(office() + people(), office() + people("512"));
    BOOST_TEST(holds(primary, "  ann\n    + change permissions  on 1"), primary.out);
    auto const list = "groupType: 2\n";
    auto const base = office() + people();
    auto const typed = diff_of(base + staff(ANN, list), base + staff(ANN));
    BOOST_TEST(holds(typed, "  ann\n    + delete  on 1"), typed.out);
    auto const pointless = diff_of(base + staff("", list), base + staff(ANN, list));
    BOOST_TEST(holds(pointless, "~ members of CN=Staff"), pointless.out);
    BOOST_TEST(!holds(pointless, "ann\n    + "), pointless.out);
    // One export that tells nothing of members is no export without members.
    auto const unknown = diff_of(office(), office() + people() + staff(ANN));
    BOOST_TEST(holds(unknown, "Not known: only one of the exports tells who is a member of what."),
               unknown.out);
}

BOOST_AUTO_TEST_CASE(a_denial_and_a_membership_are_compared_together) {
    auto const base = people() + staff(ANN);
    auto const denied = diff_of(office("(A;;SD;;;AU)") + base,
                                office("(D;;SD;;;S-1-5-21-1111111111-2222222222-3333333333-1200)"
                                       "(A;;SD;;;AU)") +
                                    base);
    BOOST_TEST(holds(denied, "  ann\n    - delete  on 1"), denied.out);
    BOOST_TEST(!holds(denied, "  ben"), denied.out);
    for (std::string const format : {"markdown", "html", "json"})
        BOOST_TEST(holds(diff_of(office() + base, office() + people() + staff(ANN BEN), format), "CN=ben"),
                   format);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

#undef ANN
#undef BEN
