#include <tools/dsplan/render/terminal_text.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(render)
BOOST_AUTO_TEST_SUITE(terminal_text)

using dsplan::render::with_colored_signs;
using dsplan::render::wrapped;

BOOST_AUTO_TEST_CASE(long_lines_go_on_further_in) {
    BOOST_TEST(wrapped("  + one two three four\nshort\n", 14) ==
               "  + one two\n      three\n      four\nshort\n");
    BOOST_TEST(wrapped("one two three", 7) == "one two\n   three");
}

BOOST_AUTO_TEST_CASE(what_fits_and_what_has_no_blank_stays) {
    BOOST_TEST(wrapped("one two\n", 0) == "one two\n");
    BOOST_TEST(wrapped("one two\n", 7) == "one two\n");
    BOOST_TEST(wrapped("(A;;CCDCLCSWRPWPDTLOCRSDRCWDWO;;;SY)\n", 10) ==
               "(A;;CCDCLCSWRPWPDTLOCRSDRCWDWO;;;SY)\n");
    BOOST_TEST(wrapped("äöü äöü\n", 7) == "äöü äöü\n");
    BOOST_TEST(wrapped("", 7) == "");
}

BOOST_AUTO_TEST_CASE(the_first_sign_of_a_line_is_colored) {
    BOOST_TEST(with_colored_signs("  + add\n    ✗ stop + go\n") ==
               "  \x1b[32m+\x1b[0m add\n    \x1b[31m✗\x1b[0m stop + go\n");
    BOOST_TEST(with_colored_signs("+ at the edge\n  plus +\n  +1\n\n") ==
               "+ at the edge\n  plus +\n  +1\n\n");
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
