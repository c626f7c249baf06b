#include <tools/dsplan/review/value_rules.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(review)
BOOST_AUTO_TEST_SUITE(value_rules)

BOOST_AUTO_TEST_CASE(an_attribute_is_judged_or_named_as_unjudged_but_not_both) {
    for (auto const& row : dsplan::review::unjudged_attributes())
        BOOST_TEST(!dsplan::review::has_value_rule(row.attribute), row.attribute << " has a rule");
}

BOOST_AUTO_TEST_CASE(attributes_are_found_in_any_case) {
    BOOST_TEST(dsplan::review::has_value_rule("GPLINK"));
    BOOST_TEST(dsplan::review::has_value_rule("ntsecuritydescriptor"));
    BOOST_TEST(!dsplan::review::has_value_rule("description"));
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
