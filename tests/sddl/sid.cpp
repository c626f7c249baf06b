#include <sddl/sid.hpp>

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

using namespace dsplan::sddl;

namespace {

std::string again(std::string_view text) {
    return fmt::format("{}", parse_sid(text).value());
}

} // namespace

BOOST_AUTO_TEST_SUITE(sid)

BOOST_AUTO_TEST_CASE(text_form) {
    BOOST_TEST(again("S-1-5-32-544") == "S-1-5-32-544");
    BOOST_TEST(again("s-1-5-21-1-2-3-0x1F4") == "S-1-5-21-1-2-3-500");
    BOOST_TEST(again("S-1-0x100000000FF-4294967295") == "S-1-0x100000000FF-4294967295");
    BOOST_TEST(again("S-1-4294967295-1") == "S-1-4294967295-1");
}

BOOST_AUTO_TEST_CASE(refuses_what_is_no_sid) {
    BOOST_TEST(message(parse_sid("S-1-5").error()) ==
               "expected '-' and a sub-authority, found the end of the SID");
    BOOST_TEST(message(parse_sid("S-2-5-1").error()) == "expected the SID revision 1, found '2-5-1'");
    BOOST_TEST(message(parse_sid("BA").error()) == "expected a SID such as S-1-5-32-544, found 'BA'");
    BOOST_TEST(message(parse_sid("S-1-5-1-2-3-4-5-6-7-8-9-10-11-12-13-14-15-16").error()) ==
               "expected at most 15 sub-authorities, found '-16'");
    BOOST_TEST(message(parse_sid("S-1-5-4294967296").error()) ==
               "expected a sub-authority up to 4294967295, found '4294967296'");
    BOOST_TEST(message(parse_sid("S-1-5--1").error()) ==
               "expected a sub-authority without a sign, found '-1'");
    BOOST_TEST(message(parse_sid("S-1-5- 1").error()) == "expected no blanks in a SID, found ' '");
}

BOOST_AUTO_TEST_CASE(binary_form) {
    byte_string bytes;
    append(bytes, parse_sid("S-1-5-32-544").value());
    byte_string const expected{std::byte{1},    std::byte{2}, std::byte{0}, std::byte{0},
                               std::byte{0},    std::byte{0}, std::byte{0}, std::byte{5},
                               std::byte{32},   std::byte{0}, std::byte{0}, std::byte{0},
                               std::byte{0x20}, std::byte{2}, std::byte{0}, std::byte{0}};
    BOOST_TEST((bytes == expected));
    BOOST_TEST((read_sid(bytes).value() == parse_sid("S-1-5-32-544").value()));
    bytes.pop_back();
    BOOST_TEST(message(read_sid(bytes).error()) ==
               "expected room for the 16 octets of this SID, found 15 octets");
    bytes[1] = std::byte{16};
    BOOST_TEST(message(read_sid(bytes).error()) == "expected at most 15 sub-authorities, found 16");
}

BOOST_AUTO_TEST_CASE(relative_to_a_domain) {
    auto const domain = parse_sid("S-1-5-21-1-2-3").value();
    auto const account = with_relative_identifier(domain, 512).value();
    BOOST_TEST(fmt::format("{}", account) == "S-1-5-21-1-2-3-512");
    BOOST_TEST((domain_of(account).value() == domain));
    BOOST_TEST(relative_identifier(account).value() == 512u);
    BOOST_TEST(is_domain_sid(domain));
    BOOST_TEST(!is_domain_sid(account));
}

BOOST_AUTO_TEST_SUITE_END()
