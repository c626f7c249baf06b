#include <sddl/access_check.hpp>
#include <sddl/access_trace.hpp>
#include <sddl/parse.hpp>
#include <sddl/write.hpp>

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <ostream>
#include <random>
#include <string>

using namespace dsplan::sddl;

namespace {

#define USER "bf967aba-0de6-11d0-a285-00aa003049e2"
#define CONTACT "5cb41ed0-0e4c-11d0-a286-00aa003049e2"
#define PERSONAL "77b5b886-944a-11d1-aebd-0000f80367c1"
#define PHONE "bf967a49-0de6-11d0-a285-00aa003049e2"
#define STREET "bf967a3a-0de6-11d0-a285-00aa003049e2"
#define MEMBER "bf9679c0-0de6-11d0-a285-00aa003049e2"
#define RESET "00299570-246d-11d0-a768-00aa006e0529"
#define RUTH "S-1-5-21-1111111111-2222222222-3333333333-1105"
#define STAFF "S-1-5-21-1111111111-2222222222-3333333333-1200"
#define OTHER "S-1-5-21-1111111111-2222222222-3333333333-1300"

guid type(char const* text) {
    return parse_guid(text).value();
}

sid account(char const* text) {
    return parse_trustee(text).value();
}

// A user with one property set of two attributes, the attribute member, which is a validated write too, one
// extended right and one class of children.
struct user_tree {
    object_type_tree tree{type(USER)};
    object_type_tree::node set = tree.add(type(PERSONAL), property_rights);
    object_type_tree::node phone = tree.add(type(PHONE), property_rights, set);
    object_type_tree::node street = tree.add(type(STREET), property_rights, set);
    object_type_tree::node member = tree.add(type(MEMBER), property_rights);
    object_type_tree::node self_membership = tree.add_beside(type(MEMBER), right_self_write);
    object_type_tree::node reset = tree.add_beside(type(RESET), right_control_access);
    object_type_tree::node contact = tree.add_beside(type(CONTACT), right_create_child | right_delete_child);
};

security_token ruth() {
    return security_token({account(RUTH), account(STAFF), account("AU"), account("WD")});
}

// "phone RPWP, reset CR": every node that has a right, in the order of the tree.
std::string shown(std::vector<access_mask> const& rights) {
    static char const* const names[] = {"object", "set",     "phone", "street",
                                        "member", "member'", "reset", "contact"};
    std::string text;
    for (std::size_t index = 0; index < rights.size(); ++index) {
        if (rights[index].bits != 0)
            text +=
                (text.empty() ? "" : ", ") + std::string(names[index]) + ' ' + write_rights(rights[index]);
    }
    return text;
}

std::string granted(std::string const& descriptor, access_request const& request) {
    static user_tree const user;
    return shown(check_access(parse(descriptor).value(), user.tree, request).rights);
}

struct example {
    char const* descriptor;
    char const* rights;

    friend std::ostream& operator<<(std::ostream& out, example const& shown) {
        return out << shown.descriptor;
    }
};

example const examples[] = {
    {"D:", ""},
    {"D:(A;;RC;;;" OTHER ")", ""},
    {"D:(A;;RC;;;" RUTH ")", "object RC"},
    {"D:(A;IO;RC;;;" RUTH ")", ""},
    {"D:(A;CIIO;RC;;;" RUTH ")", ""},
    {"D:(A;ID;RC;;;" STAFF ")", "object RC"},
    {"D:(D;;RC;;;" STAFF ")(A;;RCWD;;;" RUTH ")", "object WD"},
    {"D:(A;;RCWD;;;" RUTH ")(D;;RC;;;" STAFF ")", "object RCWD"},
    {"D:(A;;GR;;;AU)", "object LCRPLORC, set RP, phone RP, street RP, member RP"},
    // A GUID limits an ACE to what it names and what is below.
    {"D:(OA;;RPWP;" PHONE ";;AU)", "phone RPWP"},
    {"D:(OA;;RPWP;" PERSONAL ";;AU)", "set RPWP, phone RPWP, street RPWP"},
    {"D:(OA;;RP;" USER ";;AU)", "object RP, set RP, phone RP, street RP, member RP"},
    {"D:(OA;;RP;;;AU)", "object RP, set RP, phone RP, street RP, member RP"},
    {"D:(OA;;RP;" CONTACT ";;AU)", ""},
    // An inherited object type says nothing about the object that holds the ACE.
    {"D:(OA;CI;RP;" PHONE ";" CONTACT ";AU)", "phone RP"},
    // All siblings make the whole.
    {"D:(OA;;RP;" PHONE ";;AU)(OA;;RP;" STREET ";;AU)", "set RP, phone RP, street RP"},
    {"D:(OA;;RP;" PERSONAL ";;AU)(OA;;RP;" MEMBER ";;AU)",
     "object RP, set RP, phone RP, street RP, member RP"},
    // A denial at any level takes the whole with it, not the siblings.
    {"D:(OD;;WP;" PHONE ";;AU)(OA;;WP;" PERSONAL ";;AU)", "street WP"},
    {"D:(OD;;WP;" PERSONAL ";;AU)(A;;WP;;;AU)", "member WP"},
    {"D:(OD;;WP;" PERSONAL ";;AU)(OA;;WP;" PHONE ";;AU)", ""},
    {"D:(OA;;WP;" PHONE ";;AU)(OD;;WP;" PERSONAL ";;AU)(A;;WP;;;AU)", "phone WP, member WP"},
    {"D:(D;;WP;;;AU)(OA;;WP;" PHONE ";;AU)", ""},
    // What stands beside the class.
    {"D:(OA;;CR;" RESET ";;AU)", "reset CR"},
    {"D:(A;;CR;;;AU)", "object CR, set CR, phone CR, street CR, member CR, reset CR"},
    {"D:(OD;;CR;" RESET ";;AU)(A;;CR;;;AU)", "object CR, set CR, phone CR, street CR, member CR"},
    {"D:(OA;;SW;" MEMBER ";;AU)", "member' SW"},
    {"D:(OA;;SWWP;" MEMBER ";;AU)", "member WP, member' SW"},
    {"D:(OA;;CC;" CONTACT ";;AU)", "contact CC"},
    {"D:(A;;CCDC;;;AU)", "object CCDC, contact CCDC"},
    {"D:(OD;;DC;" CONTACT ";;AU)(A;;CCDC;;;AU)", "object CCDC, contact CC"},
    {"D:(OA;;CCCRSW;" USER ";;AU)", ""},
    // Owners.
    {"O:" RUTH "D:", "object RCWD"},
    {"O:" STAFF "D:(D;;RCWD;;;WD)", "object RCWD"},
    {"O:" RUTH "D:(A;;RC;;;OW)", "object RC"},
    {"O:" RUTH "D:(D;;WP;;;OW)(A;;WP;;;AU)", ""},
    {"O:" RUTH "D:(A;CIIO;RC;;;OW)", "object RCWD"},
    {"O:" OTHER "D:(A;;RC;;;OW)", ""},
    // Self.
    {"D:(A;;RC;;;PS)", ""},
};

} // namespace

BOOST_AUTO_TEST_SUITE(access_check)

BOOST_DATA_TEST_CASE(maximum_allowed, boost::unit_test::data::make(examples), shown) {
    auto const token = ruth();
    BOOST_TEST(granted(shown.descriptor, {.who = token, .self = account(OTHER)}) == shown.rights);
}

BOOST_AUTO_TEST_CASE(self_is_the_object_and_the_members_of_the_object) {
    auto const token = ruth();
    BOOST_TEST(granted("D:(A;;RC;;;PS)", {.who = token, .self = account(RUTH)}) == "object RC");
    BOOST_TEST(granted("D:(A;;RC;;;PS)", {.who = token, .self = account(STAFF)}) == "object RC");
    BOOST_TEST(granted("D:(A;;RC;;;PS)", {.who = token, .self = {}}) == "");
}

BOOST_AUTO_TEST_CASE(owners_can_lose_what_they_have_implicitly) {
    auto const token = ruth();
    access_request const blocked{.who = token, .self = {}, .owner_has_implicit_rights = false};
    BOOST_TEST(granted("O:" RUTH "D:", blocked) == "");
    BOOST_TEST(granted("O:" RUTH "D:(A;;RC;;;OW)", blocked) == "object RC");
}

BOOST_AUTO_TEST_CASE(a_null_dacl_allows_everything_and_an_empty_one_nothing) {
    auto const token = ruth();
    user_tree const user;
    access_request const request{.who = token, .self = {}};
    security_descriptor descriptor;
    auto const absent = decide(descriptor, user.tree, user.phone, right_write_property, request);
    BOOST_TEST(absent.granted);
    BOOST_TEST((absent.basis == access_basis::absent_dacl));
    descriptor.control |= control_bit::dacl_present;
    auto const null = decide(descriptor, user.tree, user.phone, right_write_property, request);
    BOOST_TEST((null.basis == access_basis::null_dacl));
    auto const all = check_access(descriptor, user.tree, request);
    BOOST_TEST(all.rights[object_type_tree::object].bits == directory_full_control.bits);
    BOOST_TEST(all.rights[user.self_membership].bits == right_self_write.bits);
    set_dacl(descriptor, {});
    auto const empty = decide(descriptor, user.tree, user.phone, right_write_property, request);
    BOOST_TEST(!empty.granted);
    BOOST_TEST((empty.basis == access_basis::nothing));
}

// What Ruth has by `descriptor` with these claims.
std::string with_claims(std::string const& descriptor, account_claims const& claims) {
    auto const token = ruth();
    return granted(descriptor, {.who = token, .self = {}, .claims = claims});
}

account_claims department(char const* claim) {
    account_claims claims;
    claims.user = {parse_claim(claim).value()};
    return claims;
}

BOOST_AUTO_TEST_CASE(a_condition_allows_when_true_and_denies_unless_false) {
    auto const sales = department("(\"Department\",TS,0x0,\"Sales\")");
    auto const other = department("(\"Department\",TS,0x0,\"Legal\")");
    std::string const allow = "D:(XA;;RC;;;AU;(@User.Department == \"sales\"))";
    std::string const deny = "D:(XD;;RC;;;AU;(@User.Department == \"sales\"))(A;;RCWD;;;AU)";
    BOOST_TEST(with_claims(allow, sales) == "object RC");
    BOOST_TEST(with_claims(allow, other) == "");
    BOOST_TEST(with_claims(allow, no_known_claims) == "");
    BOOST_TEST(with_claims(deny, sales) == "object WD");
    BOOST_TEST(with_claims(deny, other) == "object RCWD");
    BOOST_TEST(with_claims(deny, no_known_claims) == "object WD");
}

BOOST_AUTO_TEST_CASE(groups_and_resource_attributes_need_no_claims) {
    BOOST_TEST(with_claims("D:(XA;;RC;;;WD;(Member_of {SID(" STAFF ")}))", no_known_claims) == "object RC");
    BOOST_TEST(with_claims("D:(XA;;RC;;;WD;(Member_of {SID(" OTHER ")}))", no_known_claims) == "");
    BOOST_TEST(with_claims("D:(XD;;RC;;;WD;(Device_Member_of {SID(" STAFF ")}))(A;;RC;;;WD)",
                           no_known_claims) == "");
    std::string const labelled = "D:(XA;;RC;;;WD;(@Resource.Secrecy <= @User.Clearance))"
                                 "S:(RA;;;;;WD;(\"Secrecy\",TI,0x0,2))";
    BOOST_TEST(with_claims(labelled, department("(\"Clearance\",TI,0x0,3)")) == "object RC");
    BOOST_TEST(with_claims(labelled, department("(\"Clearance\",TI,0x0,1)")) == "");
}

BOOST_AUTO_TEST_CASE(a_claim_for_denial_only_allows_nothing) {
    auto const marked = department("(\"Visitor\",TI,0x4,1)");
    BOOST_TEST(with_claims("D:(XA;;RC;;;WD;(@User.Visitor == 1))", marked) == "");
    BOOST_TEST(with_claims("D:(XD;;RC;;;WD;(@User.Visitor == 1))(A;;RC;;;WD)", marked) == "");
    BOOST_TEST(with_claims("D:(XD;;RC;;;WD;(@User.Visitor == 2))(A;;RC;;;WD)", marked) == "object RC");
}

BOOST_AUTO_TEST_CASE(an_unknown_condition_is_reported) {
    auto const token = ruth();
    user_tree const user;
    auto const allow = parse("D:(XA;;RC;;;AU;(@User.Department == \"sales\"))").value();
    auto const unknown = check_access(allow, user.tree, {.who = token, .self = {}});
    BOOST_TEST(unknown.has_unknown_condition);
    auto const why =
        decide(allow, user.tree, object_type_tree::object, right_read_control, {.who = token, .self = {}});
    BOOST_TEST(!why.granted);
    BOOST_TEST(why.unknown_conditions == std::vector<std::size_t>{0}, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(application_data_is_no_condition) {
    auto allow = parse("D:(A;;RC;;;AU)").value();
    allow.dacl->aces[0].type = ace_type::access_allowed_callback;
    auto const token = ruth();
    user_tree const user;
    auto const access = check_access(allow, user.tree, {.who = token, .self = {}});
    BOOST_TEST(access.has_unknown_condition);
    BOOST_TEST(shown(access.rights) == "");
}

BOOST_AUTO_TEST_CASE(the_deciding_ace_is_named) {
    auto const token = ruth();
    user_tree const user;
    auto const descriptor =
        parse("O:" OTHER "D:(A;;WP;;;" OTHER ")(OD;;WP;" PHONE ";;WD)(OA;;WP;" PERSONAL ";;AU)").value();
    access_request const request{.who = token, .self = {}};
    auto const phone = decide(descriptor, user.tree, user.phone, right_write_property, request);
    BOOST_TEST(!phone.granted);
    BOOST_TEST(phone.index == 1U);
    auto const street = decide(descriptor, user.tree, user.street, right_write_property, request);
    BOOST_TEST(street.granted);
    BOOST_TEST(street.index == 2U);
    auto const control = decide(parse("O:" RUTH "D:").value(), user.tree, 0, right_write_dac, request);
    BOOST_TEST((control.basis == access_basis::ownership));
}

namespace {

ace random_ace(std::mt19937& random) {
    auto const pick = [&](auto const& choices) {
        return choices[random() % std::size(choices)];
    };
    static char const* const accounts[] = {RUTH, STAFF, "WD", "PS", "OW", OTHER};
    static std::uint32_t const rights[] = {0x10, 0x20, 0x30, 0x100, 0x8, 0x3, 0x20000, 0xF01FF, 0x10000000};
    static char const* const types[] = {USER, PERSONAL, PHONE, STREET, MEMBER, RESET, CONTACT};
    ace made;
    made.flags = random() % 6 == 0 ? ace_flag::inherit_only : std::uint8_t{0};
    made.mask = access_mask{pick(rights)};
    made.trustee = account(pick(accounts));
    bool const denies = random() % 3 == 0;
    made.type = denies ? ace_type::access_denied : ace_type::access_allowed;
    if (random() % 4 != 0) {
        made.type = denies ? ace_type::access_denied_object : ace_type::access_allowed_object;
        made.object_type = type(pick(types));
    }
    return made;
}

security_descriptor random_descriptor(std::mt19937& random) {
    security_descriptor made;
    made.owner = account(random() % 2 == 0 ? RUTH : OTHER);
    acl list;
    for (auto left = random() % 7; left > 0; --left)
        list.aces.push_back(random_ace(random));
    set_dacl(made, std::move(list));
    return made;
}

bool is_leaf(object_type_tree const& tree, object_type_tree::node node) {
    return tree[node].end == node + 1;
}

} // namespace

BOOST_AUTO_TEST_CASE(one_right_is_decided_as_all_are_summed_up) {
    std::mt19937 random(3);
    auto const token = ruth();
    user_tree const user;
    for (int round = 0; round < 2000; ++round) {
        auto const descriptor = random_descriptor(random);
        access_request const request{.who = token, .self = account(random() % 2 == 0 ? RUTH : OTHER)};
        auto const all = check_access(descriptor, user.tree, request);
        for (object_type_tree::node node = 1; node < user.tree.size(); ++node) {
            for (std::uint32_t bit = 1; bit <= 0x100 && is_leaf(user.tree, node); bit <<= 1) {
                if (user.tree[node].concerns.contains({bit}))
                    BOOST_TEST(decide(descriptor, user.tree, node, {bit}, request).granted ==
                                   all.rights[node].contains({bit}),
                               write(descriptor) << " node " << node << " bit " << bit);
            }
        }
    }
}

// On a node that has none below it, right by right.
BOOST_AUTO_TEST_CASE(a_trace_says_what_decide_says) {
    std::mt19937 random(5);
    auto const token = ruth();
    user_tree const user;
    for (int round = 0; round < 10'000; ++round) {
        auto const descriptor = random_descriptor(random);
        access_request const request{.who = token, .self = account(random() % 2 == 0 ? RUTH : OTHER)};
        auto const all = check_access(descriptor, user.tree, request);
        auto const node = static_cast<object_type_tree::node>(random() % user.tree.size());
        for (std::uint32_t bit = 1; bit <= 0x100; bit <<= 1) {
            if (!user.tree[node].concerns.contains({bit}))
                continue;
            auto const trace = trace_access(descriptor, user.tree, node, {bit}, request);
            BOOST_TEST(trace.is_granted == all.rights[node].contains({bit}), write(descriptor));
            if (!is_leaf(user.tree, node))
                continue;
            auto const decision = decide(descriptor, user.tree, node, {bit}, request);
            BOOST_TEST(trace.is_granted == decision.granted, write(descriptor));
            auto const deciding =
                std::find_if(trace.aces.begin(), trace.aces.end(), [](traced_ace const& step) {
                    return step.outcome == trace_outcome::allows || step.outcome == trace_outcome::denies;
                });
            BOOST_TEST((deciding != trace.aces.end()) == (decision.basis == access_basis::ace));
            if (decision.basis == access_basis::ace)
                BOOST_TEST(deciding->index == decision.index);
        }
    }
}

BOOST_AUTO_TEST_CASE(an_ace_more_that_allows_never_takes_a_right) {
    std::mt19937 random(4);
    auto const token = ruth();
    user_tree const user;
    for (int round = 0; round < 2000; ++round) {
        auto descriptor = random_descriptor(random);
        access_request const request{
            .who = token, .self = account(OTHER), .owner_has_implicit_rights = false};
        auto const before = check_access(descriptor, user.tree, request);
        auto added = random_ace(random);
        added.type = added.object_type ? ace_type::access_allowed_object : ace_type::access_allowed;
        auto& aces = descriptor.dacl->aces;
        aces.insert(aces.begin() + static_cast<std::ptrdiff_t>(random() % (aces.size() + 1)), added);
        auto const after = check_access(descriptor, user.tree, request);
        for (std::size_t node = 0; node < before.rights.size(); ++node)
            BOOST_TEST(after.rights[node].contains(before.rights[node]), write(descriptor));
    }
}

BOOST_AUTO_TEST_SUITE_END()
