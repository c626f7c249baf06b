#include <sddl/parse.hpp>
#include <tools/dsplan/words/shown_ace.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(words)
BOOST_AUTO_TEST_SUITE(shown_ace)

using dsplan::words::shown_descriptor;

BOOST_AUTO_TEST_CASE(text_of_a_condition_neither_acts_nor_forges_a_line) {
    auto const shown = [](std::string_view text) {
        auto const read = dsplan::sddl::parse(text, {});
        BOOST_REQUIRE(read);
        return shown_descriptor(*read);
    };
    BOOST_TEST(shown("D:(XA;;RP;;;WD;(@USER.a == \"x\n\nWho can: all\n  Nobody.\x1b[2J\"))") ==
               "D:(XA;;RP;;;WD;(@USER.a == \"x\\x0a\\x0aWho can: all\\x0a  Nobody.\\x1b[2J\"))");
    BOOST_TEST(shown("D:(XA;;RP;;;WD;(@USER.a == \"Büro\"))") == "D:(XA;;RP;;;WD;(@USER.a == \"Büro\"))");
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
