#include <sddl/parse.hpp>
#include <tools/dsplan/words/list_difference.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(words)
BOOST_AUTO_TEST_SUITE(list_difference)

using dsplan::words::ace_change;
using dsplan::words::compare_lists;

namespace {

// "k1:1" for an ACE that was kept, its places from 1; "m", "a", "r", "c" for moved, added, removed, changed.
std::string changes(std::string const& before, std::string const& after) {
    auto const list = [](std::string const& aces) {
        return dsplan::sddl::parse("D:" + aces).value().dacl.value().aces;
    };
    constexpr std::string_view letters = "kmarc";
    std::string text;
    for (auto const& each : compare_lists(list(before), list(after))) {
        text += text.empty() ? "" : " ";
        text += letters[static_cast<std::size_t>(each.what)];
        text += each.before ? std::to_string(*each.before + 1) : "";
        text += ":";
        text += each.after ? std::to_string(*each.after + 1) : "";
    }
    return text;
}

std::string const a = "(A;;RP;;;AU)";
std::string const b = "(A;;WP;;;BA)";
std::string const c = "(A;;CC;;;SY)";

} // namespace

BOOST_AUTO_TEST_CASE(equal_lists_are_kept) {
    BOOST_TEST(changes(a + b + c, a + b + c) == "k1:1 k2:2 k3:3");
    BOOST_TEST(changes("", "") == "");
}

BOOST_AUTO_TEST_CASE(what_comes_and_goes) {
    BOOST_TEST(changes(a + c, a + b + c) == "k1:1 a:2 k2:3");
    BOOST_TEST(changes(a + b + c, a + c) == "k1:1 k3:2 r2:");
}

BOOST_AUTO_TEST_CASE(the_fewest_are_called_moved) {
    BOOST_TEST(changes(a + b + c, c + a + b) == "m3:1 k1:2 k2:3");
    BOOST_TEST(changes(a + b + c, b + c + a) == "k2:1 k3:2 m1:3");
}

BOOST_AUTO_TEST_CASE(another_mask_for_the_same_trustee_is_a_change) {
    BOOST_TEST(changes(a + b, "(A;;RPWP;;;AU)" + b) == "c1:1 k2:2");
    BOOST_TEST(changes(a, "(D;;RP;;;AU)") == "a:1 r1:");
    BOOST_TEST(changes(a, "(A;ID;RP;;;AU)") == "a:1 r1:");
}

BOOST_AUTO_TEST_CASE(what_stands_twice_counts_twice) {
    BOOST_TEST(changes(a + a, a) == "k1:1 r2:");
    BOOST_TEST(changes(a, a + a) == "k1:1 a:2");
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
