#include <sddl/guid.hpp>

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

using namespace dsplan::sddl;

BOOST_AUTO_TEST_SUITE(guid)

BOOST_AUTO_TEST_CASE(first_three_fields_are_little_endian) {
    auto const parsed = parse_guid("5B47d60f-6090-40b2-9f37-2a4de88f3063").value();
    BOOST_TEST(std::to_integer<int>(parsed.octets[0]) == 0x0f);
    BOOST_TEST(std::to_integer<int>(parsed.octets[3]) == 0x5b);
    BOOST_TEST(std::to_integer<int>(parsed.octets[8]) == 0x9f);
    BOOST_TEST(fmt::format("{}", parsed) == "5b47d60f-6090-40b2-9f37-2a4de88f3063");
}

BOOST_AUTO_TEST_CASE(refuses_braces_and_says_so) {
    auto const error = parse_guid("{5b47d60f-6090-40b2-9f37-2a4de88f3063}").error();
    BOOST_TEST(message(error) == "expected a GUID such as 5b47d60f-6090-40b2-9f37-2a4de88f3063, found "
                                 "'{5b47d60f-6090-40b2-9f37-2a4de88f3063}'");
    BOOST_TEST(error.hint == "leave out the braces");
}

BOOST_AUTO_TEST_CASE(points_at_the_first_wrong_letter) {
    auto const error = parse_guid("5b47d60f-6090-40b2-9f37-2a4de88f306g").error();
    BOOST_TEST(error.begin == 35u);
    BOOST_TEST(error.end == 36u);
}

// Every octet at every place: a digit, the dash where one belongs, or an error at that place.
BOOST_AUTO_TEST_CASE(no_other_octet_is_taken_for_a_digit_or_a_dash) {
    constexpr std::string_view text = "5b47d60f-6090-40b2-9f37-2a4de88f3063";
    constexpr std::string_view digits = "0123456789abcdefABCDEF";
    for (std::size_t place = 0; place < text.size(); ++place) {
        for (unsigned octet = 0; octet < 256; ++octet) {
            auto changed = std::string(text);
            changed[place] = static_cast<char>(octet);
            auto const is_right = text[place] == '-' ? changed[place] == '-'
                                                     : digits.find(changed[place]) != std::string_view::npos;
            auto const parsed = parse_guid(changed);
            BOOST_REQUIRE_EQUAL(parsed.has_value(), is_right);
            if (!parsed)
                BOOST_REQUIRE_EQUAL(parsed.error().begin, place);
            else if (octet < 'A' || octet > 'F')
                BOOST_REQUIRE_EQUAL(fmt::format("{}", *parsed), changed);
        }
    }
}

BOOST_AUTO_TEST_CASE(reads_sixteen_octets_only) {
    std::array<std::byte, 17> const octets{};
    BOOST_TEST(read_guid(byte_view(octets).first(16)).has_value());
    BOOST_TEST(message(read_guid(octets).error()) == "expected the 16 octets of a GUID, found 17 octets");
}

BOOST_AUTO_TEST_SUITE_END()
