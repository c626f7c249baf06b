#include <ldif/base64.hpp>
#include <tools/dsplan/ground/sha256.hpp>
#include <tools/dsplan/render/html_page.hpp>

#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

BOOST_AUTO_TEST_SUITE(render)
BOOST_AUTO_TEST_SUITE(html_page)

using dsplan::render::fill_html;
using dsplan::render::html_text;

namespace {

// Whether the policy of the page names the content of `element` by its hash.
bool is_named_by_hash(std::string const& page, std::string const& element) {
    auto const open = "<" + element + ">";
    auto const begin = page.find(open) + open.size();
    auto const content = page.substr(begin, page.find("</" + element + ">") - begin);
    auto const hash = dsplan::ldif::encode_base64(dsplan::sha256_octets(content));
    return page.find(element + "-src 'sha256-" + hash + "'") != std::string::npos;
}

} // namespace

BOOST_AUTO_TEST_CASE(text_becomes_neither_markup_nor_control_characters) {
    BOOST_TEST(html_text("<img src=x onerror='a'>&\"") ==
               "&lt;img src=x onerror=&apos;a&apos;&gt;&amp;&quot;");
    BOOST_TEST(html_text("a\xe2\x80\xae"
                         "b\xff\n") == "a\\xe2\\x80\\xaeb\\xff\\x0a");
}

BOOST_AUTO_TEST_CASE(the_policy_names_style_and_script_and_allows_nothing_else) {
    dsplan::render::html_page const made("a title", "p { margin: 0; }", "// more");
    auto const page = made.head() + made.tail();
    BOOST_TEST(is_named_by_hash(page, "style"));
    BOOST_TEST(is_named_by_hash(page, "script"));
    BOOST_TEST(page.find("content=\"default-src 'none'; style-src 'sha256-") != std::string::npos);
    BOOST_TEST(page.find("unsafe") == std::string::npos);
    BOOST_TEST(page.find("http:") == std::string::npos);
    BOOST_TEST(page.find("https:") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_title_is_text) {
    dsplan::render::html_page const made("</title><script>alert(1)</script>");
    BOOST_TEST(made.head().find("<title>&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;</title>") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_body_stands_between_head_and_tail) {
    dsplan::render::html_page const made("t");
    BOOST_TEST(made.head().ends_with("<main>\n"));
    BOOST_TEST(made.tail().starts_with("</main>"));
}

BOOST_AUTO_TEST_CASE(empty_values_are_not_there) {
    auto const fill = [](nlohmann::ordered_json const& value) {
        return fill_html("{{#a}}there{{/a}}{{^a}}not{{/a}}", {{"a", value}});
    };
    BOOST_TEST(fill("") == "not");
    BOOST_TEST(fill(false) == "not");
    BOOST_TEST(fill(nullptr) == "not");
    BOOST_TEST(fill(nlohmann::ordered_json::array()) == "not");
    BOOST_TEST(fill(0) == "there");
    BOOST_TEST(fill("x") == "there");
    BOOST_TEST(fill_html("{{#a}}[{{.}}]{{/a}}", {{"a", {"<", 1}}}) == "[&lt;][1]");
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
