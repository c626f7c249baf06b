#include <tools/dsplan/ground/windows_command.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(ground)
BOOST_AUTO_TEST_SUITE(windows_command)

using dsplan::quote_argument;
using dsplan::quote_argument_or;

BOOST_AUTO_TEST_CASE(blanks_and_shell_signs_are_safe_between_quotation_marks) {
    BOOST_TEST(*quote_argument("CN=Key Admins,DC=contoso,DC=com") == "\"CN=Key Admins,DC=contoso,DC=com\"");
    BOOST_TEST(*quote_argument("a & b | c > d < e ^ f (g)") == "\"a & b | c > d < e ^ f (g)\"");
    BOOST_TEST(*quote_argument("") == "\"\"");
}

BOOST_AUTO_TEST_CASE(a_final_backslash_does_not_take_the_quotation_mark) {
    BOOST_TEST(*quote_argument("C:\\logs\\") == "\"C:\\logs\\\\\"");
    BOOST_TEST(*quote_argument("a\\\\") == "\"a\\\\\\\\\"");
    BOOST_TEST(*quote_argument("a\\b") == "\"a\\b\"");
}

BOOST_AUTO_TEST_CASE(what_no_quoting_makes_safe_is_not_quoted) {
    for (std::string const text : {"say \"hi\"", "%PATH%", "wow!", "two\nlines", "tab\there", "J\xc3\xbcrgen",
                                   "\x7f", "CONTOSO\\$(calc)", "`calc`"})
        BOOST_TEST(!quote_argument(text).has_value(), text);
    BOOST_TEST(quote_argument_or("%PATH%", "DN of the object") == "\"<DN of the object>\"");
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
