#include <tools/dsplan/render/page_section.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(render)
BOOST_AUTO_TEST_SUITE(page_section)

using dsplan::render::code;
using dsplan::render::html_of;
using dsplan::render::markdown_of;
using dsplan::render::passage;
using dsplan::render::plain;
using dsplan::render::strong;

namespace {

std::vector<passage> const steps{{0, {plain("Two <steps>:")}}, {1, {strong("first"), plain(" run")}},
                                 {2, {code("a `b` | c")}},     {3, {plain("then wait")}},
                                 {1, {plain("second")}},       {0, {plain("Done.")}}};

} // namespace

BOOST_AUTO_TEST_CASE(lists_nest_in_markdown_and_names_stay_text) {
    BOOST_TEST(markdown_of(steps) == "Two \\<steps\\>:\n\n"
                                     "- **first** run\n"
                                     "  - `` a `b` | c ``\n"
                                     "    - then wait\n"
                                     "- second\n\n"
                                     "Done.\n\n");
}

BOOST_AUTO_TEST_CASE(lists_nest_in_html_and_names_stay_text) {
    BOOST_TEST(html_of(steps) == "<p>Two &lt;steps&gt;:</p>\n"
                                 "\n<ul>\n<li><strong>first</strong> run"
                                 "\n<ul>\n<li><code>a `b` | c</code>"
                                 "\n<ul>\n<li>then wait</li>\n</ul>\n</li>\n</ul>\n</li>\n"
                                 "<li>second</li>\n</ul>\n"
                                 "<p>Done.</p>\n");
}

BOOST_AUTO_TEST_CASE(a_section_and_its_parts_have_headings) {
    std::vector<dsplan::render::page_section> const sections{
        {"Import", false, {{0, {plain("One by one.")}}}}, {"In contoso.com", true, {{1, {plain("a step")}}}}};
    BOOST_TEST(markdown_of(sections) == "## Import\n\nOne by one.\n\n### In contoso.com\n\n- a step\n\n");
    BOOST_TEST(html_of(sections) == "<h2 id=\"part-import\">Import</h2>\n<p>One by one.</p>\n<h3>In "
                                    "contoso.com</h3>\n\n<ul>\n<li>a step</li>\n</ul>\n");
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
