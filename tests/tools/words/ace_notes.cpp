#include <sddl/parse.hpp>
#include <tools/dsplan/words/ace_notes.hpp>
#include <tools/dsplan/words/explanation.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(words)
BOOST_AUTO_TEST_SUITE(ace_notes)

using namespace dsplan;

namespace {

#define PERSONAL "77b5b886-944a-11d1-aebd-0000f80367c1"
#define PHONE "bf967a49-0de6-11d0-a285-00aa003049e2"
#define STREET "bf967a3a-0de6-11d0-a285-00aa003049e2"

// "2: never reached: …", a note a line.
std::string notes(std::string_view text) {
    auto const made =
        dsplan::words::ace_notes(dsplan::sddl::parse(text).value(), {}, dsplan::directory::schema::built_in(),
                                 dsplan::words::object_kind::directory);
    std::string all;
    for (std::size_t index = 0; index < made.size(); ++index)
        for (auto const& note : made[index])
            all += std::to_string(index + 1) + ": " + note + "\n";
    return all;
}

std::string risks(std::string_view text) {
    std::string all;
    for (auto const& each : dsplan::words::find_risks(dsplan::sddl::parse(text).value(), {},
                                                      dsplan::directory::schema::built_in()))
        all += (each.ace ? std::to_string(*each.ace + 1) : "-") + ": " + each.reason + "\n";
    return all;
}

} // namespace

BOOST_AUTO_TEST_CASE(what_an_earlier_ace_has_decided) {
    BOOST_TEST(notes("D:(A;;RPWP;;;AU)(D;;WP;;;AU)") == "2: never reached: ACE 1 allows all of it before\n");
    BOOST_TEST(notes("D:(D;;RPWP;;;WD)(A;;WP;;;AU)") == "2: never reached: ACE 1 denies all of it before\n");
    BOOST_TEST(notes("D:(A;;GA;;;SY)(A;;RC;;;SY)") == "2: adds nothing: ACE 1 allows all of it before\n");
    BOOST_TEST(notes("D:(A;;RP;;;AU)(D;;WP;;;AU)(A;CI;RPWP;;;AU)") ==
               "3: on this object: never reached: ACEs 1 and 2 decide all of it before\n");
    BOOST_TEST(notes("D:(D;;WP;;;AU)(A;;RPWP;;;AU)") == "2: ACE 1 denies part of it before\n");
    BOOST_TEST(notes("D:(OD;;WP;" PERSONAL ";;AU)(OA;;WP;" PHONE ";;AU)") ==
               "2: never reached: ACE 1 denies all of it before\n");
}

BOOST_AUTO_TEST_CASE(a_denial_that_comes_too_late_for_some) {
    BOOST_TEST(
        notes("D:(A;;RPWP;;;AU)(D;;WP;;;BG)") ==
        "2: comes too late for members of Authenticated Users (AU) (ACE 1): what is allowed before it stays "
        "allowed\n");
}

// What only looks alike: others are asked, other objects, other properties, or a condition decides.
BOOST_AUTO_TEST_CASE(what_says_something_of_its_own) {
    for (auto const* const text :
         {"D:(A;;RP;;;AU)(A;;RP;;;BU)", "D:(A;CIIO;WP;;;AU)(D;;WP;;;AU)", "D:(D;;WP;;;AU)(A;CIIO;WP;;;AU)",
          "D:(OD;;WP;" PHONE ";;AU)(OA;;WP;" STREET ";;AU)", "D:(D;;WP;;;WD)(A;;WP;;;AN)",
          "D:(XD;;WP;;;AU;(@User.a == 1))(A;;WP;;;AU)", "D:(D;;WP;;;BG)(A;;RPWP;;;AU)",
          "D:(A;;RP;;;AU)(A;;WP;;;AU)"})
        BOOST_TEST_CONTEXT(text)
    BOOST_TEST(notes(text) == "");
}

BOOST_AUTO_TEST_CASE(creators_and_copies) {
    BOOST_TEST(notes("D:(A;CIIO;GA;;;CO)") ==
               "1: an object below inherits it for its own owner, who is put in the "
               "place of Creator Owner\n");
    BOOST_TEST(notes("D:(A;;GA;;;CG)") == "1: on this object it is for nobody: no token holds this SID\n");
    BOOST_TEST(notes("D:PAI(A;CIID;RP;;;AU)") ==
               "1: marked as inherited in a protected list: no change above reaches it\n");
    BOOST_TEST(notes("D:AI(A;CIID;RP;;;AU)") == "");
    BOOST_TEST(notes("D:P(A;CI;RP;;;OW)") == "");
}

// What an ACE does not do is no risk; what is left of it is.
BOOST_AUTO_TEST_CASE(risks_of_what_is_left) {
    std::string const everything = "Authenticated Users (AU): can write every property, "
                                   "msDS-KeyCredentialLink and member among them\n";
    BOOST_TEST(risks("D:(D;;WP;;;AU)(A;;WP;;;AU)").empty());
    BOOST_TEST(risks("D:(D;;WP;;;WD)(A;;RPWP;;;AU)").empty());
    BOOST_TEST(risks("D:(D;;WP;;;BU)(A;;WP;;;AU)") == "2: " + everything);
    BOOST_TEST(risks("D:(A;;WP;;;AU)(A;;RPWP;;;AU)") == "1: " + everything);
    BOOST_TEST(risks("D:(D;;RP;;;AU)(A;;RPWP;;;AU)") == "2: " + everything);
    BOOST_TEST(risks("D:(D;;WP;;;AU)(A;CI;WP;;;AU)") == "2: " + everything);
    BOOST_TEST(risks("D:(D;CIIO;WP;;;AU)(A;;WP;;;AU)") == "2: " + everything);
    BOOST_TEST(risks("D:(A;;GA;;;CG)(A;;GA;;;CO)").empty());
    BOOST_TEST(risks("D:(A;IO;WP;;;AU)").empty());
    BOOST_TEST(risks("D:(A;CIIO;WP;;;AU)") == "1: " + everything);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

#undef PERSONAL
#undef PHONE
#undef STREET
