#include <ldif/name_with_data.hpp>

#include <boost/test/unit_test.hpp>

using namespace dsplan::ldif;

namespace {

void bad(std::string_view text, std::uint64_t column, std::string_view expected_message) {
    auto const value = parse_name_with_data(text);
    BOOST_TEST_REQUIRE(!value.has_value(), text);
    BOOST_TEST(message(value.error()) == expected_message);
    BOOST_TEST(value.error().column == column);
}

} // namespace

BOOST_AUTO_TEST_SUITE(name_with_data)

BOOST_AUTO_TEST_CASE(reads_and_writes_binary_data) {
    auto const value = parse_name_with_data("B:4:abCD:CN=a,DC=x").value();
    BOOST_TEST((value.type == dsplan::ldif::name_with_data::kind::binary));
    BOOST_TEST(value.data == "\xAB\xCD");
    BOOST_TEST(value.dn == "CN=a,DC=x");
    BOOST_TEST(to_string(value) == "B:4:ABCD:CN=a,DC=x");
    BOOST_TEST(to_string(parse_name_with_data("B:0::DC=x").value()) == "B:0::DC=x");
}

BOOST_AUTO_TEST_CASE(reads_and_writes_strings) {
    for (std::string_view const text :
         {"S:5:a:b:c:DC=x", "S:2:\xC3\xA4\xC3\xB6:DC=x", "S:2:\xF0\x9F\x98\x80:DC=x"})
        BOOST_TEST(to_string(parse_name_with_data(text).value()) == text);
    BOOST_TEST(parse_name_with_data("S:5:a:b:c:DC=x").value().data == "a:b:c");
}

BOOST_AUTO_TEST_CASE(compares_the_name_as_a_name) {
    BOOST_TEST(normalize_name_value("b:4:abcd:CN=A, DC=x").value() ==
               normalize_name_value("B:4:ABCD:cn=a,dc=X").value());
    BOOST_TEST(normalize_name_value("CN=A").value() == "cn=a");
    BOOST_TEST(name_part("B:4:ABCD:CN=a") == "CN=a");
    BOOST_TEST(name_part("CN=a") == "CN=a");
}

BOOST_AUTO_TEST_CASE(rejects_what_is_neither) {
    bad("CN=a", 1, "expected 'B:' or 'S:', found 'CN'");
    bad("B:x:AB:CN=a", 3, "expected a count of characters with ':' after it, found 'x:AB:CN=a'");
    bad("B:4:AB:CN=a", 5, "expected 4 characters with ':' after them, found 'AB:CN=a'");
    bad("B:99999999999999999999:AB:CN=a", 3,
        "expected a count of characters with ':' after it, found "
        "'99999999999999999999'");
    bad("B:3:ABC:CN=a", 5, "expected an even number of hexadecimal digits, found 3");
    bad("B:2:XY:CN=a", 5, "expected hexadecimal digits, found 'XY'");
    bad("B:2:AB:Ruth", 12, "expected '=' after the attribute name, found the end of the name");
    bad("S:9:ab:CN=a", 5, "expected 9 characters with ':' after them, found 'ab:CN=a'");
}

BOOST_AUTO_TEST_SUITE_END()
