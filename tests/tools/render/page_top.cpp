#include <tools/dsplan/render/page_top.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(render)
BOOST_AUTO_TEST_SUITE(page_top)

using namespace dsplan::render;

BOOST_AUTO_TEST_CASE(a_verdict_is_text) {
    verdict_box const shown{
        .look = "bad", .sentence = "<b> gains", .badges = {{"bad", "2 dangers"}}, .lines = {"a & b"}};
    BOOST_TEST(verdict_html(shown) == "<section class=\"verdict bad\" aria-label=\"Verdict\">\n"
                                      "<p class=\"sentence\">&lt;b&gt; gains</p>\n"
                                      "<p class=\"badges\"><span class=\"badge bad\">2 dangers</span> </p>\n"
                                      "<p>a &amp; b</p>\n"
                                      "</section>\n");
}

BOOST_AUTO_TEST_CASE(contents_of_one_section_are_none) {
    BOOST_TEST(contents_html({{"part-effect", "Effect"}}).empty());
    BOOST_TEST(contents_html({{"part-effect", "Effect"}, {"part-records", "Records <2>"}}) ==
               "<nav class=\"contents\" aria-label=\"Contents\">\n<ul>\n"
               "<li><a href=\"#part-effect\">Effect</a></li>\n"
               "<li><a href=\"#part-records\">Records &lt;2&gt;</a></li>\n</ul>\n</nav>\n");
}

BOOST_AUTO_TEST_CASE(anchors_hold_nothing_but_letters_digits_and_dashes) {
    BOOST_TEST(anchor_of("Findings of the review") == "part-findings-of-the-review");
    BOOST_TEST(anchor_of("\"><script> 2") == "part-script-2");
    BOOST_TEST(anchor_of("…") == "part-");
}

BOOST_AUTO_TEST_CASE(rows_are_signed) {
    BOOST_TEST(look_of("gains").sign == "+");
    BOOST_TEST(look_of("removed").name == "removed");
    BOOST_TEST(look_of("moved").sign == "~");
    BOOST_TEST(look_of("").sign.empty());
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
