#include <tools/dsplan/plan/request/account_list.hpp>

#include <boost/test/unit_test.hpp>

#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(plan)
BOOST_AUTO_TEST_SUITE(account_list)

using dsplan::plan::account_pair;
using dsplan::plan::read_account_pairs;

namespace {

std::string error_of(std::string_view text) {
    auto const read = read_account_pairs(text);
    return read ? "none" : read.error().what;
}

} // namespace

BOOST_AUTO_TEST_CASE(pairs_stand_in_the_columns_old_and_new) {
    std::vector<account_pair> const expected{{"a", "b", 2}, {"CN=x,DC=y", "S-1-5-18", 4}};
    BOOST_TEST((read_account_pairs("old,new\na,b\n\n\"CN=x,DC=y\",S-1-5-18\n").value() == expected));
    BOOST_TEST(
        (read_account_pairs("\xEF\xBB\xBFNew;why;Old\r\nb;gone;a\r\n# c;;d\r\nS-1-5-18;;CN=x,DC=y").value() ==
         std::vector<account_pair>{{"a", "b", 2}, {"CN=x,DC=y", "S-1-5-18", 4}}));
    BOOST_TEST(read_account_pairs("").value().empty());
}

BOOST_AUTO_TEST_CASE(what_is_no_pair_is_named_by_its_line) {
    BOOST_TEST(error_of("a,b\n") == "1: expected the columns old and new in the first line");
    BOOST_TEST(error_of("old,new\na\n") == "2: expected at least 2 fields, found 1");
    BOOST_TEST(error_of("old,new\na,\n") == "2: expected an account in both columns, found none");
    BOOST_TEST(error_of("old,new\n\"a,b\n") == "2: expected a quotation mark at the end of the field");
    BOOST_TEST(error_of("old,new\na,\xFF\n") == "2: expected text in UTF-8 or UTF-16, found other octets");
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
