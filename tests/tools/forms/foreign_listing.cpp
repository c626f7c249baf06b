#include <tools/dsplan/forms/foreign_listing.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(forms)
BOOST_AUTO_TEST_SUITE(foreign_listing)

using dsplan::foreign_listing;

BOOST_AUTO_TEST_CASE(listings_are_named) {
    BOOST_TEST(foreign_listing("Owner: CONTOSO\\Domain Admins\r\nGroup: CONTOSO\\Domain Admins\r\n\r\nAccess "
                               "list:\r\n") == "output of dsacls");
    BOOST_TEST(foreign_listing("Allow BUILTIN\\Administrators             FULL CONTROL   <Inherited>\n") ==
               "output of dsacls");
    BOOST_TEST(foreign_listing("C:\\Data NT AUTHORITY\\SYSTEM:(I)(OI)(CI)(F)\n        "
                               "BUILTIN\\Users:(I)(OI)(CI)(RX)\n") == "output of icacls");
    BOOST_TEST(foreign_listing("C:\\Data Everyone:(DENY)(W,D)") == "output of icacls");
    BOOST_TEST(
        foreign_listing("\r\n    Directory: C:\\\r\n\r\nPath Owner                  Access\r\n---- ----- "
                        "                 ------\r\nData BUILTIN\\Administrators ...\r\n") ==
        "a table of Get-Acl");
}

BOOST_AUTO_TEST_CASE(what_only_looks_alike) {
    for (auto const* const text : {"", "D:(A;;FA;;;SY)", "D:(A)", "Allow", "Allow me",
                                   "Access: NT AUTHORITY\\SYSTEM", "C:\\Data (copy)", "Path   : C:\\Data",
                                   "Path to the Owner", "dn: CN=Access list:,DC=contoso,DC=com"})
        BOOST_TEST_CONTEXT(text)
    BOOST_TEST(foreign_listing(text).empty());
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
