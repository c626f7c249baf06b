#include <sddl/access_mask.hpp>
#include <sddl/parse.hpp>
#include <sddl/self_relative.hpp>
#include <tools/dsplan/plan/obstacle_to_dsacls.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(plan)
BOOST_AUTO_TEST_SUITE(obstacle_to_dsacls)

using namespace dsplan;

namespace {

auto const some_guid = dsplan::sddl::parse_guid("28630ebf-41d5-11d1-a9c1-0000f80367c1").value();

dsplan::plan::permission_change change_with(dsplan::plan::grant const& wanted) {
    dsplan::plan::permission_change made;
    made.dn = "OU=Sales,DC=contoso,DC=com";
    made.grants.push_back(wanted);
    return made;
}

dsplan::plan::grant plain_grant(std::uint8_t flags = 0) {
    dsplan::plan::grant made;
    made.trustee_name = "Helpdesk";
    made.mask = dsplan::sddl::right_read_property;
    made.flags = flags;
    return made;
}

} // namespace

BOOST_AUTO_TEST_CASE(three_switches_and_a_class_below_can_be_said) {
    namespace flag = dsplan::sddl::ace_flag;
    for (std::uint8_t const flags : {std::uint8_t{0}, flag::container_inherit,
                                     static_cast<std::uint8_t>(flag::container_inherit | flag::inherit_only)})
        BOOST_TEST(dsplan::plan::obstacle_to_dsacls(change_with(plain_grant(flags))) == "");
    BOOST_TEST(dsplan::plan::obstacle_to_dsacls(
                   change_with(plain_grant(flag::container_inherit | flag::no_propagate))) ==
               "dsacls has no switch for what the ACE applies to");
    auto below = plain_grant(flag::container_inherit | flag::inherit_only);
    below.inherited_class_guid = some_guid;
    below.inherited_class = "user";
    BOOST_TEST(dsplan::plan::obstacle_to_dsacls(change_with(below)) == "");
    below.flags = flag::container_inherit;
    BOOST_TEST(dsplan::plan::obstacle_to_dsacls(change_with(below)) ==
               "dsacls takes a class for the objects below alone");
}

BOOST_AUTO_TEST_CASE(names_must_stand_on_a_command_line) {
    auto wanted = plain_grant();
    wanted.property_guid = some_guid;
    BOOST_TEST(dsplan::plan::obstacle_to_dsacls(change_with(wanted)) ==
               "the schema has no name for the object type of the ACE");
    wanted.property = "lockoutTime";
    BOOST_TEST(dsplan::plan::obstacle_to_dsacls(change_with(wanted)) == "");
    wanted.property = "a;b";
    BOOST_TEST(dsplan::plan::obstacle_to_dsacls(change_with(wanted)) ==
               "the name a;b cannot stand on a command line");
    auto change = change_with(plain_grant());
    change.dn = "OU=100%,DC=contoso,DC=com";
    BOOST_TEST(dsplan::plan::obstacle_to_dsacls(change) ==
               "the name of the object cannot stand on a command line");
}

// dsacls /R takes all that a trustee has; nothing less, and nothing that it is to have afterwards.
BOOST_AUTO_TEST_CASE(every_ace_of_a_trustee_can_be_removed) {
    auto const list = dsplan::sddl::parse("D:(D;;RP;;;BU)(A;;RP;;;BA)(A;CI;WP;;;BU)(A;ID;RC;;;BU)").value();
    auto const octets = dsplan::sddl::write_self_relative(list);
    dsplan::plan::permission_change change;
    change.dn = "OU=Sales,DC=contoso,DC=com";
    change.before.assign(reinterpret_cast<char const*>(octets.data()), octets.size());
    auto const& aces = list.dacl->aces;
    change.removed.push_back({aces[0], "Users", 0});
    BOOST_TEST(dsplan::plan::obstacle_to_dsacls(change) ==
               "dsacls removes every ACE of a trustee, never one");
    change.removed.push_back({aces[2], "Users", 2});
    BOOST_TEST(dsplan::plan::obstacle_to_dsacls(change) == "");
    auto given = plain_grant();
    given.trustee = aces[1].trustee;
    change.grants = {given};
    BOOST_TEST(dsplan::plan::obstacle_to_dsacls(change) == "");
    change.grants.front().trustee = aces[0].trustee;
    BOOST_TEST(dsplan::plan::obstacle_to_dsacls(change) ==
               "dsacls removes every ACE of a trustee, never one");
}

BOOST_AUTO_TEST_CASE(an_ace_to_remove_and_a_strange_mask_cannot_be_said) {
    auto change = change_with(plain_grant());
    change.removed.push_back({});
    BOOST_TEST(dsplan::plan::obstacle_to_dsacls(change) ==
               "dsacls removes every ACE of a trustee, never one");
    auto wanted = plain_grant();
    wanted.mask = {0x200000};
    BOOST_TEST(dsplan::plan::obstacle_to_dsacls(change_with(wanted)) ==
               "dsacls has no letters for some bits of the mask");
    BOOST_TEST(dsplan::plan::obstacle_to_dsacls(dsplan::plan::permission_change{
                   .dn = "OU=a",
                   .grants = {},
                   .removed = {},
                   .before = {},
                   .after = {},
                   .missing_parts = {},
                   .other_aces_of_trustee = {}}) == "dsacls has no switch for it");
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
