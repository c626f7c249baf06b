#include <ldif/expand.hpp>
#include <ldif/reader.hpp>

#include <boost/test/unit_test.hpp>

using namespace dsplan::ldif;

namespace {

std::string expanded(std::string_view text, std::vector<substitution> const& list, std::size_t fold = 76) {
    auto input = reader::from_text(text);
    auto const done = expand(**input.next_view(), list, fold);
    std::string shown = done.text;
    for (auto const& it : done.warnings)
        shown += (it.what == expand_warning::kind::base64 ? "! base64 " : "! leftover ") +
                 std::to_string(it.line) + " " + it.text + "\n";
    return shown;
}

} // namespace

BOOST_AUTO_TEST_SUITE(expand)

BOOST_AUTO_TEST_CASE(replaces_in_names_and_plain_values) {
    BOOST_TEST(
        expanded(
            "# about DC=X\ndn: CN=a,DC=X\nchangetype: modify\nadd: member\nmember: CN=b,DC=X\nmember: c\n-\n",
            {{"DC=X", "DC=contoso,DC=com"}}) ==
        "# about DC=X\ndn: CN=a,DC=contoso,DC=com\nchangetype: modify\nadd: member\n"
        "member: CN=b,DC=contoso,DC=com\nmember: c\n-\n");
}

BOOST_AUTO_TEST_CASE(replaces_across_a_fold_and_folds_again) {
    BOOST_TEST(expanded("dn: CN=a,D\n C=X\na: 1\n 2\n", {{"DC=X", "DC=contoso"}}, 10) ==
               "dn: CN=a,D\n C=contoso\na: 1\n 2\n");
    BOOST_TEST(expanded("dn: CN=a,DC=X\r\na: 1\r\n", {{"DC=X", "DC=contoso,DC=com"}}, 20) ==
               "dn: CN=a,DC=contoso,\r\n DC=com\r\na: 1\r\n");
}

BOOST_AUTO_TEST_CASE(replaces_in_turn_and_not_in_its_own_text) {
    BOOST_TEST(expanded("dn: CN=a\nb: aa\n", {{"a", "ba"}, {"b", "c"}}) == "dn: CN=ca\nc: caca\n");
}

BOOST_AUTO_TEST_CASE(warns_of_base64_and_of_leftovers) {
    BOOST_TEST(
        expanded("# head\n  folded\ndn: CN=a,DC=X\nb:: Q049YSxEQz1Y\nc: <SchemaContainerDN>\nd: ${NAME}\n"
                 "e: %DOMAIN% 100%\nf: #defaultNamingContext\ng: DC=X,DC=com\nh: a#b\n",
                 {{"DC=X", "DC=X"}}) ==
        "# head\n  folded\ndn: CN=a,DC=X\nb:: Q049YSxEQz1Y\nc: <SchemaContainerDN>\nd: ${NAME}\n"
        "e: %DOMAIN% 100%\nf: #defaultNamingContext\ng: DC=X,DC=com\nh: a#b\n"
        "! leftover 3 DC=X\n! base64 4 DC=X\n! leftover 5 <SchemaContainerDN>\n! leftover 6 ${NAME}\n"
        "! leftover 7 %DOMAIN%\n! leftover 8 #defaultNamingContext\n");
}

BOOST_AUTO_TEST_SUITE_END()
