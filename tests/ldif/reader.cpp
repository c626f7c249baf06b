#include <ldif/reader.hpp>

#include <boost/test/unit_test.hpp>

using namespace dsplan::ldif;

BOOST_AUTO_TEST_SUITE(reader)

BOOST_AUTO_TEST_CASE(reads_an_entry) {
    auto input = dsplan::ldif::reader::from_text(
        "dn: DC=x\nobjectClass: top\nobjectClass: domain\nd:: Zm9v\nlong: a\n b\n\n");
    auto const next = input.next();
    BOOST_TEST_REQUIRE(next.has_value());
    BOOST_TEST_REQUIRE(*next != nullptr);
    BOOST_TEST((*next)->dn == "DC=x");
    BOOST_TEST_REQUIRE((*next)->attributes.size() == 4U);
    BOOST_TEST((*next)->attributes[2].value == "foo");
    BOOST_TEST((*next)->attributes[3].value == "ab");
    BOOST_TEST(input.next().value() == nullptr);
}

BOOST_AUTO_TEST_SUITE_END()
