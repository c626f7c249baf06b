#include <sddl/bytes.hpp>
#include <tools/dsplan/forms/descriptor_json.hpp>
#include <tools/dsplan/forms/octet_text.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(forms)
BOOST_AUTO_TEST_SUITE(octet_text)

namespace {

std::string octets_in(std::string const& text) {
    auto const read = dsplan::read_octet_text(text, dsplan::spelling_of(text));
    if (!read)
        return std::to_string(read.error().column) + ": " + read.error().message;
    return dsplan::hex_text(std::as_bytes(std::span(read->octets)));
}

} // namespace

BOOST_AUTO_TEST_CASE(every_spelling_gives_the_same_octets) {
    std::string const wanted = "0100048014000a14";
    for (std::string const text :
         {"01-00-04-80-14-00-0A-14",
          "01:00:04:80:14:00:0a:14",
          "01,00,04,80,14,00,0a,14",
          "hex:01,00,04,\\\n  80,14,00,0a,14",
          "hex(3):01,00,04,80,14,00,0a,14",
          "0x0100048014000a14",
          "0x01, 0x00, 0x04, 0x80, 0x14, 0x00, 0x0A, 0x14",
          "{0x01,0x00,0x04,0x80,0x14,0x0,0xa,0x14};",
          "@(0x01,0x00,0x04,0x80,0x14,0x00,0x0A,0x14)",
          "[byte[]](0x01,0x00,0x04,0x80,0x14,0x00,0x0A,0x14)",
          "new byte[] { 0x01, 0x00, 0x04, 0x80, 0x14, 0x00, 0x0A, 0x14 };",
          "\\x01\\x00\\x04\\x80\\x14\\x00\\x0a\\x14",
          "b'\\x01\\x00\\x04\\x80\\x14\\x00\\n\\x14'",
          "\\01\\00\\04\\80\\14\\00\\0a\\14",
          "1\n0\n4\n128\n20\n0\n10\n20\n",
          "1, 0, 4, 128, 20, 0, 10, 20",
          "1 0 4 128 20 0 10 20",
          "00000000: 0100 0480 1400 0a14                      ........\n",
          "00000000  01 00 04 80 14 00 0a 14                           |........|\n00000008\n",
          "0000  01 00 04 80 14 00 0a 14   ........\n"})
        BOOST_TEST_CONTEXT(text)
    BOOST_TEST(octets_in(text) == wanted);
}

BOOST_AUTO_TEST_CASE(dumps_of_several_lines) {
    std::string const wanted = "000102030405060708090a0b0c0d0e0f41424344";
    BOOST_TEST(octets_in("00000000: 0001 0203 0405 0607 0809 0a0b 0c0d 0e0f  ................\n"
                         "00000010: 4142 4344                                ABCD\n") == wanted);
    BOOST_TEST(octets_in("00000000  00 01 02 03 04 05 06 07  08 09 0a 0b 0c 0d 0e 0f  |................|\n"
                         "00000010  41 42 43 44                                       |ABCD|\n"
                         "00000014\n") == wanted);
    // PowerShell's Format-Hex, whose last column could be octets too.
    BOOST_TEST(
        octets_in("   Label: Byte[] (System.Byte[]) <12345678>\r\n\r\n"
                  "          Offset Bytes                                           Ascii\r\n"
                  "                 00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F\r\n"
                  "          ------ ----------------------------------------------- -----\r\n"
                  "0000000000000000 00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F ................\r\n"
                  "0000000000000010 41 42 43 44                                     ABCD\r\n") == wanted);
}

BOOST_AUTO_TEST_CASE(a_dump_with_a_hole_is_none) {
    BOOST_TEST(
        octets_in("00000000: 0100 0480                                ....\n"
                  "00000010: 4142                                     AB\n") ==
        "57: expected the offset 0x4 after the octets before this line, found 0x10; a line is missing or "
        "cut");
    BOOST_TEST(
        octets_in("00000000  01 00 04 80 00 00 00 00  00 00 00 00 00 00 00 00  |................|\n*\n") ==
        "80: expected every line of the dump, found '*'; hexdump -v writes them all");
    BOOST_TEST(octets_in("0000000 0001 8004 0000 0000\n") ==
               "1: expected octets one by one, found the 16-bit words of a dump, whose order depends on the "
               "machine; od -t x1, hexdump -C and xxd write octets");
    BOOST_TEST(octets_in("0000000 000001 112004 000110\n0000006\n") ==
               "1: expected octets one by one, found the 16-bit words of a dump, whose order depends on the "
               "machine; od -t x1, hexdump -C and xxd write octets");
    BOOST_TEST(octets_in("0000000   1   0   4 148  72\n0000005\n") ==
               "11: expected octets of two hexadecimal digits after the offset, found '1   0   4 14'; "
               "od -t x1, hexdump -C and xxd write them");
}

// od -t x1 has octal offsets, with -A d decimal ones.
BOOST_AUTO_TEST_CASE(offsets_of_a_dump_are_of_any_base) {
    std::string const wanted = "000102030405060708090a0b0c0d0e0f41424344";
    for (std::string const second : {"0000020", "0000016", "000010"})
        BOOST_TEST(octets_in("0000000 00 01 02 03 04 05 06 07 08 09 0a 0b 0c 0d 0e 0f\n" + second +
                             " 41 42 43 44\n") == wanted,
                   second);
}

BOOST_AUTO_TEST_CASE(what_is_no_octet) {
    BOOST_TEST(octets_in("1 0 4 256") == "7: expected octets from 0 to 255, found '256'");
    BOOST_TEST(octets_in("\\x01\\x0") == "5: expected octets such as \\x01, found '\\x0'");
    BOOST_TEST(octets_in("01x") == "3: expected hexadecimal digits, found 'x'");
}

// Numbers that could be hexadecimal or decimal are decimal only where one of them has three digits; as
// decimal ones they could be no descriptor.
BOOST_AUTO_TEST_CASE(two_digits_are_hexadecimal) {
    BOOST_TEST(octets_in("01,00,04,80") == "01000480");
    BOOST_TEST(octets_in("01,00,04,128") == "01000480");
}

BOOST_AUTO_TEST_CASE(words_that_only_look_alike) {
    using dsplan::octet_spelling;
    for (auto const* const text : {"", "DA-DC", "D:P", "O:BAG:BAD:", "AQAEgAAAAAAAAAAAAAAAABQAAAA=", "0x",
                                   "beef", "S-1-5-32-544", "a,b", "2026-11-26"})
        BOOST_TEST_CONTEXT(text)
    BOOST_TEST((dsplan::spelling_of(text) == octet_spelling::none));
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
