#include <ldif/text_encoding.hpp>

#include <boost/test/unit_test.hpp>

using namespace dsplan::ldif;

namespace {

// Octet by octet, which must make no difference.
std::string transcoded(text_encoding encoding, std::string_view octets) {
    transcoder whole(encoding);
    std::string text;
    whole.append(text, octets);
    whole.finish(text);
    transcoder single(encoding);
    std::string again;
    for (std::size_t i = 0; i < octets.size(); ++i)
        single.append(again, octets.substr(i, 1));
    single.finish(again);
    BOOST_TEST(again == text);
    return text;
}

} // namespace

BOOST_AUTO_TEST_SUITE(text_encoding)

BOOST_AUTO_TEST_CASE(knows_byte_order_marks) {
    BOOST_TEST((detect_encoding("\xEF\xBB\xBF"
                                "dn")
                    .encoding == dsplan::ldif::text_encoding::utf8));
    BOOST_TEST(detect_encoding("\xEF\xBB\xBF"
                               "dn")
                   .mark_size == 3U);
    BOOST_TEST((detect_encoding("\xFF\xFE").encoding == dsplan::ldif::text_encoding::utf16_little_endian));
    BOOST_TEST((detect_encoding("\xFE\xFF").encoding == dsplan::ldif::text_encoding::utf16_big_endian));
    BOOST_TEST(detect_encoding("dn").mark_size == 0U);
}

BOOST_AUTO_TEST_CASE(turns_every_encoding_into_utf8) {
    using enum dsplan::ldif::text_encoding;
    using namespace std::string_view_literals;
    BOOST_TEST(transcoded(utf8, "\xC3\xA4") == "\xC3\xA4");
    BOOST_TEST(transcoded(latin1, "\xE4\x80") == "\xC3\xA4\xC2\x80");
    BOOST_TEST(transcoded(windows_1252, "\xE4\x80\x81") == "\xC3\xA4\xE2\x82\xAC\xC2\x81");
    BOOST_TEST(transcoded(utf16_little_endian, "a\0\xE4\0\x3D\xD8\x00\xDE"sv) == "a\xC3\xA4\xF0\x9F\x98\x80");
    BOOST_TEST(transcoded(utf16_big_endian, "\0a\x6F\x22"sv) == "a\xE6\xBC\xA2");
}

BOOST_AUTO_TEST_CASE(what_is_no_character_becomes_what_is_no_utf8) {
    using enum dsplan::ldif::text_encoding;
    using namespace std::string_view_literals;
    BOOST_TEST(transcoded(utf16_little_endian, "\x00\xD8"sv) == "\xED\xA0\x80");
    BOOST_TEST(transcoded(utf16_little_endian, "\x00\xD8"
                                               "a\0"sv) == "\xED\xA0\x80"
                                                           "a");
    BOOST_TEST(transcoded(utf16_little_endian, "\x00\xDC"sv) == "\xED\xB0\x80");
    BOOST_TEST(transcoded(utf16_little_endian, "a\0b"sv) == "a\xFF");
}

BOOST_AUTO_TEST_CASE(text_goes_back_into_its_encoding) {
    using encoding = dsplan::ldif::text_encoding;
    std::string const text = "a\xC3\xBC\xE2\x82\xAC\xF0\x9F\x98\x80";
    for (auto const it : {encoding::utf16_little_endian, encoding::utf16_big_endian, encoding::utf8}) {
        std::string octets;
        BOOST_TEST(append_encoded(octets, text, it));
        transcoder back(it);
        std::string again;
        back.append(again, octets);
        back.finish(again);
        BOOST_TEST(again == text);
    }
    std::string octets;
    BOOST_TEST(append_encoded(octets, "\xC3\xBC\xE2\x82\xAC", encoding::windows_1252));
    BOOST_TEST(octets == "\xFC\x80");
    BOOST_TEST(!append_encoded(octets, "\xE2\x82\xAC", encoding::latin1));
}

BOOST_AUTO_TEST_SUITE_END()
