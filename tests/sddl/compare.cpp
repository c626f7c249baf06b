#include <sddl/compare.hpp>
#include <sddl/parse.hpp>
#include <sddl/write.hpp>

#include <boost/test/unit_test.hpp>

using namespace dsplan::sddl;

namespace {

descriptor_difference difference(std::string_view before, std::string_view after) {
    return dsplan::sddl::compare(parse(before).value(), parse(after).value());
}

std::string text(std::vector<ace> const& aces) {
    std::string written;
    for (auto const& entry : aces)
        written += write_ace(entry);
    return written;
}

} // namespace

BOOST_AUTO_TEST_SUITE(compare)

BOOST_AUTO_TEST_CASE(the_same_is_no_difference) {
    BOOST_TEST(difference("O:BAD:(A;;RP;;;WD)", "D:(A;;RP;;;WD)O:BA").empty());
}

BOOST_AUTO_TEST_CASE(another_order_is_only_that) {
    auto const found = difference("D:(A;;RP;;;WD)(A;;RP;;;BA)", "D:(A;;RP;;;BA)(A;;RP;;;WD)");
    BOOST_TEST(!found.empty());
    BOOST_TEST(found.same_but_for_order());
    BOOST_TEST(found.dacl.is_reordered);
}

BOOST_AUTO_TEST_CASE(what_stands_twice_counts_twice) {
    auto const found = difference("D:(A;;RP;;;WD)(A;;RP;;;WD)(A;;WP;;;WD)", "D:(A;;WP;;;WD)(A;;RP;;;WD)");
    BOOST_TEST(text(found.dacl.removed) == "(A;;RP;;;WD)");
    BOOST_TEST(text(found.dacl.added) == "");
}

BOOST_AUTO_TEST_CASE(inherited_and_explicit_are_not_the_same) {
    auto const found = difference("D:(A;ID;RP;;;WD)", "D:(A;;RP;;;WD)");
    BOOST_TEST(text(found.dacl.removed) == "(A;ID;RP;;;WD)");
    BOOST_TEST(text(found.dacl.added) == "(A;;RP;;;WD)");
}

BOOST_AUTO_TEST_CASE(absent_null_and_empty_are_three_things) {
    using change = descriptor_difference::state_change;
    BOOST_TEST((difference("O:BA", "O:BAD:").dacl_state == change{acl_state::absent, acl_state::present}));
    BOOST_TEST(
        (difference("D:NO_ACCESS_CONTROL", "D:").dacl_state == change{acl_state::null, acl_state::present}));
    BOOST_TEST(
        (difference("S:NO_ACCESS_CONTROL", "").sacl_state == change{acl_state::null, acl_state::absent}));
}

BOOST_AUTO_TEST_CASE(owner_group_and_control) {
    auto const found = difference("O:BAG:BAD:AI", "O:SYD:P");
    BOOST_TEST((found.owner->after == parse_trustee("SY").value()));
    BOOST_TEST((found.group->after == std::nullopt));
    BOOST_TEST(found.control_set == control_bit::dacl_protected);
    BOOST_TEST(found.control_cleared == control_bit::dacl_auto_inherited);
}

BOOST_AUTO_TEST_SUITE_END()
