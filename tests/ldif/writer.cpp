#include <ldif/writer.hpp>

#include <boost/test/unit_test.hpp>

using namespace dsplan::ldif;

BOOST_AUTO_TEST_SUITE(writer)

BOOST_AUTO_TEST_CASE(writes_what_ldifde_takes) {
    record change;
    change.dn = "CN=a,DC=x";
    change.changetype = change_type::modify;
    change.modifications = {{modification_operation::add, "member", {"CN=b,DC=x", "CN=\xC3\xA4,DC=x"}}};
    BOOST_TEST(write(change) == "dn: CN=a,DC=x\r\nchangetype: modify\r\nadd: member\r\nmember: CN=b,DC=x\r\n"
                                "member:: Q049w6QsREM9eA==\r\n-\r\n\r\n");
}

BOOST_AUTO_TEST_CASE(folds) {
    record entry;
    entry.dn = "DC=x";
    entry.attributes = {{"description", "abcdefghijklmnopqrstuvwxyz"}};
    BOOST_TEST(write(entry, {.profile = writer_profile::rfc2849, .fold_column = 10}) ==
               "dn: DC=x\ndescriptio\n n: abcdef\n ghijklmno\n pqrstuvwx\n yz\n\n");
}

BOOST_AUTO_TEST_SUITE_END()
