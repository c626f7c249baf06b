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
                                   "(Member_of_any SID(WD))",
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

// [MS-DTYP] 2.4.4.17.6 and 2.4.4.17.7, typed again: the program's own table cannot vouch for itself.
BOOST_AUTO_TEST_CASE(every_operator_has_its_token) {
    struct example {
        char const* text;
        char const* token;
    };
    for (auto const& [text, token] : {example{"(a == 1)", "80"},
                                      {"(a != 1)", "81"},
                                      {"(a < 1)", "82"},
                                      {"(a <= 1)", "83"},
                                      {"(a > 1)", "84"},
                                      {"(a >= 1)", "85"},
                                      {"(a Contains 1)", "86"},
                                      {"(a Any_of 1)", "88"},
                                      {"(a Not_Contains 1)", "8e"},
                                      {"(a Not_Any_of 1)", "8f"}})
        BOOST_TEST(octets_of(text) ==
                   std::string("61727478f80200000061000401000000000000000302") + token + "00");
    for (auto const& [text, token] :
         {example{"(Exists a)", "87"}, {"(Not_Exists a)", "8d"}, {"(!(a))", "a2"}})
        BOOST_TEST(octets_of(text) == std::string("61727478f8020000006100") + token);
    for (auto const& [text, token] : {example{"(Member_of SID(SY))", "89"},
                                      {"(Device_Member_of SID(SY))", "8a"},
                                      {"(Member_of_Any SID(SY))", "8b"},
                                      {"(Device_Member_of_Any SID(SY))", "8c"},
                                      {"(Not_Member_of SID(SY))", "90"},
                                      {"(Not_Device_Member_of SID(SY))", "91"},
                                      {"(Not_Member_of_Any SID(SY))", "92"},
                                      {"(Not_Device_Member_of_Any SID(SY))", "93"}})
        BOOST_TEST(octets_of(text) ==
                   std::string("61727478510c000000010100000000000512000000") + token + "0000");
    for (auto const& [text, token] : {example{"(a && b)", "a0"}, {"(a || b)", "a1"}})
        BOOST_TEST(octets_of(text) == std::string("61727478f8020000006100f8020000006200") + token + "00");
}

BOOST_AUTO_TEST_CASE(every_literal_and_attribute_has_its_token) {
    auto const literal = [](std::string_view text) {
        auto const octets = octets_of(fmt::format("(@User.a == {})", text));
        BOOST_TEST(octets.starts_with("61727478f9020000006100"));
        return octets.substr(22, octets.find_last_not_of('0') - 22); // up to the 80 of ==
    };
    BOOST_TEST(literal("1") == "0401000000000000000302");
    BOOST_TEST(literal("+1") == "0401000000000000000102");
    BOOST_TEST(literal("-1") == "04ffffffffffffffff0202");
    BOOST_TEST(literal("017") == "040f000000000000000301");
    BOOST_TEST(literal("0x17") == "0417000000000000000303");
    BOOST_TEST(literal("-0x8000000000000000") == "0400000000000000800203");
    BOOST_TEST(literal("\"ab\"") == "100400000061006200");
    BOOST_TEST(literal("\"\"") == "1000000000");
    BOOST_TEST(literal("#123") == "18020000001230");
    BOOST_TEST(literal("SID(SY)") == "510c000000010100000000000512000000");
    BOOST_TEST(literal("{1,\"a\"}") == "5012000000"
                                       "0401000000000000000302"
                                       "10020000006100");
    BOOST_TEST(literal("{}") == "5000000000");
    BOOST_TEST(literal("@User.b") == "f9020000006200");
    BOOST_TEST(literal("@Resource.b") == "fa020000006200");
    BOOST_TEST(literal("@Device.b") == "fb020000006200");
    BOOST_TEST(literal("@Device.%d83d%de00") == "fb040000003dd800de");
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
    BOOST_TEST(refusal("617274") == "0: expected 'artx', found other octets");
    BOOST_TEST(refusal("61727478") == "4: expected one expression, found 0");
    BOOST_TEST(refusal("61727478 f80200") == "5: expected the 4 octets of a length, found 2");
    BOOST_TEST(refusal("61727478 f803000000 610000") ==
               "5: expected an even number of octets of UTF-16, found 3");
    BOOST_TEST(refusal("61727478 04 0100000000000000 03") ==
               "5: expected the 10 octets of an integer, found 9");
    BOOST_TEST(refusal("61727478 04 0100000000000000 03 00") == "14: expected the base 1, 2 or 3, found 0");
    BOOST_TEST(refusal("61727478 04 0100000000000000 00 02") == "13: expected the sign 1, 2 or 3, found 0");
    BOOST_TEST(refusal("61727478 18 ffffffff 00") ==
               "9: expected the 4294967295 octets of an octet string, found 1");
    BOOST_TEST(refusal("61727478 51 04000000 01010000") ==
               "9: expected a SID of at least 8 octets, found 4 octets");
    BOOST_TEST(refusal("61727478 51 10000000 010100000000000512000000 00000000") ==
               "9: expected a SID of 16 octets, found one of 12");
    BOOST_TEST(refusal("61727478 50 0c000000 01 0100000000000000 03 02") ==
               "9: expected the 12 octets of a list, found 11");
    BOOST_TEST(refusal("61727478 50 02000000 01 01") == "10: expected the 10 octets of an integer, found 1");
    BOOST_TEST(refusal("61727478 f802000000 6100 80") == "11: expected 2 operands before ==, found 1");
    BOOST_TEST(refusal("61727478 f802000000 6100 a1") == "11: expected 2 operands before ||, found 1");
    BOOST_TEST(refusal("61727478 a2") == "4: expected 1 operands before !, found 0");
    BOOST_TEST(refusal("61727478 f802000000 6100 89") ==
               "11: expected operands that Member_of can have, found others");
    BOOST_TEST(refusal("61727478 1002000000 6100 87") ==
               "11: expected operands that Exists can have, found others");
    BOOST_TEST(refusal("61727478 f802000000 6100 87 1002000000 6100 a0") ==
               "19: expected operands that && can have, found others");
    BOOST_TEST(refusal("61727478 1002000000 6100 f902000000 6200 80") ==
               "18: expected operands that == can have, found others");
    BOOST_TEST(refusal("61727478 f802000000 6100 00000000") ==
               "11: expected a token of a condition, found 0x00");
    BOOST_TEST(refusal("61727478 f802000000 6100 000001") ==
               "11: expected a token of a condition, found 0x00");
    BOOST_TEST(refusal("61727478 f702000000 6100") == "4: expected a token of a condition, found 0xf7");
    BOOST_TEST(refusal("61727478 fc02000000 6100") == "4: expected a token of a condition, found 0xfc");
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

BOOST_AUTO_TEST_CASE(a_local_attribute_behind_a_relation_is_not_written) {
    BOOST_TEST(!write_condition(
        decode_condition(test::from_hex("61727478 f802000000 6100 f802000000 6200 80 00")).value()));
}

BOOST_AUTO_TEST_SUITE_END()
