#include <tools/dsplan/render/ldif_check_page.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(render)
BOOST_AUTO_TEST_SUITE(ldif_check_page)

namespace ldif = dsplan::ldif;
using dsplan::render::ldif_finding_html;
using dsplan::render::write_ldif_check_page;

BOOST_AUTO_TEST_CASE(a_finding_is_text_with_its_place_and_a_caret) {
    ldif::parse_error what;
    what.file = "<a>.ldf";
    what.line = 7;
    what.column = 4;
    what.source = "cn:: A?";
    what.caret = 6;
    what.expected = "a base64 character";
    what.found = "'?'";
    what.hint = "export it again";
    BOOST_TEST(ldif_finding_html(what, "CN=<b>") ==
               "<li><code>&lt;a&gt;.ldf:7:4</code> expected a base64 character, found &apos;?&apos;"
               "<br><code class=\"raw\">CN=&lt;b&gt;</code>\n"
               "<pre>cn:: A?\n      ^</pre>\n"
               "<p><strong>To do:</strong> export it again</p></li>\n");
}

BOOST_AUTO_TEST_CASE(findings_stand_below_their_rule) {
    std::vector<std::string> const items{"<li>one</li>\n", "<li>two</li>\n", "<li>three</li>\n"};
    std::size_t next = 0;
    std::string page;
    write_ldif_check_page(
        {.records = 12, .rules = {{"no-parent", true, 1}, {"trailing-blank", false, 2}}},
        [&] { return std::string_view(items[next++]); }, [&page](std::string_view part) { page += part; },
        {});
    BOOST_TEST(page.find("An import of 12 records would not go through.") != std::string::npos);
    BOOST_TEST(page.find("<span class=\"badge bad\">1 error</span> <span class=\"badge doubt\">2 warnings") !=
               std::string::npos);
    auto const first = page.find("no-parent</h2>");
    auto const second = page.find("trailing-blank</h2>");
    BOOST_TEST((first < page.find(">one<") && page.find(">one<") < second && second < page.find(">two<") &&
                page.find(">two<") < page.find(">three<")));
}

BOOST_AUTO_TEST_CASE(nothing_found_is_good) {
    std::string page;
    write_ldif_check_page(
        {.records = 1, .rules = {}}, [] { return std::string_view(); },
        [&page](std::string_view part) { page += part; }, {});
    BOOST_TEST(page.find("<section class=\"verdict good\"") != std::string::npos);
    BOOST_TEST(page.find("1 record without a finding.") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
