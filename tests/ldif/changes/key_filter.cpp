#include <ldif/changes/storage/key_filter.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

BOOST_AUTO_TEST_SUITE(changes)
BOOST_AUTO_TEST_SUITE(key_filter)

BOOST_AUTO_TEST_CASE(knows_every_key_and_few_others) {
    dsplan::ldif::key_filter filter;
    BOOST_TEST(filter.is_empty());
    BOOST_TEST(!filter.may_contain(""));
    for (int i = 0; i < 100000; ++i)
        filter.insert("dc=com\1dc=contoso\1cn=" + std::to_string(i) + '\1');
    BOOST_TEST(!filter.is_empty());
    int wrong = 0;
    for (int i = 0; i < 100000; ++i) {
        BOOST_TEST_REQUIRE(filter.may_contain("dc=com\1dc=contoso\1cn=" + std::to_string(i) + '\1'));
        wrong += filter.may_contain("dc=com\1dc=fabrikam\1cn=" + std::to_string(i) + '\1') ? 1 : 0;
    }
    BOOST_TEST(wrong < 10);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
