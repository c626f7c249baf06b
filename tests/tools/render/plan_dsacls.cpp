#include <sddl/access_mask.hpp>
#include <sddl/self_relative.hpp>
#include <tools/dsplan/render/plan_dsacls.hpp>

#include <boost/test/unit_test.hpp>

#include <sstream>
#include <string>
#include <tests/tools/sddl_export.hpp>
#include <vector>

BOOST_AUTO_TEST_SUITE(render)
BOOST_AUTO_TEST_SUITE(plan_dsacls)

using namespace dsplan;

namespace {

std::string const group = test_domain_sid + "-1123";

// What rollback.cmd says where the group has these ACEs of its own on the object.
std::string rollback_with(std::string const& aces) {
    auto const listed = dsplan::sddl::parse("D:" + aces, test_sids()).value();
    dsplan::plan::permission_change change;
    change.dn = "DC=contoso,DC=com";
    change.before = "octets";
    change.other_aces_of_trustee = listed.dacl->aces;
    dsplan::plan::grant grant;
    grant.trustee_name = "Key Writers";
    grant.trustee_netbios_domain = "CONTOSO";
    grant.trustee = dsplan::sddl::parse_sid(group).value();
    grant.mask = dsplan::sddl::right_read_property;
    change.grants.push_back(grant);
    dsplan::plan::domain_changes changes;
    changes.permissions.push_back(change);
    return dsplan::render::rollback_cmd(changes, "0");
}

std::vector<std::string> lines_of_batch(std::string const& text) {
    std::istringstream stream(text);
    std::vector<std::string> lines;
    for (std::string line; std::getline(stream, line);)
        lines.push_back(line.substr(0, line.find('\r')));
    return lines;
}

void check_that_all_is_comment(std::string const& text) {
    for (auto const& line : lines_of_batch(text))
        BOOST_TEST((line.starts_with("rem ") || line == "@echo off" || line == "exit /b 1"), line);
}

} // namespace

// A string in a condition is text from an export: it may hold line ends and what cmd.exe expands.
BOOST_AUTO_TEST_CASE(text_of_a_condition_becomes_no_command) {
    for (std::string const hostile : {"\r\ncalc.exe\r\n", "\ncalc.exe", "\rcalc.exe", "%~", "%COMSPEC%",
                                      "!x!", "^", "\x1b[2J", "\x1a", "\x7f", "\u202e"}) {
        auto const text = rollback_with("(XA;;RP;;;" + group + ";(@USER.a == \"" + hostile + "\"))");
        check_that_all_is_comment(text);
        BOOST_TEST(text.find("rem   (an ACE that a command file cannot show: see rollback.ldf)\r\n") !=
                   std::string::npos);
        BOOST_TEST(text.find("calc.exe") == std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(a_harmless_condition_is_shown) {
    auto const ace = "(XA;;RP;;;" + group + ";(@USER.a == \"b & c\"))";
    auto const text = rollback_with(ace);
    check_that_all_is_comment(text);
    BOOST_TEST(text.find("rem   " + ace + "\r\n") != std::string::npos);
}

// A command has one sign and one switch; denials come first.
BOOST_AUTO_TEST_CASE(each_sign_and_switch_has_a_command) {
    auto const wanted = [](std::string const& property, std::uint8_t flags, bool denies) {
        dsplan::plan::grant made;
        made.trustee_name = "Helpdesk";
        made.trustee_netbios_domain = "CONTOSO";
        made.trustee = dsplan::sddl::parse_sid(group).value();
        made.mask =
            property.empty() ? dsplan::sddl::directory_full_control : dsplan::sddl::right_write_property;
        made.property = property;
        made.flags = flags;
        made.denies = denies;
        return made;
    };
    dsplan::plan::permission_change change;
    change.dn = "OU=Sales,DC=contoso,DC=com";
    change.grants = {wanted("info", 0, false), wanted("", dsplan::sddl::ace_flag::container_inherit, false),
                     wanted("mail", 0, false), wanted("info", 0, true)};
    BOOST_TEST(
        dsplan::render::dsacls_commands(change) ==
            (std::vector<std::string>{
                R"(dsacls "OU=Sales,DC=contoso,DC=com" /D "CONTOSO\Helpdesk:WP;info")",
                R"(dsacls "OU=Sales,DC=contoso,DC=com" /G "CONTOSO\Helpdesk:WP;info" "CONTOSO\Helpdesk:WP;mail")",
                R"(dsacls "OU=Sales,DC=contoso,DC=com" /I:T /G "CONTOSO\Helpdesk:GA")"}),
        boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
