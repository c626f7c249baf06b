#include <sddl/access_trace.hpp>
#include <sddl/parse.hpp>
#include <sddl/write.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <string>

using namespace dsplan::sddl;

namespace {

#define PERSONAL "77b5b886-944a-11d1-aebd-0000f80367c1"
#define PHONE "bf967a49-0de6-11d0-a285-00aa003049e2"
#define STREET "bf967a3a-0de6-11d0-a285-00aa003049e2"
#define RUTH "S-1-5-21-1-2-3-1105"
#define OTHER "S-1-5-21-1-2-3-1300"

constexpr std::array<char const*, 12> outcome_names{
    "allows",       "denies",        "allows a part", "no access ACE",
    "inherit-only", "other account", "no condition",  "condition unknown",
    "other rights", "other type",    "decided",       "after"};

struct sample_tree {
    object_type_tree tree{parse_guid("bf967aba-0de6-11d0-a285-00aa003049e2").value()};
    object_type_tree::node set = tree.add(parse_guid(PERSONAL).value(), property_rights);
    object_type_tree::node phone = tree.add(parse_guid(PHONE).value(), property_rights, set);
    object_type_tree::node street = tree.add(parse_guid(STREET).value(), property_rights, set);
};

access_trace trace(std::string const& text, object_type_tree::node node, access_mask asked) {
    static sample_tree const user;
    security_token const token(
        {parse_sid(RUTH).value(), parse_trustee("AU").value(), parse_trustee("WD").value()});
    return trace_access(parse(text).value(), user.tree, node, asked,
                        {.who = token, .self = parse_sid(RUTH).value()});
}

// "1 denies WP, left CC; … no"
std::string story(std::string const& text, object_type_tree::node node, access_mask asked) {
    std::string told;
    auto const made = trace(text, node, asked);
    if (made.granted_before.bits != 0)
        told += "before " + write_rights(made.granted_before) + "; ";
    for (auto const& step : made.aces) {
        told += std::to_string(step.index + 1) + " " + outcome_names[static_cast<std::size_t>(step.outcome)];
        if ((step.granted | step.denied).bits != 0)
            told += " " + write_rights(step.granted | step.denied);
        told += ", left " + (step.left.bits == 0 ? "nothing" : write_rights(step.left)) + "; ";
    }
    return told + (made.is_granted ? "yes" : "no");
}

constexpr object_type_tree::node on_object = 0;
constexpr object_type_tree::node on_set = 1;
constexpr object_type_tree::node on_phone = 2;

} // namespace

BOOST_AUTO_TEST_SUITE(access_trace)

BOOST_AUTO_TEST_CASE(every_reason_not_to_count) {
    BOOST_TEST(
        story("D:(A;;WP;;;" OTHER
              ")(A;CIIO;WP;;;AU)(A;;RP;;;AU)(XA;;WP;;;AU;(Member_of SID(SY)))(XA;;WP;;;AU;(@User.a "
              "== 1))(OA;;WP;" STREET ";;AU)(A;;WP;;;PS)(D;;WP;;;WD)",
              on_phone, right_write_property) ==
        "1 other account, left WP; 2 inherit-only, left WP; 3 other rights, left WP; 4 no condition, left "
        "WP; 5 condition unknown, left WP; 6 other type, left WP; 7 allows WP, left nothing; 8 after, left "
        "nothing; yes");
}

BOOST_AUTO_TEST_CASE(rights_are_collected_until_one_is_denied) {
    auto const asked = right_delete | right_write_dac | right_read_control;
    BOOST_TEST(story("D:(A;;RC;;;AU)(A;;RC;;;WD)(A;;SDWD;;;AU)", on_object, asked) ==
               "1 allows RC, left SDWD; 2 decided, left SDWD; 3 allows SDWD, left nothing; yes");
    BOOST_TEST(story("D:(A;;RC;;;AU)(D;;SD;;;WD)(A;;SDWD;;;AU)", on_object, asked) ==
               "1 allows RC, left SDWD; 2 denies SD, left WD; 3 after, left WD; no");
    BOOST_TEST(story("D:(A;;RC;;;AU)", on_object, asked) == "1 allows RC, left SDWD; no");
}

BOOST_AUTO_TEST_CASE(what_needs_no_ace) {
    BOOST_TEST(story("O:" RUTH "D:(D;;WD;;;WD)", on_object, right_write_dac) ==
               "before WD; 1 after, left nothing; yes");
    BOOST_TEST(story("O:" RUTH "D:(A;;RP;;;OW)(A;;RP;;;WD)", on_object, right_write_dac) ==
               "1 other rights, left WD; 2 other rights, left WD; no");
    BOOST_TEST(story("D:NO_ACCESS_CONTROL", on_object, right_write_dac) == "before WD; yes");
    BOOST_TEST((trace("D:NO_ACCESS_CONTROL", on_object, right_write_dac).start == access_basis::null_dacl));
}

// A denial of one attribute denies the set; the set is allowed with the last of its attributes.
BOOST_AUTO_TEST_CASE(a_property_set) {
    BOOST_TEST(story("D:(OD;;WP;" PHONE ";;PS)(OA;;WP;" PERSONAL ";;PS)", on_set, right_write_property) ==
               "1 denies WP, left nothing; 2 after, left nothing; no");
    BOOST_TEST(story("D:(OA;;WP;" PHONE ";;PS)(OA;;WP;" STREET ";;PS)", on_set, right_write_property) ==
               "1 allows a part, left WP; 2 allows WP, left nothing; yes");
    auto const made = trace("D:(OA;;WP;" PERSONAL ";;PS)", on_phone, right_write_property);
    BOOST_TEST(made.is_granted);
    BOOST_TEST((made.aces.front().on == std::optional(on_set)));
}

BOOST_AUTO_TEST_CASE(a_denial_with_an_unknown_condition_counts) {
    auto const made = trace("D:(XD;;WP;;;AU;(@User.a == 1))(A;;WP;;;AU)", on_phone, right_write_property);
    BOOST_TEST(!made.is_granted);
    BOOST_TEST((made.aces.front().outcome == trace_outcome::denies));
    BOOST_TEST(made.aces.front().has_unknown_condition);
}

BOOST_AUTO_TEST_SUITE_END()
