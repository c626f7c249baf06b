#include <tools/dsplan/ground/console.hpp>

#include <boost/test/unit_test.hpp>

#include <sstream>

BOOST_AUTO_TEST_SUITE(ground)
BOOST_AUTO_TEST_SUITE(console)

BOOST_AUTO_TEST_CASE(letters_of_all_scripts_stay) {
    BOOST_TEST(dsplan::printable("J\xc3\xbcrgen \xe6\x9d\xb1\xe4\xba\xac \xf0\x9f\x94\x91") ==
               "J\xc3\xbcrgen \xe6\x9d\xb1\xe4\xba\xac \xf0\x9f\x94\x91");
}

BOOST_AUTO_TEST_CASE(what_steers_a_terminal_is_shown_as_octets) {
    BOOST_TEST(dsplan::printable("\x1b[2J") == "\\x1b[2J");
    BOOST_TEST(dsplan::printable("a\r\nb\x7f") == "a\\x0d\\x0ab\\x7f");
    BOOST_TEST(dsplan::printable("\xc2\x9b") == "\\xc2\\x9b");          // C1: control sequence introducer
    BOOST_TEST(dsplan::printable("\xe2\x80\xae") == "\\xe2\\x80\\xae"); // right-to-left override
}

BOOST_AUTO_TEST_CASE(octets_that_are_no_utf8_are_shown) {
    BOOST_TEST(dsplan::printable("a\xff\xc3") == "a\\xff\\xc3");
    BOOST_TEST(dsplan::printable("\xc0\x80") == "\\xc0\\x80");
    BOOST_TEST(dsplan::printable("\xed\xa0\x80") == "\\xed\\xa0\\x80");
}

BOOST_AUTO_TEST_CASE(colour_is_for_terminals_unless_asked_for) {
    std::istringstream in;
    std::ostringstream out;
    dsplan::console console{.in = in, .out = out, .err = out};
    BOOST_TEST(!dsplan::wants_color(console, dsplan::color_choice::automatic));
    BOOST_TEST(dsplan::wants_color(console, dsplan::color_choice::always));
    console.out_is_terminal = true;
    BOOST_TEST(dsplan::wants_color(console, dsplan::color_choice::automatic));
    BOOST_TEST(!dsplan::wants_color(console, dsplan::color_choice::never));
    console.no_color = true;
    BOOST_TEST(!dsplan::wants_color(console, dsplan::color_choice::automatic));
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
