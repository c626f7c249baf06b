#include <sddl/access_check.hpp>
#include <sddl/inherit.hpp>
#include <sddl/parse.hpp>
#include <sddl/permission.hpp>
#include <sddl/write.hpp>

#include <boost/test/unit_test.hpp>

#include <bitset>
#include <map>
#include <random>
#include <string>
#include <vector>

using namespace dsplan::sddl;

namespace {

guid guid_of(unsigned number) {
    return parse_guid(fmt::format("{:08x}-0000-0000-0000-000000000000", number)).value();
}

guid const user = guid_of(1);
guid const computer = guid_of(2);
guid const account_set = guid_of(10);
guid const in_set = guid_of(11);
guid const in_set_too = guid_of(12);
guid const in_no_set = guid_of(13);
guid const reset = guid_of(20);
sid const helpdesk = parse_sid("S-1-5-21-1-2-3-1103").value();

std::optional<guid> set_of(guid const& type) {
    return type == in_set || type == in_set_too ? std::optional(account_set) : std::nullopt;
}

ace ace_from(std::string const& text) {
    return parse("D:" + text).value().dacl->aces.front();
}

std::string text_of(std::vector<ace> const& aces) {
    std::string text;
    for (auto const& each : aces)
        text += write_ace(each);
    return text;
}

// What the subtraction leaves, or why it cannot be said.
std::string left_of(std::string const& from, std::string const& taken) {
    auto const made = subtract(ace_from(from), *permission_of(ace_from(taken)), set_of);
    if (made)
        return text_of(*made);
    switch (made.error()) {
    case inexpressible::one_of_all:
        return "one of all";
    case inexpressible::one_of_a_set:
        return "one of a set";
    case inexpressible::part_of_reach:
        break;
    }
    return "part of reach";
}

#define H ";;;S-1-5-21-1-2-3-1103)"
#define TYPED(type, class) ";" type ";" class ";S-1-5-21-1-2-3-1103)"
#define USER "00000001-0000-0000-0000-000000000000"
#define COMPUTER "00000002-0000-0000-0000-000000000000"
#define SET "0000000a-0000-0000-0000-000000000000"
#define IN_SET "0000000b-0000-0000-0000-000000000000"

// ----- the access check as the oracle: all that a list grants, right by right, part by part, object by
// object

struct question {
    access_mask right;
    object_type_tree::node node;
};

// One tree for all classes: the class, a set with two attributes, an attribute of no set, a right.
object_type_tree tree_of_all() {
    object_type_tree tree(guid_of(99));
    auto const set = tree.add(account_set, property_rights);
    tree.add(in_set, property_rights, set);
    tree.add(in_set_too, property_rights, set);
    tree.add(in_no_set, property_rights);
    tree.add_beside(reset, right_control_access);
    tree.add_beside(guid_of(21), right_control_access); // a right that no ACE names
    return tree;
}

std::vector<question> questions() {
    std::vector<question> made;
    for (object_type_tree::node const leaf : {2U, 3U, 4U}) {
        made.push_back({right_read_property, leaf});
        made.push_back({right_write_property, leaf});
    }
    made.push_back({right_control_access, 5});
    made.push_back({right_control_access, 6});
    for (auto const right : {right_delete, right_write_dac})
        made.push_back({right, 5}); // a node beside the class: only an ACE without a type reaches it
    return made;
}

using granted = std::bitset<64>;

// On the object itself, a user and a computer below it, and a user and a computer below a unit below it.
granted granted_by(std::vector<ace> const& aces) {
    static auto const tree = tree_of_all();
    static auto const asked = questions();
    static security_token const token({helpdesk});
    acl list;
    list.aces = aces;
    auto const below = [](acl const& parent, unsigned class_number) {
        inheriting_object object;
        object.classes = {guid_of(class_number)};
        return inherited_aces(parent, object);
    };
    acl on_unit;
    on_unit.aces = below(list, 3);
    std::vector<std::vector<ace>> const lists{aces, below(list, 1), below(list, 2), below(on_unit, 1),
                                              below(on_unit, 2)};
    granted made;
    std::size_t place = 0;
    for (auto const& each : lists) {
        security_descriptor descriptor;
        acl dacl;
        dacl.aces = each;
        set_dacl(descriptor, dacl);
        for (auto const& [right, node] : asked)
            made[place++] = decide(descriptor, tree, node, right, {.who = token, .self = {}}).granted;
    }
    return made;
}

granted const& granted_once(ace const& value) {
    static std::map<std::string, granted> known;
    auto const [found, is_new] = known.try_emplace(write_ace(value));
    if (is_new)
        found->second = granted_by({value});
    return found->second;
}

class random_aces {
public:
    explicit random_aces(unsigned seed) : random_(seed) {}

    ace make() {
        ace made;
        made.trustee = helpdesk;
        made.flags = one_of<std::uint8_t>({0x0, 0x2, 0xA, 0x6, 0xE});
        if (made.flags != 0)
            made.inherited_object_type = one_of<std::optional<guid>>({std::nullopt, user, computer});
        made.object_type =
            one_of<std::optional<guid>>({std::nullopt, std::nullopt, account_set, in_set, in_no_set, reset});
        made.mask = made.object_type == reset ? right_control_access
                    : made.object_type        ? one_of<access_mask>({{0x10}, {0x20}, {0x30}})
                                              : access_mask{static_cast<std::uint32_t>(random_()) & 0x50130U};
        if (made.mask.bits == 0)
            made.mask = right_write_dac;
        if (made.object_type || made.inherited_object_type)
            made.type = ace_type::access_allowed_object;
        return made;
    }

private:
    template <class Value>
    Value one_of(std::vector<Value> const& values) {
        return values[random_() % values.size()];
    }

    std::minstd_rand random_;
};

} // namespace

BOOST_AUTO_TEST_SUITE(permission)

BOOST_AUTO_TEST_CASE(an_ace_is_made_again_from_what_it_says) {
    for (std::string const text :
         {"(A;;RPWP" H, "(A;CI;SD" H, "(A;CIIO;WD" H, "(A;CINP;RP" H, "(A;CINPIO;RP" H, "(D;;DTSD" H,
          "(OA;CIIO;CR" TYPED("00299570-246d-11d0-a768-00aa006e0529", USER), "(OA;CI;CC" TYPED(USER, ""),
          "(OD;CI;WP" TYPED(IN_SET, COMPUTER)})
        BOOST_TEST(write_ace(*ace_of(*permission_of(ace_from(text)))) == text);
    BOOST_TEST(write_ace(*ace_of(*permission_of(ace_from("(A;;GA" H)))) ==
               "(A;;CCDCLCSWRPWPDTLOCRSDRCWDWO" H);
}

BOOST_AUTO_TEST_CASE(a_condition_says_nothing_certain) {
    BOOST_TEST(!permission_of(ace_from("(XA;;RP;;;S-1-5-21-1-2-3-1103;(@USER.a == 1))")).has_value());
    BOOST_TEST(!permission_of(parse("S:(AU;SA;WD;;;WD)").value().sacl->aces.front()).has_value());
}

BOOST_AUTO_TEST_CASE(what_is_left_of_an_ace) {
    BOOST_TEST(left_of("(A;;RPWP" H, "(A;;WP" H) == "(A;;RP" H);
    BOOST_TEST(left_of("(A;;RPWP" H, "(A;;RPWPSD" H) == "");
    BOOST_TEST(left_of("(A;;RPWP" H, "(A;CIIO;WP" H) == "(A;;RPWP" H); // other objects
    BOOST_TEST(left_of("(A;;RPWP" H, "(D;;WP" H) == "(A;;RPWP" H);     // the other sign
    BOOST_TEST(left_of("(A;CI;RPWP" H, "(A;;WP" H) == "(A;CI;RP" H "(A;CIIO;WP" H);
    BOOST_TEST(left_of("(A;CI;WP" H, "(A;CIIO;WP" H) == "(A;;WP" H);
    BOOST_TEST(left_of("(A;CINP;WP" H, "(A;;WP" H) == "(A;CINPIO;WP" H);
    BOOST_TEST(left_of("(A;CI;WP" H, "(A;CINPIO;WP" H) == "part of reach");
    BOOST_TEST(left_of("(A;CI;WP" H, "(OA;CIIO;WP" TYPED("", USER)) == "part of reach");
    BOOST_TEST(left_of("(OA;CI;WP" TYPED("", USER), "(A;CIIO;WP" H) == "(A;;WP" H);
    BOOST_TEST(left_of("(OA;CIIO;WP" TYPED("", USER), "(OA;CIIO;WP" TYPED("", COMPUTER)) ==
               "(OA;CIIO;WP" TYPED("", USER));
}

BOOST_AUTO_TEST_CASE(types_are_split_only_where_aces_can_say_it) {
    BOOST_TEST(left_of("(OA;;RPWP" TYPED(IN_SET, ""), "(OA;;WP" TYPED(SET, "")) ==
               "(OA;;RP" TYPED(IN_SET, ""));
    BOOST_TEST(left_of("(OA;;RPWP" TYPED(SET, ""), "(OA;;WP" TYPED(IN_SET, "")) == "one of a set");
    BOOST_TEST(left_of("(A;;RPWP" H, "(OA;;WP" TYPED(IN_SET, "")) == "one of all");
    BOOST_TEST(left_of("(OA;;WP" TYPED(IN_SET, ""), "(OA;;WP" TYPED("0000000d-0000-0000-0000-000000000000",
                                                                    "")) == "(OA;;WP" TYPED(IN_SET, ""));
}

// A million pairs: what covers, overlaps and is left says what the access check says of the same ACEs.
BOOST_AUTO_TEST_CASE(the_access_check_agrees) {
    random_aces some(1);
    std::size_t covered = 0;
    std::size_t subtracted = 0;
    for (int round = 0; round < 1'000'000; ++round) {
        auto const a = some.make();
        auto const b = some.make();
        auto const taken = *permission_of(b);
        auto const& by_a = granted_once(a);
        auto const& by_b = granted_once(b);
        bool const is_covered = covers(*permission_of(a), taken, set_of);
        covered += is_covered;
        auto const left = subtract(a, taken, set_of);
        granted rest;
        for (auto const& each : left.value_or(std::vector<ace>{}))
            rest |= granted_once(each);
        subtracted += left && !left->empty() && left->front() != a;
        if (is_covered != ((by_b & ~by_a).none()) ||
            overlaps(*permission_of(a), taken, set_of) != (by_a & by_b).any() ||
            (left && rest != (by_a & ~by_b)))
            BOOST_FAIL(fmt::format("{} and {}: covered {}, left {}", write_ace(a), write_ace(b), is_covered,
                                   left ? text_of(*left) : "inexpressible"));
    }
    BOOST_TEST(covered > 10'000U);
    BOOST_TEST(subtracted > 10'000U);
}

BOOST_AUTO_TEST_SUITE_END()
