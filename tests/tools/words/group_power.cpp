#include <sddl/parse.hpp>
#include <tools/dsplan/directory/protected_accounts.hpp>
#include <tools/dsplan/words/judge/group_power.hpp>

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include <string>

BOOST_AUTO_TEST_SUITE(words)
BOOST_AUTO_TEST_SUITE(group_power)

// What the task protects is what the judge fears, and more: no group is privileged for one of them only.
BOOST_AUTO_TEST_CASE(groups_that_are_protected_take_over) {
    for (std::uint32_t rid = 490; rid < 600; ++rid)
        for (auto const* const domain : {"S-1-5-32", "S-1-5-21-1-2-3"}) {
            auto const sid = dsplan::sddl::parse_sid(fmt::format("{}-{}", domain, rid)).value();
            if (dsplan::directory::is_privileged_group(sid))
                BOOST_TEST(dsplan::words::takes_over(sid), fmt::format("{}", sid));
        }
}

BOOST_AUTO_TEST_CASE(a_group_is_told_by_its_domain) {
    auto const takes_over = [](char const* text) {
        return dsplan::words::takes_over(dsplan::sddl::parse_sid(text).value());
    };
    BOOST_TEST(takes_over("S-1-5-32-544"));
    BOOST_TEST(takes_over("S-1-5-21-1-2-3-512"));
    BOOST_TEST(takes_over("S-1-5-21-1-2-3-526"));
    BOOST_TEST(!takes_over("S-1-5-32-512"));
    BOOST_TEST(!takes_over("S-1-5-21-1-2-3-544"));
    BOOST_TEST(!takes_over("S-1-5-32-545"));
    BOOST_TEST(!takes_over("S-1-5-21-1-2-3-1105"));
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
