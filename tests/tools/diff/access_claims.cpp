#include <boost/test/unit_test.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <string>
#include <tests/tools/command_run.hpp>
#include <vector>

BOOST_AUTO_TEST_SUITE(diff)
BOOST_AUTO_TEST_SUITE(access_claims)

namespace {

#define DOMAIN_SID "S-1-5-21-1-2-3"
#define FULL "CCDCLCSWRPWPDTLOCRSDRCWDWO"
// What one list does not say of deleting.
#define BY_THIS_LIST                                                                                         \
    "deleting is judged by this list alone: delete child on the parent and delete tree on what is above "    \
    "allow it, too\n"

// The claims of `dsplan diff`, a line each.
std::string told(std::string const& before, std::string const& after,
                 std::string const& class_name = "user") {
    auto const run = run_command(
        {"diff", before, after, "--class", class_name, "--domain-sid", DOMAIN_SID, "--format", "json"});
    BOOST_TEST(run.err == "");
    std::string lines;
    auto const made = nlohmann::json::parse(run.out);
    for (auto const& claim : made.at("objects").at(0).at("claims"))
        lines += claim.at("text").get<std::string>() + '\n';
    return lines;
}

} // namespace

// Everyone is in every token: its denial takes from all who have rights.
BOOST_AUTO_TEST_CASE(a_denial_for_everybody_concerns_all_trustees) {
    for (std::string const everybody : {"WD", "AU", "NU", "S-1-5-15"}) {
        auto const with = "D:(D;;DTSD;;;" + everybody + ")(A;;" FULL ";;;BA)";
        BOOST_TEST(
            told(with, "D:(A;;" FULL ";;;BA)") ==
            "wider by delete, delete tree, for Administrators (BA), on the object itself\n" BY_THIS_LIST);
        BOOST_TEST(
            told("D:(A;;" FULL ";;;BA)", with) ==
            "narrower by delete, delete tree, for Administrators (BA), on the object itself\n" BY_THIS_LIST);
    }
    BOOST_TEST(told("D:(A;;SD;;;SY)", "D:(D;;SD;;;WD)(A;;SD;;;SY)") ==
               "narrower by delete, for Local System (SY), on the object itself\n" BY_THIS_LIST);
}

BOOST_AUTO_TEST_CASE(a_denial_for_a_group_concerns_who_is_in_it_and_has_the_right) {
    BOOST_TEST(told("D:(A;;SD;;;BA)", "D:(D;;SD;;;" DOMAIN_SID "-1200)(A;;SD;;;BA)") ==
               "narrower by delete, for accounts in both " DOMAIN_SID
               "-1200 and Administrators (BA), on the object itself\n" BY_THIS_LIST);
    // Where the denial comes after the grant, nobody loses anything.
    BOOST_TEST(told("D:(A;;SD;;;BA)", "D:(A;;SD;;;BA)(D;;SD;;;" DOMAIN_SID "-1200)") ==
               "same access, by other ACEs\n");
    // Nor by a denial of something else.
    BOOST_TEST(told("D:(A;;SD;;;BA)", "D:(D;;DT;;;" DOMAIN_SID "-1200)(A;;SD;;;BA)") ==
               "same access, by other ACEs\n");
}

BOOST_AUTO_TEST_CASE(an_order_that_matters_to_two_groups_is_seen_beside_another_change) {
    BOOST_TEST(told("D:(D;;SD;;;BG)(A;;SD;;;BO)(A;;RC;;;AU)", "D:(A;;SD;;;BO)(D;;SD;;;BG)(A;;RCLC;;;AU)") ==
               "wider by list children, for Authenticated Users (AU), on the object itself\n"
               "wider by delete, for accounts in both Guests (BG) and Backup Operators (BO), on the object "
               "itself\n" BY_THIS_LIST);
}

BOOST_AUTO_TEST_CASE(a_grant_to_everybody_is_said_once) {
    BOOST_TEST(told("D:(A;;RC;;;BA)", "D:(A;;RC;;;BA)(A;;SD;;;WD)") ==
               "wider by delete, for Everyone (WD), on the object itself\n" BY_THIS_LIST);
}

BOOST_AUTO_TEST_CASE(what_an_ace_for_other_classes_brings_is_asked_or_said_not_to_be_judged) {
    std::string const recovery = "ea715d30-8f53-40d0-bd1e-6109186d782c"; // class msFVE-RecoveryInformation
    BOOST_TEST(told("D:", "D:(OA;CIIO;SD;;" + recovery + ";BA)") ==
               "wider by delete, for Administrators (BA), on objects below of class "
               "msFVE-RecoveryInformation\n" BY_THIS_LIST);
    // An attribute that no user has.
    BOOST_TEST(told("D:", "D:(OA;;RP;43061ac1-c8ad-4ccc-b785-2bfac20fc60a;;BA)") ==
               "not judged: what 1 ACE brings about on objects of other classes than those asked about\n");
}

// Whether the parent lets it be deleted, no list of the object says.
BOOST_AUTO_TEST_CASE(deleting_is_judged_by_the_lists_that_are_given_and_said_so) {
    auto const told_of = [](std::string const& mask) {
        return told("D:(A;;RC;;;BA)", "D:(A;;RC" + mask + ";;;BA)");
    };
    for (std::string const mask : {"SD", "DT"})
        BOOST_TEST(told_of(mask).ends_with(BY_THIS_LIST));
    // Below, too: the parent is not this object everywhere.
    BOOST_TEST(told("D:(A;CIIO;SDRC;;;BA)", "D:(A;CIIO;RC;;;BA)").ends_with(BY_THIS_LIST));
    // Deleting children is the business of this list.
    for (std::string const mask : {"DC", "CCDC", "WD", "RP"})
        BOOST_TEST(told_of(mask).find("by this list alone") == std::string::npos);
    BOOST_TEST(told("D:(A;;SD;;;BA)(A;;RC;;;BA)", "D:(A;;SDRC;;;BA)") == "same access, by other ACEs\n");
}

BOOST_AUTO_TEST_CASE(an_unknown_condition_forbids_same_access) {
    BOOST_TEST(told("D:(XA;;SD;;;AU;(@User.a == 1))", "D:(D;;SD;;;BG)(XA;;SD;;;AU;(@User.a == 1))") ==
               "not judged: what comes of it where a condition decides\n");
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

#undef DOMAIN_SID
#undef FULL
#undef BY_THIS_LIST
