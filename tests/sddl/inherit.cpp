#include <sddl/inherit.hpp>
#include <sddl/parse.hpp>
#include <sddl/write.hpp>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <ostream>
#include <random>
#include <string>

using namespace dsplan::sddl;

namespace {

#define USER "bf967aba-0de6-11d0-a285-00aa003049e2"
#define COMPUTER "bf967a86-0de6-11d0-a285-00aa003049e2"
#define KEY_LINK "5b47d60f-6090-40b2-9f37-2a4de88f3063"
#define FULL "CCDCLCSWRPWPDTLOCRSDRCWDWO"
#define RUTH "S-1-5-21-1111111111-2222222222-3333333333-1105"

sid trustee(char const* text) {
    return parse_trustee(text).value();
}

inheriting_object user_of_administrators() {
    return {.classes = {parse_guid(USER).value()}, .owner = trustee("BA"), .group = trustee("SY")};
}

security_descriptor descriptor(std::string const& text) {
    return parse(text).value();
}

std::string inherited(std::string const& parent_aces) {
    auto const parent = descriptor("D:" + parent_aces);
    security_descriptor child;
    acl list;
    list.aces = inherited_aces(*parent.dacl, user_of_administrators());
    set_dacl(child, std::move(list));
    return write(child).substr(2);
}

std::string stored(std::string const& written) {
    return write(store(nullptr, descriptor(written), user_of_administrators()));
}

struct example {
    char const* rule;
    char const* given;
    char const* expected;

    friend std::ostream& operator<<(std::ostream& out, example const& shown) { return out << shown.rule; }
};

example const inherited_examples[] = {
    {"1: neither CI nor OI", "(A;;RP;;;AU)", ""},
    {"1: CI", "(A;CI;RP;;;AU)", "(A;CIID;RP;;;AU)"},
    {"1: OI and CI", "(A;OICI;RP;;;AU)", "(A;OICIID;RP;;;AU)"},
    {"1: OI alone only passes through", "(A;OI;RP;;;AU)", "(A;OIIOID;RP;;;AU)"},
    {"1: OI alone, one level", "(A;OINP;RP;;;AU)", ""},
    {"1: inherit-only takes effect on the child", "(A;CIIO;RP;;;AU)", "(A;CIID;RP;;;AU)"},
    {"1: inherited ACEs travel on", "(A;CIID;RP;;;AU)", "(A;CIID;RP;;;AU)"},
    {"2: another class", "(OA;CI;RP;;" COMPUTER ";AU)", "(OA;CIIOID;RP;;" COMPUTER ";AU)"},
    {"2: another class, one level", "(OA;CINP;RP;;" COMPUTER ";AU)", ""},
    {"2: another class, creator", "(OA;CIIO;GA;;" COMPUTER ";CO)", "(OA;CIIOID;GA;;" COMPUTER ";CO)"},
    {"3: the class", "(OA;CIIO;RPWP;" KEY_LINK ";" USER ";AU)", "(OA;CIID;RPWP;" KEY_LINK ";" USER ";AU)"},
    {"3: one level", "(A;CINP;RP;;;AU)", "(A;ID;RP;;;AU)"},
    {"3: one level, the class", "(OA;CINP;RP;" KEY_LINK ";" USER ";AU)", "(OA;ID;RP;" KEY_LINK ";;AU)"},
    {"3: one level, inherit-only", "(A;CINPIO;RP;;;AU)", "(A;ID;RP;;;AU)"},
    {"4: generic", "(A;CI;GR;;;AU)", "(A;ID;LCRPLORC;;;AU)(A;CIIOID;GR;;;AU)"},
    {"4: generic all", "(A;CI;GA;;;AU)", "(A;ID;" FULL ";;;AU)(A;CIIOID;GA;;;AU)"},
    {"4: generic, one level", "(A;CINP;GA;;;AU)", "(A;ID;" FULL ";;;AU)"},
    {"4: creator owner", "(A;CIIO;RPWP;;;CO)", "(A;ID;RPWP;;;BA)(A;CIIOID;RPWP;;;CO)"},
    {"4: creator group", "(A;CIIO;RPWP;;;CG)", "(A;ID;RPWP;;;SY)(A;CIIOID;RPWP;;;CG)"},
    {"4: the type stays, the class goes", "(OA;CIIO;GA;;" USER ";CO)",
     "(OA;ID;" FULL ";;;BA)(OA;CIIOID;GA;;" USER ";CO)"},
    {"4: a property stays", "(OA;CIIO;GW;" KEY_LINK ";" USER ";CO)",
     "(OA;ID;SWWPRC;" KEY_LINK ";;BA)(OA;CIIOID;GW;" KEY_LINK ";" USER ";CO)"},
    {"5: self stays self", "(OA;CIIO;SW;;" USER ";PS)", "(OA;CIID;SW;;" USER ";PS)"},
    {"6: the same twice", "(A;CI;RP;;;AU)(A;CIID;RP;;;AU)", "(A;CIID;RP;;;AU)"},
    {"6: less after more", "(A;CI;RPWP;;;AU)(A;CI;RP;;;AU)", "(A;CIID;RPWP;;;AU)"},
    {"6: more after less", "(A;CI;RP;;;AU)(A;CI;RPWP;;;AU)", "(A;CIID;RP;;;AU)(A;CIID;RPWP;;;AU)"},
    {"6: allow and deny differ", "(D;CI;RP;;;AU)(A;CI;RP;;;AU)", "(D;CIID;RP;;;AU)(A;CIID;RP;;;AU)"},
    {"6: another trustee", "(A;CI;RP;;;AU)(A;CI;RP;;;WD)", "(A;CIID;RP;;;AU)(A;CIID;RP;;;WD)"},
    {"6: passing on covers stopping", "(A;CI;RP;;;AU)(A;CINP;RP;;;AU)", "(A;CIID;RP;;;AU)"},
    {"6: passing on is more than stopping", "(A;CINP;RP;;;AU)(A;CI;RP;;;AU)",
     "(A;ID;RP;;;AU)(A;CIID;RP;;;AU)"},
    {"7: the parent's order", "(A;CI;RP;;;WD)(D;CI;WP;;;AU)(A;CI;RP;;;AU)",
     "(A;CIID;RP;;;WD)(D;CIID;WP;;;AU)(A;CIID;RP;;;AU)"},
};

example const stored_examples[] = {
    {"explicit ACEs stay", "D:(A;CI;RP;;;AU)(A;;WP;;;AU)", "D:AI(A;CI;RP;;;AU)(A;;WP;;;AU)"},
    {"inherited ACEs go", "D:(A;ID;RP;;;AU)(A;;WP;;;AU)", "D:AI(A;;WP;;;AU)"},
    {"inherit-only without heirs goes", "D:(A;IO;RP;;;AU)", "D:AI"},
    {"inherited ACEs of a protected list become explicit", "D:P(A;CIID;RP;;;AU)", "D:P(A;CI;RP;;;AU)"},
    {"generic rights are mapped", "D:P(A;;GR;;;AU)", "D:P(A;;LCRPLORC;;;AU)"},
    {"generic rights are mapped and passed on", "D:P(A;CI;GA;;;AU)", "D:P(A;;" FULL ";;;AU)(A;CIIO;GA;;;AU)"},
    {"generic rights only for heirs stay", "D:P(A;CIIO;GA;;;AU)", "D:P(A;CIIO;GA;;;AU)"},
    {"creator owner", "D:P(A;CI;RP;;;CO)", "D:P(A;;RP;;;BA)(A;CIIO;RP;;;CO)"},
    {"one level stays one level", "D:P(A;CINP;GR;;;AU)", "D:P(A;;LCRPLORC;;;AU)(A;CINPIO;GR;;;AU)"},
};

} // namespace

BOOST_AUTO_TEST_SUITE(inherit)

BOOST_DATA_TEST_CASE(each_rule, boost::unit_test::data::make(inherited_examples), shown) {
    BOOST_TEST(inherited(shown.given) == shown.expected);
}

BOOST_DATA_TEST_CASE(written_lists, boost::unit_test::data::make(stored_examples), shown) {
    BOOST_TEST(stored(shown.given) == shown.expected);
    BOOST_TEST(stored(stored(shown.given)) == shown.expected);
}

BOOST_AUTO_TEST_CASE(rights_outside_the_directory_are_cut_from_a_rewritten_ace) {
    auto parent = descriptor("D:(A;CI;RP;;;CO)");
    parent.dacl->aces[0].mask = access_mask{0x01000010};
    auto const made = inherited_aces(*parent.dacl, user_of_administrators());
    BOOST_TEST(made.at(0).mask.bits == 0x10U);
    BOOST_TEST(made.at(1).mask.bits == 0x01000010U);
}

BOOST_AUTO_TEST_CASE(an_unknown_owner_gets_no_ace) {
    auto const parent = descriptor("D:(A;CI;RP;;;CO)");
    auto const made = inherited_aces(*parent.dacl, {.classes = {}, .owner = {}, .group = {}});
    BOOST_REQUIRE(made.size() == 1U);
    BOOST_TEST(write_ace(made[0]) == "(A;CIIOID;RP;;;CO)");
}

BOOST_AUTO_TEST_CASE(audit_flags_stay_with_the_ace) {
    auto const parent = descriptor("S:(AU;CISAFA;WP;;;WD)(AU;CISA;WP;;;WD)");
    auto const made = inherited_aces(*parent.sacl, user_of_administrators());
    BOOST_REQUIRE(made.size() == 2U);
    BOOST_TEST(write_ace(made[0]) == "(AU;CIIDSAFA;WP;;;WD)");
    BOOST_TEST(write_ace(made[1]) == "(AU;CIIDSA;WP;;;WD)");
}

BOOST_AUTO_TEST_CASE(a_dynamic_auxiliary_class_matches) {
    auto object = user_of_administrators();
    object.classes.push_back(parse_guid(COMPUTER).value());
    auto const parent = descriptor("D:(OA;CIIO;RP;;" COMPUTER ";AU)");
    BOOST_TEST(write_ace(inherited_aces(*parent.dacl, object).at(0)) == "(OA;CIID;RP;;" COMPUTER ";AU)");
}

BOOST_AUTO_TEST_CASE(protected_lists_take_nothing_each_for_itself) {
    auto const parent = descriptor("D:(A;CI;RP;;;AU)S:(AU;CISA;WP;;;WD)");
    auto const object = user_of_administrators();
    auto const own_dacl = propagate(&parent, descriptor("O:BAD:PAI(A;;WP;;;SY)S:AI"), object);
    BOOST_TEST(write(own_dacl) == "O:BAD:PAI(A;;WP;;;SY)S:AI(AU;CIIDSA;WP;;;WD)");
    auto const own_sacl = propagate(&parent, descriptor("O:BAD:AIS:PAI"), object);
    BOOST_TEST(write(own_sacl) == "O:BAD:AI(A;CIID;RP;;;AU)S:PAI");
}

BOOST_AUTO_TEST_CASE(the_root_of_a_naming_context_inherits_nothing) {
    auto const own = propagate(nullptr, descriptor("D:AI(A;CI;RP;;;AU)(A;ID;WP;;;AU)"), {});
    BOOST_TEST(write(own) == "D:AI(A;CI;RP;;;AU)");
}

BOOST_AUTO_TEST_CASE(a_null_list_is_no_empty_list) {
    auto const parent = descriptor("D:(A;CI;RP;;;AU)");
    security_descriptor null_list;
    null_list.control |= control_bit::dacl_present;
    BOOST_TEST((propagate(&parent, null_list, {}) == null_list));
    security_descriptor const absent_list;
    BOOST_TEST((propagate(&parent, absent_list, {}) == absent_list));
    BOOST_TEST(write(propagate(&parent, descriptor("D:AI"), {})) == "D:AI(A;CIID;RP;;;AU)");
}

BOOST_AUTO_TEST_CASE(a_new_object_has_its_class_default_and_what_it_inherits) {
    auto const parent = descriptor("O:SYG:SYD:AI(A;CI;RP;;;AU)(OA;CIIO;WP;;" COMPUTER ";AU)");
    auto const made =
        create_child(&parent, descriptor("D:(A;;" FULL ";;;SY)(A;;GR;;;PS)"), user_of_administrators());
    BOOST_TEST(write(made) == "O:BAG:SYD:AI(A;;" FULL ";;;SY)(A;;LCRPLORC;;;PS)(A;CIID;RP;;;AU)"
                              "(OA;CIIOID;WP;;" COMPUTER ";AU)");
    auto const bare = create_child(nullptr, {}, user_of_administrators());
    BOOST_TEST((dacl_state(bare) == acl_state::present));
}

namespace {

// Random lists over few trustees, rights and classes, so that ACEs meet.
ace random_ace(std::mt19937& random) {
    auto const pick = [&](auto const& choices) {
        return choices[random() % std::size(choices)];
    };
    static char const* const accounts[] = {"CO", "CG", "PS", "AU", "WD", RUTH};
    static std::uint32_t const rights[] = {0x10, 0x30, 0xF01FF, 0x10000000, 0x80000000, 0x100};
    static char const* const classes[] = {USER, COMPUTER, KEY_LINK};
    ace made;
    made.flags = static_cast<std::uint8_t>(random() % 16);
    made.mask = access_mask{pick(rights)};
    made.trustee = trustee(pick(accounts));
    bool const denies = random() % 3 == 0;
    made.type = denies ? ace_type::access_denied : ace_type::access_allowed;
    if (random() % 2 == 0) {
        made.type = denies ? ace_type::access_denied_object : ace_type::access_allowed_object;
        if (random() % 2 == 0)
            made.object_type = parse_guid(pick(classes)).value();
        if (random() % 2 == 0)
            made.inherited_object_type = parse_guid(pick(classes)).value();
    }
    return made;
}

security_descriptor random_descriptor(std::mt19937& random) {
    security_descriptor made;
    made.owner = trustee("BA");
    made.group = trustee("SY");
    acl list;
    for (auto left = random() % 6; left > 0; --left)
        list.aces.push_back(random_ace(random));
    set_dacl(made, std::move(list));
    return made;
}

} // namespace

BOOST_AUTO_TEST_CASE(what_propagates_once_propagates_the_same_again) {
    std::mt19937 random(20);
    for (int round = 0; round < 2000; ++round) {
        auto const object = user_of_administrators();
        auto const parent = store(nullptr, random_descriptor(random), object);
        auto const child = store(&parent, random_descriptor(random), object);
        BOOST_TEST((propagate(&parent, child, object) == child), write(parent) + " -> " + write(child));
        BOOST_TEST((store(&parent, child, object) == child), write(parent) + " -> " + write(child));
    }
}

BOOST_AUTO_TEST_CASE(removing_what_was_added_restores_the_children) {
    std::mt19937 random(21);
    auto const object = user_of_administrators();
    for (int round = 0; round < 2000; ++round) {
        auto const parent = store(nullptr, random_descriptor(random), object);
        auto const child = store(&parent, random_descriptor(random), object);
        auto changed = parent;
        auto& aces = changed.dacl->aces;
        aces.insert(aces.begin() + static_cast<std::ptrdiff_t>(random() % (aces.size() + 1)),
                    random_ace(random));
        auto const after = propagate(&changed, child, object);
        auto const restored = propagate(&parent, after, object);
        BOOST_TEST((restored.dacl->aces == child.dacl->aces), write(parent) + " -> " + write(changed));
    }
}

BOOST_AUTO_TEST_SUITE_END()
