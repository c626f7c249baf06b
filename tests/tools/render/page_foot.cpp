#include <tools/dsplan/render/page_foot.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(render)
BOOST_AUTO_TEST_SUITE(page_foot)

using namespace dsplan::render;

BOOST_AUTO_TEST_CASE(sources_are_named_with_their_sums_and_are_text) {
    auto const foot = foot_html({{{"change", {.name = "<b>.ldf", .size = 1234, .sha256 = "00ff"}},
                                  {"base", {.name = "standard input"}}}});
    BOOST_TEST(
        foot.find("<tr><td>change</td><td><code>&lt;b&gt;.ldf</code></td><td>1,234 bytes</td>"
                  "<td><code>00ff</code></td></tr>\n"
                  "<tr><td>base</td><td><code>standard input</code></td><td>–</td><td>–</td></tr>\n") !=
        std::string::npos);
}

BOOST_AUTO_TEST_CASE(without_sources_it_still_says_which_program_and_who_signs) {
    auto const foot = foot_html({});
    BOOST_TEST(foot.find("<table") == std::string::npos);
    BOOST_TEST(foot.find("Made by dsplan ") != std::string::npos);
    BOOST_TEST(foot.find("<dt>Approved by</dt>") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
