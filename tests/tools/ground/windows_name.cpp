#include <tools/dsplan/ground/windows_name.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(ground)
BOOST_AUTO_TEST_SUITE(windows_name)

using dsplan::is_reserved_on_windows;

BOOST_AUTO_TEST_CASE(devices_whatever_follows_the_dot) {
    for (std::string const name : {"con", "NUL", "Aux.ldf", "prn.contoso.com", "COM1", "lpt9.x", "nul .txt",
                                   "con:", "CONIN$", "com\xc2\xb9"})
        BOOST_TEST(is_reserved_on_windows(name), name);
}

BOOST_AUTO_TEST_CASE(final_dots_and_blanks) {
    for (std::string const name : {"made.", "made ", "made.ldf. ", "..."})
        BOOST_TEST(is_reserved_on_windows(name), name);
}

BOOST_AUTO_TEST_CASE(look_alikes_are_names) {
    for (std::string const name : {"", ".", "..", "contoso.com", "con-before.sddl", "com", "com10", "comx",
                                   "lpt", "null", "xcon", ".con", "console.ldf", "a.con", "\xc3\xa4ux"})
        BOOST_TEST(!is_reserved_on_windows(name), name);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
