#include <sddl/parse.hpp>
#include <sddl/write.hpp>
#include <tools/dsplan/plan/list_edit.hpp>

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(plan)
BOOST_AUTO_TEST_SUITE(list_edit)

namespace sddl = dsplan::sddl;
using dsplan::plan::edit_list;
using dsplan::plan::list_answer;
using dsplan::plan::list_outcome;
using dsplan::plan::list_request;
using dsplan::plan::list_verb;

namespace {

// The helpdesk, and a group that it is in.
#define H ";;;S-1-5-21-1-2-3-1103)"
#define G ";;;S-1-5-21-1-2-3-1200)"
#define TYPED(type, class) ";" type ";" class ";S-1-5-21-1-2-3-1103)"
#define USER "bf967aba-0de6-11d0-a285-00aa003049e2"
#define RESTRICTIONS "4c164200-20c0-11d0-a768-00aa006e0529"
#define PWD_LAST_SET "bf967a0a-0de6-11d0-a285-00aa003049e2"
#define LOCKOUT_TIME "28630ebf-41d5-11d1-a9c1-0000f80367c1"

sddl::guid guid_of(std::string_view text) {
    return sddl::parse_guid(text).value();
}

std::optional<sddl::guid> set_of(sddl::guid const& type) {
    return type == guid_of(PWD_LAST_SET) ? std::optional(guid_of(RESTRICTIONS)) : std::nullopt;
}

sddl::acl list_of(std::string const& aces) {
    return sddl::parse("D:" + aces).value().dacl.value();
}

std::string text_of(sddl::acl const& list) {
    std::string text;
    for (auto const& each : list.aces)
        text += sddl::write_ace(each);
    return text;
}

list_request wish(list_verb verb, std::string const& ace) {
    list_request made;
    made.verb = verb;
    made.said = sddl::permission_of(list_of(ace).aces.front()).value();
    made.token = {made.said.trustee, sddl::parse_sid("S-1-5-21-1-2-3-1200").value()};
    return made;
}

struct edited {
    list_outcome what;
    std::string after;
    list_answer answer;
};

edited edit(std::string const& before, list_request const& asked) {
    auto const made = edit_list(list_of(before), std::vector{asked}, set_of);
    return {made.answers.front().what, text_of(made.after), made.answers.front()};
}

edited edit(std::string const& before, list_verb verb, std::string const& ace) {
    return edit(before, wish(verb, ace));
}

using places = std::vector<std::size_t>;

} // namespace

#define CHECK_EDIT(made, outcome, list)                                                                      \
    do {                                                                                                     \
        auto const found = made;                                                                             \
        BOOST_TEST((found.what == list_outcome::outcome), static_cast<int>(found.what));                     \
        BOOST_TEST(found.after == list);                                                                     \
    } while (false)

BOOST_AUTO_TEST_CASE(a_grant_goes_where_the_directory_keeps_it) {
    CHECK_EDIT(edit("(D;;WP" G "(A;;RP" G "(A;CIID;RP" G, list_verb::grant, "(A;;WP" H), added,
               "(D;;WP" G "(A;;RP" G "(A;;WP" H "(A;CIID;RP" G);
    CHECK_EDIT(edit("(A;;RP" G, list_verb::deny, "(D;;WP" H), added, "(D;;WP" H "(A;;RP" G);
    CHECK_EDIT(edit("", list_verb::grant, "(A;;WP" H), added, "(A;;WP" H);
}

BOOST_AUTO_TEST_CASE(a_grant_that_is_there_adds_nothing) {
    CHECK_EDIT(edit("(A;;RPWP" H, list_verb::grant, "(A;;RPWP" H), there_already, "(A;;RPWP" H);
    CHECK_EDIT(edit("(A;CI;RPWP" H, list_verb::grant, "(A;;WP" H), covered, "(A;CI;RPWP" H);
    CHECK_EDIT(edit("(A;;GA" H, list_verb::grant, "(OA;;WP" TYPED(PWD_LAST_SET, "")), covered, "(A;;GA" H);
    auto const by_two = edit("(A;;RP" H "(A;;WP" H, list_verb::grant, "(A;;RPWP" H);
    BOOST_TEST((by_two.what == list_outcome::covered));
    BOOST_TEST(by_two.answer.aces == (places{0, 1}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_property_set_covers_its_attributes_only) {
    auto const set = "(OA;CIIO;RPWP" TYPED(RESTRICTIONS, USER);
    CHECK_EDIT(edit(set, list_verb::grant, "(OA;CIIO;WP" TYPED(PWD_LAST_SET, USER)), covered, set);
    BOOST_TEST(
        (edit(set, list_verb::grant, "(OA;CIIO;WP" TYPED(LOCKOUT_TIME, USER)).what == list_outcome::added));
}

BOOST_AUTO_TEST_CASE(only_the_missing_rights_are_added) {
    CHECK_EDIT(edit("(A;;RP" H, list_verb::grant, "(A;;RPWP" H), added, "(A;;RP" H "(A;;WP" H);
}

BOOST_AUTO_TEST_CASE(an_inherited_ace_covers_unless_an_explicit_one_is_wanted) {
    CHECK_EDIT(edit("(A;CIID;WP" H, list_verb::grant, "(A;;WP" H), covered_inherited, "(A;CIID;WP" H);
    auto asked = wish(list_verb::grant, "(A;;WP" H);
    asked.also_where_inherited = true;
    CHECK_EDIT(edit("(A;CIID;WP" H, asked), added, "(A;;WP" H "(A;CIID;WP" H);
}

BOOST_AUTO_TEST_CASE(a_group_that_has_it_is_named_and_the_grant_added) {
    auto const made = edit("(A;;WP" G, list_verb::grant, "(A;;WP" H);
    BOOST_TEST((made.what == list_outcome::added));
    BOOST_TEST(made.answer.through_groups == places{0}, boost::test_tools::per_element());
    BOOST_TEST(edit("(A;;RP" G, list_verb::grant, "(A;;WP" H).answer.through_groups.empty());
}

BOOST_AUTO_TEST_CASE(a_denial_in_the_way_is_named) {
    BOOST_TEST(edit("(D;;WP" G, list_verb::grant, "(A;;WP" H).answer.denied_by == places{0},
               boost::test_tools::per_element());
    BOOST_TEST(edit("(XD;;WP;;;S-1-5-21-1-2-3-1103;(@USER.a == 1))", list_verb::grant, "(A;;WP" H)
                       .answer.denied_by == places{0},
               boost::test_tools::per_element());
    BOOST_TEST(edit("(D;;RP" G, list_verb::grant, "(A;;WP" H).answer.denied_by.empty());
    BOOST_TEST(edit("(D;CIIO;WP" G, list_verb::grant, "(A;;WP" H).answer.denied_by.empty());
}

BOOST_AUTO_TEST_CASE(a_conditional_ace_covers_nothing) {
    auto const conditional = "(XA;;WP;;;S-1-5-21-1-2-3-1103;(@USER.a == 1))";
    BOOST_TEST((edit(conditional, list_verb::grant, "(A;;WP" H).what == list_outcome::added));
    CHECK_EDIT(edit(conditional, list_verb::revoke, "(A;;WP" H), nothing_there, conditional);
}

BOOST_AUTO_TEST_CASE(a_revocation_narrows_drops_and_splits) {
    CHECK_EDIT(edit("(A;;RPWP" H, list_verb::revoke, "(A;;WP" H), removed, "(A;;RP" H);
    CHECK_EDIT(edit("(A;;WP" H "(A;;RP" G, list_verb::revoke, "(A;;RPWP" H), removed, "(A;;RP" G);
    CHECK_EDIT(edit("(A;CI;WP" H, list_verb::revoke, "(A;;WP" H), removed, "(A;CIIO;WP" H);
    CHECK_EDIT(edit("(D;;WP" H, list_verb::revoke, "(A;;WP" H), nothing_there, "(D;;WP" H);
    CHECK_EDIT(edit("(A;CIID;WP" H, list_verb::revoke, "(A;;WP" H), inherited_here, "(A;CIID;WP" H);
}

BOOST_AUTO_TEST_CASE(what_cannot_be_said_changes_nothing) {
    auto const all = edit("(A;;WP" H, list_verb::revoke, "(OA;;WP" TYPED(LOCKOUT_TIME, ""));
    BOOST_TEST((all.what == list_outcome::not_expressible));
    BOOST_TEST((all.answer.why == sddl::inexpressible::one_of_all));
    BOOST_TEST(all.after == "(A;;WP" H);
    auto const set =
        edit("(OA;;RPWP" TYPED(RESTRICTIONS, ""), list_verb::revoke, "(OA;;WP" TYPED(PWD_LAST_SET, ""));
    BOOST_TEST((set.answer.why == sddl::inexpressible::one_of_a_set));
}

BOOST_AUTO_TEST_CASE(a_set_is_split_where_its_other_attributes_are_named) {
    auto asked = wish(list_verb::revoke, "(OA;CIIO;WP" TYPED(PWD_LAST_SET, USER));
    asked.other_attributes = {guid_of("bf967a68-0de6-11d0-a285-00aa003049e2")};
    CHECK_EDIT(edit("(OA;CIIO;RPWP" TYPED(RESTRICTIONS, USER), asked), removed,
               "(OA;CIIO;RP" TYPED(RESTRICTIONS,
                                   USER) "(OA;CIIO;WP" TYPED("bf967a68-0de6-11d0-a285-00aa003049e2", USER));
    CHECK_EDIT(
        edit("(OA;CI;WP" TYPED(RESTRICTIONS, USER), asked), removed,
        "(OA;CI;WP" TYPED("bf967a68-0de6-11d0-a285-00aa003049e2", USER) "(OA;;WP" TYPED(PWD_LAST_SET, ""));
}

BOOST_AUTO_TEST_CASE(one_ace_or_all_of_a_trustee_go) {
    CHECK_EDIT(edit("(A;;RPWP" H "(A;;RP" H, list_verb::revoke_ace, "(A;;RP" H), removed, "(A;;RPWP" H);
    CHECK_EDIT(edit("(A;;RPWP" H, list_verb::revoke_ace, "(A;;RP" H), nothing_there, "(A;;RPWP" H);
    CHECK_EDIT(edit("(D;;WP" H "(A;;RPWP" H "(A;;RP" G "(A;ID;RP" H, list_verb::revoke_all_of, "(A;;RP" H),
               removed, "(D;;WP" H "(A;;RP" G "(A;ID;RP" H);
}

// Wishes in any order give one list; what it says is not asked for again; what nobody asked about stays.
BOOST_AUTO_TEST_CASE(the_order_of_wishes_does_not_matter) {
    std::vector<std::string> const aces{
        "(A;;RPWP" H, "(A;CI;SD" H,   "(OA;CIIO;RPWP" TYPED(RESTRICTIONS, USER),
        "(D;;DT" H,   "(A;CIIO;WD" H, "(OA;CI;CC" TYPED(USER, "")};
    std::minstd_rand random(1);
    for (int round = 0; round < 2000; ++round) {
        std::vector<list_request> wishes;
        for (auto const& ace : aces) {
            if (random() % 2 == 0)
                continue;
            bool const denies = ace.starts_with("(D");
            wishes.push_back(wish(denies ? list_verb::deny : list_verb::grant, ace));
        }
        std::string before;
        for (auto const& ace : aces)
            before += random() % 3 == 0 && !ace.starts_with("(D") ? ace : "";
        before += "(A;;LC" G;
        auto const made = edit_list(list_of(before), wishes, set_of);
        auto sorted = [](sddl::acl const& list) {
            std::vector<std::string> texts;
            for (auto const& each : list.aces)
                texts.push_back(sddl::write_ace(each));
            std::sort(texts.begin(), texts.end());
            return texts;
        };
        std::shuffle(wishes.begin(), wishes.end(), random);
        auto const other = edit_list(list_of(before), wishes, set_of);
        BOOST_TEST_REQUIRE(sorted(other.after) == sorted(made.after), boost::test_tools::per_element());
        auto const again = edit_list(made.after, wishes, set_of);
        BOOST_TEST_REQUIRE(text_of(again.after) == text_of(made.after));
        for (auto const& each : list_of(before).aces)
            BOOST_TEST_REQUIRE(
                (std::find(made.after.aces.begin(), made.after.aces.end(), each) != made.after.aces.end()));
    }
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

#undef H
#undef G
#undef TYPED
#undef USER
#undef RESTRICTIONS
#undef PWD_LAST_SET
#undef LOCKOUT_TIME
#undef CHECK_EDIT
