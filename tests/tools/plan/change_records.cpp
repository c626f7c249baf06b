#include <tools/dsplan/plan/change_records.hpp>

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include <string>

BOOST_AUTO_TEST_SUITE(plan)
BOOST_AUTO_TEST_SUITE(change_records)

using namespace dsplan;

namespace {

dsplan::plan::domain_changes with_members(std::size_t removed, std::size_t added) {
    dsplan::plan::domain_changes made;
    for (std::size_t index = 0; index < removed + added; ++index)
        made.members.push_back({.group_dn = "CN=Staff,DC=contoso,DC=com",
                                .group_name = "Staff",
                                .member_dn = fmt::format("CN=m{},DC=contoso,DC=com", index),
                                .member_name = fmt::format("m{}", index),
                                .removes = index < removed});
    return made;
}

std::string shape_of(std::vector<dsplan::ldif::record> const& records) {
    std::string made;
    for (auto const& record : records) {
        for (auto const& each : record.modifications)
            made +=
                fmt::format("{}{} ", each.operation == dsplan::ldif::modification_operation::add ? "+" : "-",
                            each.values.size());
        made += "| ";
    }
    return made;
}

} // namespace

BOOST_AUTO_TEST_CASE(members_of_a_group_are_one_record_up_to_its_bound) {
    BOOST_TEST(shape_of(dsplan::plan::member_records(with_members(1, 2))) == "-1 +2 | ");
    BOOST_TEST(shape_of(dsplan::plan::rollback_records(with_members(1, 2))) == "-2 +1 | ");
    BOOST_TEST(shape_of(dsplan::plan::member_records(with_members(0, 1000))) == "+1000 | ");
    BOOST_TEST(shape_of(dsplan::plan::member_records(with_members(0, 1001))) == "+1000 | +1 | ");
    BOOST_TEST(shape_of(dsplan::plan::member_records(with_members(999, 2))) == "-999 +1 | +1 | ");
}

BOOST_AUTO_TEST_CASE(each_group_has_records_of_its_own) {
    auto changes = with_members(0, 2);
    changes.members.back().group_dn = "CN=Outer,DC=contoso,DC=com";
    auto const records = dsplan::plan::member_records(changes);
    BOOST_REQUIRE(records.size() == 2U);
    BOOST_TEST(records.front().dn == "CN=Staff,DC=contoso,DC=com");
    BOOST_TEST(records.back().dn == "CN=Outer,DC=contoso,DC=com");
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
