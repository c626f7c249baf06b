#include <sddl/canonical_order.hpp>
#include <sddl/parse.hpp>
#include <sddl/write.hpp>

#include <boost/test/unit_test.hpp>

using namespace dsplan::sddl;

namespace {

acl list(std::string_view aces) {
    return parse("D:" + std::string(aces)).value().dacl.value();
}

std::string text(acl const& shown) {
    std::string written;
    for (auto const& entry : shown.aces)
        written += write_ace(entry);
    return written;
}

std::size_t position(std::string_view aces, std::string_view added) {
    return position_for_new_ace(list(aces), parse_ace(added).value());
}

} // namespace

BOOST_AUTO_TEST_SUITE(canonical_order)

BOOST_AUTO_TEST_CASE(canonical_lists_have_no_offender) {
    BOOST_TEST(!find_misplaced(list("")));
    BOOST_TEST(!find_misplaced(list("(D;;RP;;;WD)(OD;;RP;;;WD)(A;;RP;;;WD)(D;ID;RP;;;WD)(A;ID;RP;;;WD)")));
    BOOST_TEST(!find_misplaced(list("(A;ID;RP;;;WD)(D;ID;RP;;;WD)")));
}

BOOST_AUTO_TEST_CASE(the_first_offender_is_named) {
    BOOST_TEST((find_misplaced(list("(A;;RP;;;WD)(D;;RP;;;WD)(D;;RP;;;AU)")) == misplaced_ace{1, 0}));
    BOOST_TEST((find_misplaced(list("(D;;RP;;;WD)(A;ID;RP;;;WD)(A;;RP;;;AU)")) == misplaced_ace{2, 1}));
    BOOST_TEST((find_misplaced(list("(A;;RP;;;AU)(A;ID;RP;;;WD)(D;;RP;;;AU)")) == misplaced_ace{2, 0}));
}

BOOST_AUTO_TEST_CASE(conditional_and_object_types_have_the_block_of_what_they_do) {
    BOOST_TEST((find_misplaced(list("(XA;;RP;;;WD;(a))(XD;;RP;;;WD;(a))")) == misplaced_ace{1, 0}));
    BOOST_TEST((find_misplaced(list("(ZA;;CR;;;WD;(a))(OD;;CR;;;WD)")) == misplaced_ace{1, 0}));
    BOOST_TEST(!find_misplaced(
        list("(XD;;RP;;;WD;(a))(OD;;CR;;;WD)(D;;RP;;;WD)(ZA;;CR;;;WD;(a))(XA;;RP;;;WD;(a))")));
}

BOOST_AUTO_TEST_CASE(repair_is_stable_and_keeps_the_inherited_ones_in_their_order) {
    auto const repaired = in_canonical_order(
        list("(A;;RP;;;WD)(A;ID;RP;;;WD)(D;;RP;;;AU)(D;ID;RP;;;AU)(A;;WP;;;BA)(D;;WP;;;SY)"));
    BOOST_TEST(text(repaired) ==
               "(D;;RP;;;AU)(D;;WP;;;SY)(A;;RP;;;WD)(A;;WP;;;BA)(A;ID;RP;;;WD)(D;ID;RP;;;AU)");
}

BOOST_AUTO_TEST_CASE(a_new_ace_goes_by_size_and_octets_where_its_block_does) {
    // 20 octets each, the second SID longer
    BOOST_TEST(position("(A;;RP;;;BA)(A;;RP;;;WD)(A;ID;RP;;;WD)", "(A;;RP;;;SY)") == 2u);
    BOOST_TEST(position("(A;;RP;;;BA)(A;;WP;;;WD)(A;ID;RP;;;WD)", "(A;;RP;;;SY)") == 1u);
    BOOST_TEST(position("(A;;RP;;;BA)(A;;RP;;;WD)", "(OA;;RP;bf967aba-0de6-11d0-a285-00aa003049e2;;WD)") ==
               0u);
    BOOST_TEST(position("(D;;RP;;;WD)(A;;RP;;;BA)", "(D;;RP;;;BA)") == 0u);
    BOOST_TEST(position("(A;;RP;;;BA)", "(D;;RP;;;WD)") == 0u);
    BOOST_TEST(position("(D;;RP;;;BA)(A;ID;RP;;;BA)", "(A;;RP;;;WD)") == 1u);
    BOOST_TEST(position("", "(A;;RP;;;WD)") == 0u);
}

BOOST_AUTO_TEST_CASE(a_new_ace_goes_to_the_end_of_a_block_in_another_order) {
    BOOST_TEST(position("(A;;RP;;;WD)(A;;RP;;;BA)(A;ID;RP;;;WD)", "(A;;RP;;;BU)") == 2u);
    BOOST_TEST(position("(D;;RP;;;WD)(D;;RP;;;BA)(A;;RP;;;BU)(A;ID;RP;;;WD)", "(D;;RP;;;BU)") == 2u);
}

BOOST_AUTO_TEST_SUITE_END()
