#include <ldif/base64.hpp>

#include <boost/test/unit_test.hpp>

#include <random>

using namespace dsplan::ldif;

namespace {

void bad(std::string_view text, std::uint64_t column, std::string_view expected_message) {
    auto const decoded = decode_base64(text);
    BOOST_TEST_REQUIRE(!decoded.has_value(), text);
    BOOST_TEST(message(decoded.error()) == expected_message);
    BOOST_TEST(decoded.error().column == column);
}

} // namespace

BOOST_AUTO_TEST_SUITE(base64)

// The vectors of RFC 4648 section 10.
BOOST_AUTO_TEST_CASE(vectors_of_the_rfc) {
    std::pair<std::string_view, std::string_view> const vectors[] = {
        {"", ""},
        {"f", "Zg=="},
        {"fo", "Zm8="},
        {"foo", "Zm9v"},
        {"foob", "Zm9vYg=="},
        {"fooba", "Zm9vYmE="},
        {"foobar", "Zm9vYmFy"},
    };
    for (auto const& [octets, text] : vectors) {
        BOOST_TEST(encode_base64(octets) == text);
        BOOST_TEST(decode_base64(text).value() == octets);
    }
}

BOOST_AUTO_TEST_CASE(every_length_comes_back) {
    std::mt19937 random(1);
    for (std::size_t size = 0; size < 200; ++size) {
        std::string octets(size, '\0');
        for (char& octet : octets)
            octet = static_cast<char>(random());
        BOOST_TEST((decode_base64(encode_base64(octets)).value() == octets));
    }
}

BOOST_AUTO_TEST_CASE(decodes_in_place) {
    std::string text = encode_base64("the quick brown fox jumps over the lazy dog");
    auto const size = decode_base64_into(text, text.data());
    BOOST_TEST(text.substr(0, size.value()) == "the quick brown fox jumps over the lazy dog");
}

BOOST_AUTO_TEST_CASE(rejects_what_is_no_base64) {
    bad("Zg=", 3, "expected 2 padding characters at the end of base64, found 1");
    bad("Zg", 3,
        "expected base64 in whole groups of four characters, found the end of the value after 2 of 4");
    bad("Zm9vYg=", 7, "expected 2 padding characters at the end of base64, found 1");
    bad("Zm9v=", 5, "expected 0 padding characters at the end of base64, found 1");
    bad("Zm9vYg==Zm9v", 9, "expected nothing after the padding of base64, found 'Zm9v'");
    bad("Zm9?", 4, "expected a base64 character (A-Z a-z 0-9 + /), found '?'");
    bad("Zm9 v", 4, "expected a base64 character (A-Z a-z 0-9 + /), found ' '");
    bad("Zh==", 2, "expected zero bits before the padding of base64, found 'h'");
    bad("Zm9=", 3, "expected zero bits before the padding of base64, found '9'");
    bad("====", 1, "expected 0 padding characters at the end of base64, found 4");
    bad("Z===", 2, "expected 0 padding characters at the end of base64, found 3");
    bad("Zm-v", 3, "expected a base64 character (A-Z a-z 0-9 + /), found '-'");
}

BOOST_AUTO_TEST_SUITE_END()
