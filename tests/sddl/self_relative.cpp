#include <sddl/lossy.hpp>
#include <sddl/parse.hpp>
#include <sddl/self_relative.hpp>
#include <sddl/write.hpp>

#include <boost/test/unit_test.hpp>

#include <tests/sddl/vectors.hpp>

using namespace dsplan::sddl;
using test::from_hex;
using test::to_hex;

namespace {

// Owner and group share one SID at 0x14; four octets of gap; a DACL with two octets of padding in its ACE and
// four of slack; control 0x8c04; RM control 1.
constexpr auto odd_one = "01 01 04 8c 14000000 14000000 00000000 28000000"
                         "01 02 00000000 0005 20000000 20020000"
                         "deadbeef"
                         "02 00 2600 0100 0000"
                         "00 02 1a00 10000000 01 01 00000000 0005 0b000000 aaaa0000 bbbb"
                         "cccccccc"
                         "ee";

} // namespace

BOOST_AUTO_TEST_SUITE(self_relative)

BOOST_AUTO_TEST_CASE(laid_out_as_windows_does) {
    auto const made = dsplan::sddl::parse("O:BAG:SYD:(A;;GA;;;SY)S:P").value();
    BOOST_TEST(to_hex(write_self_relative(made)) == "010014a0"
                                                    "38000000"
                                                    "48000000"
                                                    "14000000"
                                                    "1c000000" // header
                                                    "02000800"
                                                    "00000000" // SACL
                                                    "02001c00"
                                                    "01000000" // DACL
                                                    "00001400"
                                                    "00000010"
                                                    "0101000000000005"
                                                    "12000000"
                                                    "0102000000000005"
                                                    "20000000"
                                                    "20020000" // owner
                                                    "0101000000000005"
                                                    "12000000"); // group
}

BOOST_AUTO_TEST_CASE(text_to_octets_and_back) {
    for (auto const& vector : test::read_vectors("sddl/octets.txt")) {
        BOOST_TEST_CONTEXT(vector.place) {
            auto const bytes = from_hex(vector.expected);
            auto const made = dsplan::sddl::parse(vector.input, test::contoso());
            BOOST_REQUIRE_MESSAGE(made, test::why(made));
            BOOST_TEST(to_hex(write_self_relative(*made)) == to_hex(bytes));
            BOOST_TEST(write(read_self_relative(bytes).value(), test::contoso()) == vector.input);
        }
    }
}

BOOST_AUTO_TEST_CASE(whatever_was_read_is_written_back_and_what_text_loses_is_named) {
    for (auto const& vector : test::read_vectors("sddl/kept.txt")) {
        BOOST_TEST_CONTEXT(vector.place) {
            auto const bytes = from_hex(vector.input);
            auto const read = read_self_relative(bytes);
            BOOST_REQUIRE_MESSAGE(read, test::why(read));
            BOOST_TEST(to_hex(write_self_relative(*read)) == to_hex(bytes));
            auto said = write(*read, test::contoso());
            for (auto const& lost : lossy(*read))
                said += " | " + lost;
            BOOST_TEST(said == vector.expected);
        }
    }
}

BOOST_AUTO_TEST_CASE(unchanged_is_the_same_octets) {
    auto const bytes = from_hex(odd_one);
    auto const read = read_self_relative(bytes);
    BOOST_REQUIRE_MESSAGE(read, test::why(read));
    BOOST_TEST(to_hex(write_self_relative(*read)) == to_hex(bytes));
    BOOST_TEST(read->dacl->slack.size() == 4u);
    BOOST_TEST(read->dacl->aces[0].data.size() == 6u);
}

BOOST_AUTO_TEST_CASE(a_longer_dacl_moves_only_what_is_behind_it) {
    auto const bytes = from_hex(odd_one);
    auto edited = read_self_relative(bytes).value();
    edited.dacl->aces.push_back(parse_ace("(A;;RP;;;SY)").value());
    auto const written = write_self_relative(edited);
    BOOST_TEST(to_hex(byte_view(written).first(0x28)) == to_hex(byte_view(bytes).first(0x28)));
    BOOST_TEST(written.size() == bytes.size() + 20);
    BOOST_TEST(write(read_self_relative(written).value()) == "O:BAG:BAD:AI(A;CI;RP;;;AU)(A;;RP;;;SY)");
}

BOOST_AUTO_TEST_CASE(a_new_owner_leaves_the_group_that_shared_its_octets) {
    auto edited = read_self_relative(from_hex(odd_one)).value();
    edited.owner = parse_trustee("SY").value();
    auto const read = read_self_relative(write_self_relative(edited));
    BOOST_REQUIRE_MESSAGE(read, test::why(read));
    BOOST_TEST(write(*read) == "O:SYG:BAD:AI(A;CI;RP;;;AU)");
}

BOOST_AUTO_TEST_CASE(a_part_that_was_not_there_goes_to_the_end) {
    auto edited = read_self_relative(from_hex(odd_one)).value();
    set_sacl(edited, {});
    auto const written = write_self_relative(edited);
    BOOST_TEST(write(read_self_relative(written).value()) == "O:BAG:BAD:AI(A;CI;RP;;;AU)S:AI");
}

BOOST_AUTO_TEST_CASE(a_removed_part_is_gone) {
    auto edited = read_self_relative(from_hex(odd_one)).value();
    edited.owner.reset();
    BOOST_TEST(write(read_self_relative(write_self_relative(edited)).value()) == "G:BAD:AI(A;CI;RP;;;AU)");
}

BOOST_AUTO_TEST_CASE(refusals_name_the_octet_and_the_structure) {
    for (auto const& vector : test::read_vectors("sddl/refused_octets.txt")) {
        BOOST_TEST_CONTEXT(vector.place) {
            auto const bytes = from_hex(vector.input);
            auto const read = read_self_relative(bytes);
            BOOST_REQUIRE(!read);
            auto const& error = read.error();
            BOOST_TEST(fmt::format("{}{}{}: {}", error.begin, error.context.empty() ? "" : ", ",
                                   error.context, message(error)) == vector.expected);
            BOOST_TEST((error.begin <= error.end && error.end <= bytes.size()));
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
