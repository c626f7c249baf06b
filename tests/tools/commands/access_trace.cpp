#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include <string>
#include <tests/tools/command_run.hpp>
#include <vector>

BOOST_AUTO_TEST_SUITE(commands)
BOOST_AUTO_TEST_SUITE(access_trace)

using dsplan::exit_status;

namespace {

command_run access(std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "access");
    return run_command(std::move(arguments));
}

command_run bare(std::string const& descriptor, std::string const& as, std::string const& right,
                 std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{"--descriptor", descriptor, "--as", as, "--right", right};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return access(std::move(arguments));
}

constexpr auto ruth = "S-1-5-21-1-2-3-1105";

} // namespace

BOOST_AUTO_TEST_CASE(a_bare_descriptor) {
    auto const yes = bare("D:(D;;WP;;;BG)(A;;RPWP;;;AU)", ruth + std::string(",AU"), "write description");
    BOOST_TEST((yes.status == exit_status::success));
    BOOST_TEST(yes.out == "yes: S-1-5-21-1-2-3-1105,AU, write description on an object of class user\n"
                          "    ACE 2: (A;;RPWP;;;AU)\n");
    auto const denied = bare("D:(D;;WP;;;BG)(A;;RPWP;;;AU)", "BG,AU", "write description");
    BOOST_TEST((denied.status == exit_status::findings));
    BOOST_TEST(denied.out.ends_with("    ACE 1: (D;;WP;;;BG)\n"));
    auto const no = bare("D:(A;;RP;;;AU)", ruth, "read description");
    BOOST_TEST((no.status == exit_status::findings));
    BOOST_TEST(no.out.ends_with("    no ACE allows all of it\n"));
    BOOST_TEST((bare("D:(A;;RP;;;WD)", ruth, "read description").status == exit_status::success));
    BOOST_TEST((bare("D:(A;;RP;;;DA)", "DA", "read description").status == exit_status::success));
    BOOST_TEST((bare("D:(A;;RP;;;DA)", "DU", "read description").status == exit_status::findings));
}

BOOST_AUTO_TEST_CASE(self_and_class) {
    std::string const list = "D:(OA;;WP;77b5b886-944a-11d1-aebd-0000f80367c1;;PS)";
    BOOST_TEST((bare(list, ruth, "write telephoneNumber").status == exit_status::findings));
    BOOST_TEST((bare(list, ruth, "write telephoneNumber", {"--self", ruth}).status == exit_status::success));
    BOOST_TEST(bare(list, ruth, "write telephoneNumber", {"--class", "nonsense"}).err ==
               "error: --class: expected a class of the schema, found 'nonsense'\n");
    BOOST_TEST(bare("D:(A;;FA;;;B1)", ruth, "delete").err.starts_with("error: column 12: expected a SID"));
    BOOST_TEST(bare(list, "CONTOSO\\anna", "delete").err.starts_with("error: --as: expected a SID"));
}

BOOST_AUTO_TEST_CASE(what_stands_in_no_token) {
    BOOST_TEST(bare("D:(A;;WP;;;PS)", "PS", "delete").err ==
               "error: --as: expected a SID that a token can hold, found Self (PS)\n"
               "  give the SID of the account with --as, and that of the object with --self\n");
    BOOST_TEST(bare("O:AUD:(A;;WP;;;OW)", "AU,OW", "delete")
                   .err.ends_with("as the owner of the descriptor: O:SID\n"));
    BOOST_TEST((bare("D:(A;;WP;;;CO)", "S-1-3-0", "delete").status == exit_status::error));
    BOOST_TEST((bare("D:(A;;WP;;;CG)", "CG", "delete").status == exit_status::error));
    BOOST_TEST((bare("D:(A;;SD;;;CY)", "CY", "delete").status == exit_status::success));
    BOOST_TEST((bare("O:AUD:(A;;WP;;;OW)", "AU", "write description").status == exit_status::success));
}

BOOST_AUTO_TEST_CASE(conditions_that_are_not_known) {
    std::string const allow = "D:(XA;;WP;;;AU;(@User.Level == 1))";
    auto const no = bare(allow, "AU", "write description");
    BOOST_TEST((no.status == exit_status::findings));
    BOOST_TEST(no.out.ends_with("    no ACE allows all of it\n    not known: whether the condition of ACE 1 "
                                "holds; the ACE allows only where it does\n"));
    BOOST_TEST(
        bare(allow, "AU", "write description", {"--trace"})
            .out.ends_with("not known: whether the condition of ACE 1 holds; the ACE allows only where "
                           "it does\n"));
    auto const denied = bare("D:(XD;;WP;;;AU;(@User.Level == 1))(A;;WP;;;AU)", "AU", "write description");
    BOOST_TEST(denied.out.ends_with(
        "    not known: whether the condition of ACE 1 holds; the ACE denies only where it does\n"));
    for (std::string const list :
         {"D:(XA;;WP;;;AU;(@User.Level == 1))(A;;WP;;;AU)", "D:(XA;;RP;;;AU;(@User.Level == 1))",
          "D:(XA;;WP;;;BG;(@User.Level == 1))"})
        BOOST_TEST(bare(list, "AU", "write description").out.find("not known") == std::string::npos);
    BOOST_TEST(bare(allow, "AU", "write description", {"--user-claim", "(\"Level\",TI,0x0,2)"})
                   .out.find("not known") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(step_by_step) {
    auto const run =
        bare("O:BAD:(D;;WP;;;BG)(OA;;WP;bf967a49-0de6-11d0-a285-00aa003049e2;;PS)(A;CIIO;WP;;;AU)"
             "(A;;RPWP;;;AU)(A;;WP;;;WD)",
             ruth + std::string(",AU"), "write description", {"--trace"});
    BOOST_TEST((run.status == exit_status::success));
    BOOST_TEST(run.out == "The token of S-1-5-21-1-2-3-1105,AU\n"
                          "  S-1-5-21-1-2-3-1105  S-1-5-21-1-2-3-1105       given with --as\n"
                          "  AU                   Authenticated Users (AU)  given with --as\n"
                          "  S-1-1-0              Everyone (WD)             in every token\n"
                          "\n"
                          "Asked: write description (WP) on an object of class user\n"
                          "  user > Public-Information > description\n"
                          "Before the first ACE: nothing\n"
                          "    1 · for another account: Guests (BG) is not in the token; left: WP\n"
                          "        (D;;WP;;;BG)\n"
                          "    2 · for another account: Self (PS) is not in the token; left: WP\n"
                          "        (OA;;WP;bf967a49-0de6-11d0-a285-00aa003049e2;;PS)\n"
                          "    3 · inherit-only: waits for objects below; left: WP\n"
                          "        (A;CIIO;WP;;;AU)\n"
                          "    4 + allows WP to Authenticated Users (AU); left: nothing\n"
                          "        (A;;RPWP;;;AU)\n"
                          "    5 · not reached: the answer stands; left: nothing\n"
                          "        (A;;WP;;;WD)\n"
                          "\n"
                          "yes: all that is asked for is granted\n");
}

BOOST_AUTO_TEST_CASE(as_json_and_as_a_page) {
    auto const json =
        nlohmann::json::parse(bare("D:(D;;SD;;;WD)(A;;SD;;;WD)", ruth, "delete", {"--trace", "--json"}).out);
    BOOST_TEST(json["granted"] == false);
    BOOST_TEST(json["verdict"] ==
               "no: ACE 1 denies SD; by this list alone: delete child on the parent, whose "
               "list is not known here, allows it, too");
    BOOST_TEST(json["steps"][0]["outcome"] == "denies");
    BOOST_TEST(json["steps"][1]["outcome"] == "after-the-answer");
    auto const page = bare("D:(D;;SD;;;WD)(A;;SD;;;WD)", ruth, "delete", {"--trace", "--html"}).out;
    BOOST_TEST(page.find("<li class=\"denies\">ACE 1:") != std::string::npos);
    BOOST_TEST(page.find("no: ACE 1 denies SD") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_account_of_an_export) {
    auto const run = access({"--base", DSPLAN_TESTDATA "/exports/before-2016.ldf", "--who",
                             "MSOL_4f2c9a1b7d3e", "--on", "CN=Anna Becker,OU=Sales,DC=contoso,DC=com",
                             "--right", "write msDS-KeyCredentialLink", "--trace"});
    BOOST_TEST((run.status == exit_status::findings));
    BOOST_TEST(run.out.starts_with("The token of MSOL_4f2c9a1b7d3e\n"));
    BOOST_TEST(run.out.find("the account itself\n") != std::string::npos);
    BOOST_TEST(run.out.find(" > msDS-KeyCredentialLink\n") != std::string::npos);
    BOOST_TEST(run.out.find("\nno: at the end of the list no ACE has allowed WP\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(questions_that_lack_something) {
    BOOST_TEST(access({"--who", "x"}).err ==
               "error: expected either --base EXPORT.ldf or --descriptor SDDL\n");
    BOOST_TEST(access({"--descriptor", "D:", "--right", "delete"}).err ==
               "error: expected --as SID[,SID…] and --right with --descriptor\n");
    BOOST_TEST(access({"--descriptor", "D:", "--as", "WD", "--trace"}).err ==
               "error: expected --right with --trace: one right is traced\n");
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
