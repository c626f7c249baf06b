#include <sddl/resource_claim.hpp>

#include <boost/test/unit_test.hpp>

#include <tests/sddl/vectors.hpp>

using namespace dsplan::sddl;

namespace {

std::string refusal(std::string_view hex) {
    auto const bytes = test::from_hex(hex);
    auto const read = decode_claim(bytes);
    return read ? "accepted" : fmt::format("{}: {}", read.error().begin, message(read.error()));
}

} // namespace

BOOST_AUTO_TEST_SUITE(resource_claim)

BOOST_AUTO_TEST_CASE(octets) {
    auto const encoded = [](std::string_view text) {
        return test::to_hex(encode_claim(parse_claim(text).value()));
    };
    BOOST_TEST(encoded("(\"abc\",TS,0x10002,\"a\",\"bc\")") == "18000000"
                                                               "0300"
                                                               "0000"
                                                               "02000100"
                                                               "02000000"
                                                               "20000000"
                                                               "24000000"
                                                               "6100620063000000"
                                                               "61000000"
                                                               "620063000000"
                                                               "0000");
    BOOST_TEST(encoded("(\"a\",TI,0x0,-1)") == "14000000"
                                               "0100"
                                               "0000"
                                               "00000000"
                                               "01000000"
                                               "18000000"
                                               "61000000"
                                               "ffffffffffffffff");
    BOOST_TEST(encoded("(\"a\",TD,0x0,SY)") == "14000000"
                                               "0500"
                                               "0000"
                                               "00000000"
                                               "01000000"
                                               "18000000"
                                               "61000000"
                                               "0c000000"
                                               "010100000000000512000000");
}

// The types and the layouts of their values. [MS-DTYP] 2.4.10.1
BOOST_AUTO_TEST_CASE(octets_of_every_type) {
    auto const encoded = [](std::string_view text) {
        return test::to_hex(encode_claim(parse_claim(text).value()));
    };
    BOOST_TEST(encoded("(\"a\",TU,0x1,18446744073709551615)") == "14000000"
                                                                 "02000000"
                                                                 "01000000"
                                                                 "01000000"
                                                                 "18000000"
                                                                 "61000000"
                                                                 "ffffffffffffffff");
    BOOST_TEST(encoded("(\"a\",TB,0x0,1,0)") == "18000000"
                                                "06000000"
                                                "00000000"
                                                "02000000"
                                                "1c000000"
                                                "24000000"
                                                "61000000"
                                                "0100000000000000"
                                                "0000000000000000");
    BOOST_TEST(encoded("(\"a\",TX,0x0,0aff01)") == "14000000"
                                                   "10000000"
                                                   "00000000"
                                                   "01000000"
                                                   "18000000"
                                                   "61000000"
                                                   "03000000"
                                                   "0aff01"
                                                   "00");
    BOOST_TEST(encoded("(\"ab\",TI,0x0)") == "10000000"
                                             "01000000"
                                             "00000000"
                                             "00000000"
                                             "610062000000"
                                             "0000");
}

BOOST_AUTO_TEST_CASE(refused_octets) {
    BOOST_TEST(refusal("00") == "0: expected the 16 octets of the header, found 1");
    BOOST_TEST(refusal("10000000 0400 0000 00000000 00000000 6100") ==
               "4: expected a value type of 1, 2, 3, 5, 6 or 16, found 4");
    BOOST_TEST(refusal("10000000 0100 0000 00000000 ffffffff 6100") ==
               "12: expected at most 0 values, found 4294967295");
    BOOST_TEST(refusal("10000000 0100 0000 00000000 00000000 6100") ==
               "18: expected the 2 octets of the next letter of a string that ends in a zero, found 0");
    BOOST_TEST(refusal("ffffffff 0100 0000 00000000 00000000 6100") ==
               "18: expected the 2 octets of the next letter of a string that ends in a zero, found 0");
    BOOST_TEST(refusal("14000000 0100 0000 00000000 01000000 18000000 6100 0000 01000000") ==
               "24: expected the 8 octets of an integer, found 4");
    BOOST_TEST(refusal("14000000 0100 0000 00000000 01000000 ffffffff 6100 0000") ==
               "24: expected the 8 octets of an integer, found 0");
    BOOST_TEST(refusal("14000000 0300 0000 00000000 01000000 18000000 6100 0000 6100") ==
               "26: expected the 2 octets of the next letter of a string that ends in a zero, found 0");
    BOOST_TEST(refusal("14000000 1000 0000 00000000 01000000 18000000 6100 0000 0100") ==
               "24: expected the 4 octets of a length, found 2");
    BOOST_TEST(refusal("14000000 1000 0000 00000000 01000000 18000000 6100 0000 ffffffff 00") ==
               "28: expected the 4294967295 octets of a value, found 1");
    BOOST_TEST(refusal("14000000 0500 0000 00000000 01000000 18000000 6100 0000 02000000 0101") ==
               "28: expected a SID of at least 8 octets, found 2 octets");
    BOOST_TEST(refusal("10000000 0000 0000 00000000 00000000 6100 0000") ==
               "4: expected a value type of 1, 2, 3, 5, 6 or 16, found 0");
}

BOOST_AUTO_TEST_CASE(values_that_share_octets_cannot_outgrow_the_input) {
    std::string hex = "94000000 1000 0000 00000000 20000000";
    for (int index = 0; index < 32; ++index)
        hex += "90000000"; // each the same long value
    hex += "6c000000" + std::string(2 * 0x6c, '0');
    BOOST_TEST(refusal(hex) ==
               "24: expected values that do not overlap, found more than the attribute holds");
}

BOOST_AUTO_TEST_CASE(an_account_without_sub_authorities_is_not_written) {
    auto const bytes =
        test::from_hex("14000000 0500 0000 00000000 01000000 18000000 6100 0000 08000000 0100000000000005");
    BOOST_TEST(!write_claim(decode_claim(bytes).value()));
}

BOOST_AUTO_TEST_SUITE_END()
