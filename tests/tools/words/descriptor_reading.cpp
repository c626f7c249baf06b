#include <sddl/parse.hpp>
#include <tools/dsplan/words/account_names.hpp>
#include <tools/dsplan/words/descriptor_reading.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(words)
BOOST_AUTO_TEST_SUITE(descriptor_reading)

namespace sddl = dsplan::sddl;
using dsplan::directory::schema;
using dsplan::words::name_cache;
using dsplan::words::name_context;
using dsplan::words::read_descriptor;

// The whole of a large change has no room on a page; the count is right nevertheless.
BOOST_AUTO_TEST_CASE(aces_that_stay_are_kept_while_there_is_room) {
    auto const before = sddl::parse("D:(A;;RP;;;BA)(A;;RP;;;BU)(A;;RP;;;BG)");
    auto const after = sddl::parse("D:(D;;WP;;;BG)(A;;RP;;;BA)(A;;RP;;;BU)(A;;RP;;;BG)");
    BOOST_REQUIRE((before && after));
    auto const& known = schema::built_in();
    name_cache cache(known);
    name_context names{.known = known, .sids = {}};
    auto const all = read_descriptor(*after, &*before, names).dacl;
    BOOST_TEST(all.kept.size() == 3U);
    BOOST_TEST(all.kept.front().words.raw == "(A;;RP;;;BA)");
    BOOST_TEST(all.kept.front().position == 2U);
    BOOST_TEST(all.kept.front().was.value() == 1U);
    names.cache = &cache;
    cache.kept_aces_left = 2;
    auto const some = read_descriptor(*after, &*before, names).dacl;
    BOOST_TEST(some.kept.size() == 2U);
    BOOST_TEST(some.unchanged == 3U);
    BOOST_TEST(read_descriptor(*after, &*before, names).dacl.kept.empty());
}

BOOST_AUTO_TEST_CASE(a_changed_ace_says_what_it_was) {
    auto const before = sddl::parse("D:(A;;RP;;;BU)");
    auto const after = sddl::parse("D:(A;;RPWP;;;BU)");
    BOOST_REQUIRE((before && after));
    name_context const names{.known = schema::built_in(), .sids = {}};
    auto const list = read_descriptor(*after, &*before, names).dacl;
    BOOST_REQUIRE(list.aces.size() == 1U);
    BOOST_REQUIRE(list.aces.front().old != nullptr);
    BOOST_TEST(list.aces.front().old->may == "read all properties");
    BOOST_TEST(list.aces.front().changed_from == "(A;;RP;;;BU)");
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
