#include <boost/test/unit_test.hpp>

#include <tests/tools/command_run.hpp>

BOOST_AUTO_TEST_SUITE(plan)
BOOST_AUTO_TEST_SUITE(verify)

using dsplan::exit_status;

namespace {

std::filesystem::path const testdata = DSPLAN_TESTDATA;

constexpr char const* grant =
    "(OA;CIIO;RPWP;5b47d60f-6090-40b2-9f37-2a4de88f3063;bf967aba-0de6-11d0-a285-00aa003049e2;"
    "S-1-5-21-1111111111-2222222222-3333333333-1110)";
constexpr char const* first = "(A;;CCDCLCSWRPWPDTLOCRSDRCWDWO;;;SY)";
constexpr char const* second = "(A;CI;LCRPLORC;;;AU)";

// Plans on a small export whose domain root has `first` and `second`, then holds the plan against the same
// export with another root and other members.
command_run verify_after(std::string const& owner_group, std::string const& aces, std::string const& member,
                         std::string const& member_before = {}) {
    temporary_directory scratch;
    auto const parts = testdata / "plan";
    auto const out = (scratch.path() / "change").string();
    auto const base = [&](std::string const& root) {
        return std::vector<std::string>{(parts / "domain.ldf").string(),
                                        (parts / "controllers-2012.ldf").string(),
                                        (parts / "group.ldf").string(), root};
    };
    auto const with = [](std::vector<std::string> arguments, std::string const& option,
                         std::vector<std::string> const& files) {
        for (auto const& file : files) {
            arguments.push_back(option);
            arguments.push_back(file);
        }
        return arguments;
    };
    std::string const root = "dn: DC=contoso,DC=com\nnTSecurityDescriptor: ";
    std::string const group = "dn: CN=KeyCredential Admins,CN=Users,DC=contoso,DC=com\nobjectClass: group\n";
    write_file(scratch.path() / "before.ldf",
               root + "O:BAG:BAD:AI" + first + second + "S:AI(AU;SA;WPWD;;;WD)\n\n" + group + member_before);
    write_file(scratch.path() / "after.ldf",
               root + owner_group + "D:AI" + aces + "S:AI(AU;SA;WPWD;;;WD)\n\n" + group + member);
    auto const planned = run_command(with({"plan", "whfb", "--connector", "MSOL_0001", "--out", out},
                                          "--base", base((scratch.path() / "before.ldf").string())));
    BOOST_REQUIRE_MESSAGE(planned.status == exit_status::success, planned.err);
    return run_command(
        with({"verify", "--plan", out}, "--after", base((scratch.path() / "after.ldf").string())));
}

// What stands after the lines about the files, which are all as written.
std::string held(command_run const& run) {
    BOOST_TEST(run.out.starts_with("Files  ✓ "), run.out);
    BOOST_TEST(run.out.find(" files are as written\nDigest of the set (SHA-256 of SHA256SUMS): ") !=
                   std::string::npos,
               run.out);
    return run.out.substr(run.out.find('\n', run.out.find('\n') + 1) + 1);
}

// The small export holds no descriptor of a group or user.
constexpr char const* besides =
    "Besides the steps\n"
    "  ? CN=KeyCredential Admins,CN=Users,DC=contoso,DC=com\n"
    "      its permissions are not compared: the plan's export did not hold them\n"
    "  ? CN=MSOL_0001,CN=Users,DC=contoso,DC=com\n"
    "      its permissions are not compared: the plan's export did not hold them\n";

constexpr char const* member_line = "member: CN=MSOL_0001,CN=Users,DC=contoso,DC=com\n";
constexpr char const* permission_step = "add 1 ACE to DC=contoso,DC=com\n";
constexpr char const* member_step = "add CN=MSOL_0001,CN=Users,DC=contoso,DC=com to the members of "
                                    "CN=KeyCredential Admins,CN=Users,DC=contoso,DC=com\n";

} // namespace

BOOST_AUTO_TEST_CASE(everything_is_done) {
    auto const run = verify_after("O:BAG:BA", std::string(grant) + first + second, member_line);
    BOOST_TEST((run.status == exit_status::success));
    BOOST_TEST(held(run) == std::string("  ✓ done       ") + permission_step + "  ✓ done       " +
                                member_step + besides + "2 of 2 steps done.\n");
}

BOOST_AUTO_TEST_CASE(another_order_is_said_and_is_no_difference) {
    auto const run = verify_after("O:BAG:BA", std::string(second) + first + grant, member_line);
    BOOST_TEST((run.status == exit_status::success));
    BOOST_TEST(held(run) ==
               std::string("  ✓ done       ") + permission_step +
                   "      the ACEs stand in another order, which changes no access within allow or deny\n" +
                   "  ✓ done       " + member_step + besides + "2 of 2 steps done.\n");
}

BOOST_AUTO_TEST_CASE(nothing_is_done) {
    auto const run = verify_after("O:BAG:BA", std::string(first) + second, "");
    BOOST_TEST((run.status == exit_status::findings));
    BOOST_TEST(held(run) == std::string("  ✗ not done   ") + permission_step + "      missing: " + grant +
                                "\n" + "  ✗ not done   " + member_step + besides + "0 of 2 steps done.\n");
}

BOOST_AUTO_TEST_CASE(an_ace_that_got_lost_is_a_difference) {
    auto const run = verify_after("O:BAG:BA", std::string(grant) + first, member_line);
    BOOST_TEST((run.status == exit_status::findings));
    BOOST_TEST(held(run) == std::string("  ! different  ") + permission_step +
                                "      not planned: ACE removed: " + second + "\n  ✓ done       " +
                                member_step + besides + "1 of 2 steps done.\n");
}

BOOST_AUTO_TEST_CASE(an_owner_that_changed_is_a_difference) {
    auto const run = verify_after("O:DAG:BA", std::string(grant) + first + second, member_line);
    BOOST_TEST((run.status == exit_status::findings));
    BOOST_TEST(run.out.find("      not planned: owner is DA, was BA\n") != std::string::npos, run.out);
}

BOOST_AUTO_TEST_CASE(another_ace_for_the_group_is_not_the_planned_one) {
    auto wider = std::string(grant);
    wider.replace(wider.find("CIIO"), 4, "CI");
    auto const run = verify_after("O:BAG:BA", wider + first + second, member_line);
    BOOST_TEST((run.status == exit_status::findings));
    BOOST_TEST(held(run).find("  ! different  ") == 0U, run.out);
    BOOST_TEST(run.out.find("      missing: " + std::string(grant)) != std::string::npos, run.out);
    BOOST_TEST(run.out.find("      not planned: ACE added: " + wider) != std::string::npos, run.out);
}

// Nobody planned the second one, whether the export holds her object or not.
BOOST_AUTO_TEST_CASE(a_member_that_was_not_planned_is_a_difference) {
    for (std::string const other :
         {"CN=Anna,CN=Users,DC=contoso,DC=com", "CN=Eve,OU=Elsewhere,DC=contoso,DC=com",
          "CN=S-1-5-21-7-7-7-1107,CN=ForeignSecurityPrincipals,DC=contoso,DC=com"}) {
        auto const run = verify_after("O:BAG:BA", std::string(grant) + first + second,
                                      std::string(member_line) + "member: " + other + "\n");
        BOOST_TEST((run.status == exit_status::findings));
        BOOST_TEST(held(run) == std::string("  ✓ done       ") + permission_step + "  ! different  " +
                                    member_step + "      not planned: member added: " + other + "\n" +
                                    besides + "1 of 2 steps done.\n");
    }
}

BOOST_AUTO_TEST_CASE(a_member_that_went_is_a_difference) {
    std::string const other = "CN=Eve,OU=Elsewhere,DC=contoso,DC=com";
    auto const line = "member: " + other + "\n";
    auto const list = std::string(grant) + first + second;
    auto const gone = verify_after("O:BAG:BA", list, member_line, line);
    BOOST_TEST((gone.status == exit_status::findings));
    BOOST_TEST(held(gone) == std::string("  ✓ done       ") + permission_step + "  ! different  " +
                                 member_step + "      not planned: member removed: " + other + "\n" +
                                 besides + "1 of 2 steps done.\n");
    auto const kept = verify_after("O:BAG:BA", list, member_line + line, line);
    BOOST_TEST((kept.status == exit_status::success), kept.out);
}

BOOST_AUTO_TEST_CASE(the_planned_member_in_another_spelling_is_no_other) {
    auto const run = verify_after("O:BAG:BA", std::string(grant) + first + second,
                                  "member: cn=msol_0001, cn=users, dc=contoso, dc=com\n");
    BOOST_TEST((run.status == exit_status::success), run.out);
}

// As a server or a tool that merges and splits ACEs may store it.
BOOST_AUTO_TEST_CASE(other_aces_that_say_the_same_are_done_otherwise) {
    auto const with_rights = [](std::string const& rights) {
        auto ace = std::string(grant);
        return ace.replace(ace.find("RPWP"), 4, rights);
    };
    auto const split = with_rights("RP") + with_rights("WP");
    auto const run = verify_after("O:BAG:BA", split + first + second, member_line);
    BOOST_TEST((run.status == exit_status::success), run.out);
    BOOST_TEST(held(run).starts_with(std::string("  ✓ otherwise  ") + permission_step +
                                     "      other ACEs say the same:\n      missing: " + grant + "\n"),
               run.out);
    BOOST_TEST(run.out.find("2 of 2 steps done.") != std::string::npos, run.out);
    for (auto const& less_or_more : {with_rights("RP"), with_rights("RP") + with_rights("WPCR"),
                                     split + "(A;;RP;;;WD)", split + "(D;;RP;;;WD)"})
        BOOST_TEST((verify_after("O:BAG:BA", less_or_more + first + second, member_line).status ==
                    exit_status::findings),
                   less_or_more);
    BOOST_TEST(
        (verify_after("O:SYG:BA", split + first + second, member_line).status == exit_status::findings));
}

BOOST_AUTO_TEST_CASE(a_deny_beside_the_planned_ace_is_a_difference) {
    auto const run =
        verify_after("O:BAG:BA", "(D;CI;WP;;;AU)" + std::string(grant) + first + second, member_line);
    BOOST_TEST((run.status == exit_status::findings));
    BOOST_TEST(run.out.find("      not planned: ACE added: (D;CI;WP;;;AU)\n") != std::string::npos, run.out);
}

BOOST_AUTO_TEST_CASE(an_export_without_the_object_is_an_error) {
    temporary_directory scratch;
    working_directory const here(testdata / "exports");
    auto const out = (scratch.path() / "change").string();
    BOOST_REQUIRE((run_command({"plan", "whfb", "--base", "before-2016.ldf", "--connector",
                                "MSOL_4f2c9a1b7d3e", "--out", out})
                       .status == exit_status::success));
    auto const run = run_command({"verify", "--plan", out, "--after", "../plan/domain.ldf"});
    BOOST_TEST((run.status == exit_status::error));
    BOOST_TEST(
        held(run).find(
            "  ? unknown    add 1 ACE to DC=contoso,DC=com\n      the export does not hold its list\n") == 0U,
        run.out);
}

BOOST_AUTO_TEST_CASE(a_plan_that_was_cut_off_is_an_error) {
    temporary_directory scratch;
    working_directory const here(testdata / "exports");
    auto const out = scratch.path() / "change";
    BOOST_REQUIRE((run_command({"plan", "whfb", "--base", "before-2016.ldf", "--connector",
                                "MSOL_4f2c9a1b7d3e", "--out", out.string()})
                       .status == exit_status::success));
    auto const whole = read_file(out / "plan.json");
    for (std::size_t length = 0; length + 2 < whole.size(); length += 97) {
        write_file(out / "plan.json", whole.substr(0, length));
        auto const run = run_command({"verify", "--plan", out.string(), "--after", "before-2016.ldf"});
        BOOST_TEST((run.status == exit_status::error));
        BOOST_TEST(run.err.find("  the file was cut off or edited: make the plan again\n") !=
                       std::string::npos,
                   run.err);
    }
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
