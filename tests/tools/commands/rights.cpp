#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include <sstream>
#include <string>
#include <tests/tools/command_run.hpp>

BOOST_AUTO_TEST_SUITE(commands)
BOOST_AUTO_TEST_SUITE(rights)

namespace {

// The lines of the output that begin with one of the words.
std::string line_of(std::string const& text, std::string const& begin) {
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);)
        if (line.starts_with(begin))
            return line;
    return {};
}

} // namespace

BOOST_AUTO_TEST_CASE(all_rights_are_listed) {
    auto const run = run_command({"rights"});
    BOOST_TEST((run.status == dsplan::exit_status::success));
    BOOST_TEST(line_of(run.out, "change permissions ")
                   .ends_with("modify permissions, WriteDacl, WRITE_DAC, ChangePermissions"));
    auto const reset = line_of(run.out, "Reset Password ");
    BOOST_TEST(reset.find("  extended right  ") != std::string::npos);
    BOOST_TEST(reset.find("  CR (dsacls CA)  ") != std::string::npos);
    BOOST_TEST(reset.ends_with(
        "  00299570-246d-11d0-a768-00aa006e0529  User-Force-Change-Password, ForceChangePassword"));
    BOOST_TEST(line_of(run.out, "read, write telephoneNumber").empty()); // attributes only where asked for
}

BOOST_AUTO_TEST_CASE(a_name_finds_rights_and_the_schema) {
    auto const run = run_command({"rights", "keycredential", "--json"});
    auto const told = nlohmann::json::parse(run.out).at("rights");
    BOOST_REQUIRE(told.size() == 3U); // the back link and the class, too
    BOOST_TEST(told[0].at("right") == "read, write msDS-KeyCredentialLink");
    BOOST_TEST(told[0].at("kind") == "attribute");
    BOOST_TEST(told[0].at("letters") == "RPWP");
    BOOST_TEST(told[0].at("guid") == "5b47d60f-6090-40b2-9f37-2a4de88f3063");
    BOOST_TEST(told[0].at("also") == nlohmann::json({"AddKeyCredentialLink"}));
}

BOOST_AUTO_TEST_CASE(what_a_name_means_is_listed) {
    BOOST_TEST(run_command({"rights", "WriteDacl"}).out ==
               "change permissions  on the object           WD  -                                     "
               "modify permissions, WriteDacl, WRITE_DAC, ChangePermissions\n1 right\n");
    auto const pair = run_command({"rights", "DCSync"});
    BOOST_TEST(pair.out.find("\nReplicating Directory Changes All ") != std::string::npos);
    BOOST_TEST(pair.out.ends_with("\n2 rights\n"));
}

BOOST_AUTO_TEST_CASE(an_unknown_name_gets_the_nearest) {
    auto const run = run_command({"rights", "Reset Pasword"});
    BOOST_TEST((run.status == dsplan::exit_status::error));
    BOOST_TEST(run.err == "error: expected the name of a right, found 'Reset Pasword'\n"
                          "  did you mean \"Reset Password\"?\n"
                          "  names are those of the schema; a forest with its own ones needs --schema\n");
}

BOOST_AUTO_TEST_CASE(a_schema_of_its_own_brings_its_names) {
    auto const run =
        run_command({"rights", "fabrikam", "--schema", DSPLAN_TESTDATA "/schema/fabrikam-helpdesk.ldf"});
    BOOST_TEST((run.status == dsplan::exit_status::success));
    BOOST_TEST(run.out.find("create, delete fabrikam-queue ") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(forms_of_applies_to_are_listed) {
    auto const run = run_command({"applies-to"});
    BOOST_TEST((run.status == dsplan::exit_status::success));
    BOOST_TEST(line_of(run.out, "descendant CLASS objects") ==
               "descendant CLASS objects                      CIIO    CLASS  Descendents      /I:S …;CLASS");
    BOOST_TEST(line_of(run.out, "this object only") ==
               "this object only                              -       -      None             no /I");
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
