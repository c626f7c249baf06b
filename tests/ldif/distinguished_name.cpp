#include <ldif/distinguished_name.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <random>

using namespace dsplan::ldif;

namespace {

void bad(std::string_view text, std::uint64_t column, std::string_view expected_message) {
    auto const name = parse_distinguished_name(text);
    BOOST_TEST_REQUIRE(!name.has_value(), text);
    BOOST_TEST(message(name.error()) == expected_message);
    BOOST_TEST(name.error().column == column);
    BOOST_TEST(!check_distinguished_name(text).has_value());
    BOOST_TEST(!normalize(text).has_value());
}

std::string round_trip(std::string_view text) {
    auto const name = parse_distinguished_name(text).value();
    auto written = to_string(name);
    BOOST_TEST((parse_distinguished_name(written).value() == name));
    BOOST_TEST(normalize(text).value() == normalized(name));
    return written;
}

bool same(std::string_view left, std::string_view right) {
    return normalize(left).value() == normalize(right).value();
}

} // namespace

BOOST_AUTO_TEST_SUITE(distinguished_name)

BOOST_AUTO_TEST_CASE(reads_plain_names) {
    auto const name = parse_distinguished_name("CN=Ruth,OU=Sales,DC=contoso,DC=com").value();
    BOOST_TEST_REQUIRE(name.rdns.size() == 4U);
    BOOST_TEST(name.rdns[0][0].type == "CN");
    BOOST_TEST(name.rdns[0][0].value == "Ruth");
    BOOST_TEST(name.rdns[3][0].value == "com");
    BOOST_TEST(parse_distinguished_name("").value().rdns.empty());
    BOOST_TEST(to_string(parse_distinguished_name("").value()) == "");
}

BOOST_AUTO_TEST_CASE(undoes_and_writes_escapes) {
    auto const name = parse_distinguished_name("CN=Adams\\, Ruth,DC=contoso").value();
    BOOST_TEST(name.rdns[0][0].value == "Adams, Ruth");
    BOOST_TEST(round_trip("CN=Adams\\, Ruth,DC=contoso") == "CN=Adams\\, Ruth,DC=contoso");
    BOOST_TEST(round_trip("CN=\"Adams, Ruth\",DC=contoso") == "CN=Adams\\, Ruth,DC=contoso");
    BOOST_TEST(round_trip("CN=a\\2Cb,DC=contoso") == "CN=a\\,b,DC=contoso");
    BOOST_TEST(round_trip("CN=\\ edge \\ ,DC=x") == "CN=\\ edge \\ ,DC=x");
    BOOST_TEST(round_trip("CN=\\#5,DC=x") == "CN=\\#5,DC=x");
    BOOST_TEST(round_trip("CN=a\\=b\\;c,DC=x") == "CN=a=b\\;c,DC=x");
    BOOST_TEST(round_trip("cn=#04024869,DC=x") == "cn=Hi,DC=x");
    BOOST_TEST(round_trip("CN=x\\00y") == "CN=x\\00y");
    BOOST_TEST(round_trip("CN=x\\FFy") == "CN=x\\FFy");
    BOOST_TEST(round_trip("CN=\\C3\\A4") == "CN=\xC3\xA4");
    BOOST_TEST(round_trip("CN=") == "CN=");
}

BOOST_AUTO_TEST_CASE(reads_the_names_of_deleted_objects) {
    auto const text =
        "CN=Ruth\\0ADEL:5b47d60f-6090-40b2-9f37-2a4de88f3063,CN=Deleted Objects,DC=contoso,DC=com";
    auto const name = parse_distinguished_name(text).value();
    BOOST_TEST(name.rdns[0][0].value == "Ruth\nDEL:5b47d60f-6090-40b2-9f37-2a4de88f3063");
    BOOST_TEST(to_string(name) == text);
}

BOOST_AUTO_TEST_CASE(drops_blanks_around_separators) {
    BOOST_TEST(round_trip(" CN = Ruth Adams  , DC=x ") == "CN=Ruth Adams,DC=x");
    BOOST_TEST(same("CN=a , DC=b", "cn=A,dc=B"));
    BOOST_TEST(!same("CN=a b,DC=c", "CN=ab,DC=c"));
}

BOOST_AUTO_TEST_CASE(reads_names_with_several_values) {
    BOOST_TEST(round_trip("CN=a+SN=b,DC=x") == "CN=a+SN=b,DC=x");
    BOOST_TEST(same("CN=a+SN=b,DC=x", "sn=B + cn=A,dc=X"));
    BOOST_TEST(!same("CN=a+SN=b,DC=x", "CN=a,SN=b,DC=x"));
}

BOOST_AUTO_TEST_CASE(compares_as_active_directory_does) {
    BOOST_TEST(same("CN=M\xC3\xBCller,DC=x", "cn=M\xC3\x9CLLER,dc=X"));
    BOOST_TEST(same("CN=M\xC3\xBCller,DC=x", "cn=muller,dc=X"));
    BOOST_TEST(same("CN=M\xC3\xBCller,DC=x", "CN=Mu\xCC\x88ller,DC=x"));
    BOOST_TEST(same("CN=\xD0\x98\xD0\xB2\xD0\xB0\xD0\xBD", "CN=\xD0\xB8\xD0\x92\xD0\x90\xD0\x9D"));
    BOOST_TEST(same("CN=\xEF\xBC\xA1", "CN=a"));
    BOOST_TEST(!same("CN=Stra\xC3\x9F"
                     "e",
                     "CN=Strasse"));
    BOOST_TEST(same("2.5.4.3=a,0.9.2342.19200300.100.1.25=b", "CN=a,DC=b"));
    BOOST_TEST(same("OID.2.5.4.3=a", "CN=a"));
    BOOST_TEST(!same("CN=a\\,b", "CN=a,CN=b"));
}

BOOST_AUTO_TEST_CASE(rejects_what_is_no_name) {
    bad("Ruth", 5, "expected '=' after the attribute name, found the end of the name");
    bad("=Ruth", 1, "expected an attribute name such as CN, OU or DC, found '='");
    bad("CN=Adams, Ruth,DC=x", 15, "expected '=' after the attribute name, found ','");
    bad("CN=a,", 6, "expected an attribute name such as CN, OU or DC, found the end of the name");
    bad("CN=a,,DC=x", 6, "expected an attribute name such as CN, OU or DC, found ','");
    bad("CN=a\\", 6,
        "expected a special character or two hexadecimal digits after '\\', found the end of the name");
    bad("CN=a\\4", 7,
        "expected a special character or two hexadecimal digits after '\\', found the end of the name");
    bad("CN=a\\zz", 6, "expected a special character or two hexadecimal digits after '\\', found 'z'");
    bad("CN=a;DC=x", 5, "expected a value, ',' or '+', found ';'");
    bad("CN=<x>", 4, "expected a value, ',' or '+', found '<'");
    bad("CN=\"a", 6, "expected the closing quotation mark, found the end of the name");
    bad("CN=\"a\"b", 7, "expected ',' or '+' after the value, found 'b'");
    bad("CN=#0G", 4, "expected an even number of hexadecimal digits of a BER string after '#', found '#'");
}

BOOST_AUTO_TEST_CASE(knows_parents_and_children) {
    auto const name = parse_distinguished_name("CN=a,DC=x").value();
    BOOST_TEST(to_string(parent(name).value()) == "DC=x");
    BOOST_TEST(to_string(child({{"OU", "b,c"}}, name)) == "OU=b\\,c,CN=a,DC=x");
    BOOST_TEST(!parent({}).has_value());
    BOOST_TEST(parent_text("CN=a\\,b, DC=x") == "DC=x");
    BOOST_TEST(parent_text("CN=\"a,b\",DC=x") == "DC=x");
    BOOST_TEST(parent_text("DC=x") == "");
    BOOST_TEST(first_rdn_text("CN=a\\,b,DC=x") == "CN=a\\,b");
    BOOST_TEST(tree_order("cn=a,dc=x,dc=y") == "dc=y\x01"
                                               "dc=x\x01"
                                               "cn=a\x01");
    BOOST_TEST(tree_order("") == "");
}

BOOST_AUTO_TEST_CASE(takes_time_linear_in_the_text) {
    std::string text;
    for (int i = 0; i < 100000; ++i)
        text += "CN=\\,\\2C\"\",";
    BOOST_TEST(!normalize(text).has_value());
    text = "CN=";
    for (int i = 0; i < 100000; ++i)
        text += "a\\,b";
    text += ",DC=x";
    BOOST_TEST(tree_order(normalize(text).value()).size() == text.size() + 1);
}

// What is read without the scanner, and what the scanner reads.
BOOST_AUTO_TEST_CASE(reads_plain_names_as_it_reads_the_others) {
    constexpr std::array<std::string_view, 20> pieces{
        "CN=", "ou=", "DC=", "dc",  "=",  ",", ", ",       " ", "a",     "Bc",
        "-",   "2.5", "+",   "\\,", "\"", "#", "\xC3\xA4", ";", ",DC=x", "oid.2.5.4.3="};
    std::mt19937 random(11);
    std::size_t names = 0;
    for (int round = 0; round < 50000; ++round) {
        std::string text = round % 2 == 0 ? "CN=a" : "";
        for (auto left = random() % 8; left > 0; --left)
            text += pieces[random() % pieces.size()];
        auto const name = parse_distinguished_name(text);
        auto const key = normalize(text);
        BOOST_TEST_REQUIRE(name.has_value() == key.has_value(), text);
        BOOST_TEST_REQUIRE(name.has_value() == check_distinguished_name(text).has_value(), text);
        if (!name)
            continue;
        ++names;
        BOOST_TEST_REQUIRE(*key == normalized(*name), text);
        std::string from_the_root;
        for (auto rdn = name->rdns.rbegin(); rdn != name->rdns.rend(); ++rdn)
            from_the_root += normalized({{*rdn}}) + '\x01';
        BOOST_TEST_REQUIRE(tree_order(*key) == from_the_root, text);
    }
    BOOST_TEST(names > 5000U);
}

BOOST_AUTO_TEST_CASE(has_a_limit_of_depth) {
    std::string text = "DC=x";
    for (int i = 1; i < 1000; ++i)
        text = "OU=a," + text;
    BOOST_TEST(normalize(text).has_value());
    BOOST_TEST(message(normalize("OU=a," + text).error()) ==
               "expected a name of at most 1000 parts, found 'D'");
}

BOOST_AUTO_TEST_SUITE_END()
