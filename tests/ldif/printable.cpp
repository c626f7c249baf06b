#include <ldif/parse_error.hpp>
#include <ldif/printable.hpp>

#include <boost/test/unit_test.hpp>

namespace {

std::string shown(std::string_view text) {
    return dsplan::ldif::printable(text);
}

} // namespace

BOOST_AUTO_TEST_SUITE(printable)

BOOST_AUTO_TEST_CASE(text_of_people_stays) {
    for (auto const* const text : {"Domain Admins", "Müller, Jörg", "Ελένη Παπαδοπούλου", "Иван Петров",
                                   "svc-Админ", "東京 IT部", "a\\b", "№ 5 µ"})
        BOOST_TEST(shown(text) == text);
}

BOOST_AUTO_TEST_CASE(what_acts_on_a_terminal_is_escaped) {
    BOOST_TEST(shown("a\x1b[31m\r\n\x7f") == "a\\x1b[31m\\x0d\\x0a\\x7f");
    BOOST_TEST(shown("\u009b31m") == "\\xc2\\x9b31m");
    BOOST_TEST(shown("a\u202eb\u2066") == "a\\xe2\\x80\\xaeb\\xe2\\x81\\xa6");
    BOOST_TEST(shown("\xff\xe2\x82") == "\\xff\\xe2\\x82");
}

BOOST_AUTO_TEST_CASE(what_nobody_sees_is_escaped) {
    BOOST_TEST(shown("Key\u200bCredential Admins") == "Key\\xe2\\x80\\x8bCredential Admins");
    BOOST_TEST(shown("Key\u00a0Admins") == "Key\\xc2\\xa0Admins");
    for (auto const* const hidden :
         {"\u00ad", "\u034f", "\u061c", "\u115f", "\u180e",     "\u200c",     "\u200d",    "\u2003",
          "\u2028", "\u202f", "\u205f", "\u2060", "\u2064",     "\u2800",     "\u3000",    "\u3164",
          "\ufe0f", "\ufeff", "\uffa0", "\ufff9", "\U0001d173", "\U000e0041", "\U000e0100"})
        BOOST_TEST(shown(hidden).starts_with("\\x"), shown(hidden));
}

BOOST_AUTO_TEST_CASE(letters_of_another_script_in_a_word_are_marked) {
    BOOST_TEST(shown("\u0410dmins") == "\\xd0\\x90dmins");
    BOOST_TEST(shown("D\u043emain Admins") == "D\\xd0\\xbemain Admins");
    BOOST_TEST(shown("CN=Te\u03bft,DC=x") == "CN=Te\\xce\\xbft,DC=x");
    BOOST_TEST(shown("Домен\u03bf") == "Домен\\xce\\xbf");
    BOOST_TEST(shown("CN=Домен Админ,DC=contoso") == "CN=Домен Админ,DC=contoso");
}

BOOST_AUTO_TEST_CASE(the_name_of_a_file_is_printable_in_an_error) {
    dsplan::ldif::parse_error error;
    error.file = "a\x1b[2J.ldf";
    BOOST_TEST(render_caret(error) == "  a\\x1b[2J.ldf\n");
    error.line = 3;
    BOOST_TEST(render_caret(error) == "  a\\x1b[2J.ldf:3\n");
}

BOOST_AUTO_TEST_SUITE_END()
