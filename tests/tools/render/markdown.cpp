#include <tools/dsplan/render/markdown.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(render)
BOOST_AUTO_TEST_SUITE(markdown)

using dsplan::render::markdown_code;
using dsplan::render::markdown_text;

BOOST_AUTO_TEST_CASE(markup_and_html_become_text) {
    BOOST_TEST(markdown_text("<img src=x> *a* [b](c) `d` a_b # ~ |") ==
               "\\<img src=x\\> \\*a\\* \\[b\\](c) \\`d\\` a\\_b \\# \\~ \\|");
    BOOST_TEST(markdown_text("R&amp;D") == "R\\&amp;D");
}

BOOST_AUTO_TEST_CASE(control_characters_are_shown) {
    BOOST_TEST(markdown_text("a\nb\x1b[31m") == "a\\\\x0ab\\\\x1b\\[31m");
}

BOOST_AUTO_TEST_CASE(an_address_of_the_input_is_no_link) {
    BOOST_TEST(markdown_text("see https://evil.example/x") == "see https\\://evil.example/x");
    BOOST_TEST(markdown_text("WWW.evil.example") == "WWW\\.evil.example");
    BOOST_TEST(markdown_text("a: b, www and x.y") == "a: b, www and x.y");
}

BOOST_AUTO_TEST_CASE(a_code_span_holds_any_backticks) {
    BOOST_TEST(markdown_code("plain") == "`plain`");
    BOOST_TEST(markdown_code("a`b") == "`` a`b ``");
    BOOST_TEST(markdown_code("``") == "``` `` ```");
    BOOST_TEST(markdown_code("") == "``(empty)``");
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
