#include <sddl/condition.hpp>

#include <boost/test/unit_test.hpp>

#include <tests/sddl/vectors.hpp>

using namespace dsplan::sddl;

namespace {

std::string octets_of(std::string_view text) {
    return test::to_hex(encode_condition(parse_condition(text).value()));
}

std::string refusal(std::string_view hex) {
    auto const bytes = test::from_hex(hex);
    auto const read = decode_condition(bytes);
    return read ? "accepted" : fmt::format("{}: {}", read.error().begin, message(read.error()));
}

} // namespace

BOOST_AUTO_TEST_SUITE(condition)

BOOST_AUTO_TEST_CASE(postfix_octets) {
    BOOST_TEST(octets_of("(Title==\"VP\")") == "61727478"
                                               "f80a000000"
                                               "5400690074006c006500"
                                               "1004000000"
                                               "56005000"
                                               "80"
                                               "000000");
    BOOST_TEST(octets_of("(a == -0x10)") == "61727478"
                                            "f8020000006100"
                                            "04f0ffffffffffffff0203"
                                            "80"
                                            "00");
    BOOST_TEST(octets_of("(Member_of {SID(SY)})") == "61727478"
                                                     "5011000000"
                                                     "510c000000"
                                                     "010100000000000512000000"
                                                     "89"
                                                     "00");
    BOOST_TEST(octets_of("(!(a) && b)") == "61727478"
                                           "f8020000006100"
                                           "a2"
                                           "f8020000006200"
                                           "a0");
}

BOOST_AUTO_TEST_CASE(every_operator_survives_both_ways) {
    for (std::string const text : {"(a == 1)",
                                   "(a != 1)",
                                   "(a < 1)",
                                   "(a <= 1)",
                                   "(a > 1)",
                                   "(a >= 1)",
                                   "(a Contains 1)",
                                   "(Exists a)",
                                   "(a Any_of {1})",
                                   "(Member_of SID(WD))",
                                   "(Device_Member_of SID(WD))",
                                   "(Member_of_Any SID(WD))",
                                   "(Device_Member_of_Any SID(WD))",
                                   "(Not_Exists a)",
                                   "(a Not_Contains 1)",
                                   "(a Not_Any_of {1})",
                                   "(Not_Member_of SID(WD))",
                                   "(Not_Device_Member_of SID(WD))",
                                   "(Not_Member_of_Any SID(WD))",
                                   "(Not_Device_Member_of_Any SID(WD))",
                                   "((a) && (b))",
                                   "((a) || (b))",
                                   "(!(a))"}) {
        auto const bytes = encode_condition(parse_condition(text).value());
        BOOST_TEST(write_condition(decode_condition(bytes).value()).value() == text);
    }
}

BOOST_AUTO_TEST_CASE(short_integers_are_kept) {
    auto const bytes = test::from_hex("61727478 f802000000 6100 01 0500000000000000 03 02 80 00");
    auto const read = decode_condition(bytes).value();
    BOOST_TEST(write_condition(read).value() == "(a == 5)");
    BOOST_TEST((encode_condition(read) == bytes));
}

BOOST_AUTO_TEST_CASE(nesting_is_bounded_by_the_text_alone) {
    std::string const deep = std::string(30'000, '(') + "a" + std::string(30'000, ')');
    BOOST_TEST(write_condition(parse_condition(deep).value()).value() == "(a)");
    std::string negated = "(";
    for (int depth = 0; depth < 20'000; ++depth)
        negated += "!(";
    negated += "a" + std::string(20'001, ')');
    auto const parsed = parse_condition(negated).value();
    BOOST_TEST((parse_condition(write_condition(parsed).value()).value() == parsed));
}

BOOST_AUTO_TEST_CASE(refused_octets) {
    BOOST_TEST(refusal("61727479") == "0: expected 'artx', found other octets");
    BOOST_TEST(refusal("61727478 80") == "4: expected 2 operands before ==, found 0");
    BOOST_TEST(refusal("61727478 f8ff000000 6100") ==
               "9: expected the 255 octets of the name of an attribute, found 2");
    BOOST_TEST(refusal("61727478 f802000000 6100 f802000000 6200") == "18: expected one expression, found 2");
    BOOST_TEST(refusal("61727478 77000000") == "4: expected a token of a condition, found 0x77");
    BOOST_TEST(refusal("61727478 50 06000000 50 01000000 00") ==
               "9: expected a token of a condition, found 0x50");
    BOOST_TEST(refusal("61727478 04 0100000000000000 04 02") == "13: expected the sign 1, 2 or 3, found 4");
    BOOST_TEST(refusal("61727478 04 0100000000000000 03 02") == "4: expected an expression, found a value");
}

BOOST_AUTO_TEST_CASE(a_string_that_no_text_can_say_is_not_written) {
    BOOST_TEST(!write_condition(
        decode_condition(test::from_hex("61727478 f802000000 6100 1002000000 2200 80 000000")).value()));
    BOOST_TEST(!write_condition(
        decode_condition(test::from_hex("61727478 f802000000 6100 1002000000 00d8 80 000000")).value()));
}

// What is printed as S-1-5 no reader of SIDs takes.
BOOST_AUTO_TEST_CASE(an_account_without_sub_authorities_is_not_written) {
    BOOST_TEST(!write_condition(
        decode_condition(test::from_hex("61727478 f802000000 6100 5108000000 0100000000000005 80 00"))
            .value()));
}

BOOST_AUTO_TEST_SUITE_END()
