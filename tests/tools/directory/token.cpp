#include <tools/dsplan/directory/group_scope.hpp>
#include <tools/dsplan/directory/membership.hpp>
#include <tools/dsplan/directory/token.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <string>
#include <tests/tools/export_text.hpp>
#include <tests/tools/sddl_export.hpp>
#include <vector>

BOOST_AUTO_TEST_SUITE(directory)
BOOST_AUTO_TEST_SUITE(token)

using namespace dsplan;

namespace {

#define ROOT "DC=contoso,DC=com"
#define CHILD "DC=emea," ROOT
#define DOMAIN_SID "S-1-5-21-1111111111-2222222222-3333333333"
#define CHILD_SID "S-1-5-21-4-5-6"
#define FOREIGN "CN=ForeignSecurityPrincipals," ROOT

std::string account(std::string_view name, std::string_view sid, std::string_view lines = {}) {
    return entry_text(fmt::format("CN={},{}", name, ROOT), "top person organizationalPerson user", {},
                      sid_line(sid) + std::string(lines));
}

std::string group(std::string_view name, std::string_view sid, std::string_view type,
                  std::string_view members, std::string_view above = ROOT) {
    auto const group_type = type.empty() ? std::string() : fmt::format("groupType: {}\n", type);
    return entry_text(fmt::format("CN={},{}", name, above), "top group", {},
                      sid_line(sid) + group_type + std::string(members));
}

std::string member(std::string_view name) {
    return fmt::format("member: {}\n", name);
}

constexpr auto global = "-2147483646";
constexpr auto universal = "-2147483640";
constexpr auto domain_local = "-2147483644";
constexpr auto builtin_local = "-2147483643";
constexpr auto distribution = "2";

// Relative identifiers of the token's accounts of a domain, and whole SIDs of all others but `everybody`.
std::vector<std::string> told(std::string const& text, std::string_view who = "CN=Ann," ROOT,
                              std::string_view domain = "dc=contoso,dc=com") {
    auto const exported = load_text(text);
    dsplan::directory::membership const members(exported);
    std::vector<std::string> made;
    for (auto const& sid :
         dsplan::directory::token_of(exported, members, {*exported.find(who), domain, {}})) {
        auto name = fmt::format("{}", sid);
        if (!dsplan::directory::is_everybody(sid))
            made.push_back(name.starts_with(DOMAIN_SID "-") ? name.substr(name.rfind('-') + 1) : name);
    }
    std::sort(made.begin(), made.end());
    return made;
}

using names = std::vector<std::string>;

} // namespace

#define TEST_NAMES(actual, ...) BOOST_TEST((actual) == (names __VA_ARGS__), boost::test_tools::per_element())

BOOST_AUTO_TEST_CASE(only_security_groups_count_and_only_they_pass_on) {
    auto const ann = account("Ann", "1105");
    auto const in = [&](std::string_view inner, std::string_view outer) {
        return told(ann + group("Inner", "1200", inner, member("CN=Ann," ROOT)) +
                    group("Outer", "1201", outer, member("CN=Inner," ROOT)));
    };
    TEST_NAMES(in(global, universal), {"1105", "1200", "1201"});
    TEST_NAMES(in(distribution, global), {"1105"});
    TEST_NAMES(in(global, distribution), {"1105", "1200"});
    TEST_NAMES(in("8", "4"), {"1105"});
    TEST_NAMES(in("2147483650", "2147483652"), {"1105", "1200", "1201"}); // printed without a sign
    TEST_NAMES(in("", global), {"1105", "1200", "1201"}); // without groupType a group is a security group
}

BOOST_AUTO_TEST_CASE(a_ring_of_groups_and_membership_from_both_sides) {
    TEST_NAMES(told(account("Ann", "1105", "memberOf: CN=A," ROOT "\n") +
                    group("A", "1200", global, member("CN=B," ROOT)) +
                    group("B", "1201", global, "memberOf: CN=C," ROOT "\n" + member("CN=C," ROOT)) +
                    group("C", "1202", global, "memberOf: CN=A," ROOT "\n" + member("CN=A," ROOT))),
               {"1105", "1200", "1201", "1202"});
}

BOOST_AUTO_TEST_CASE(the_primary_group_counts_whether_or_not_it_is_exported) {
    auto const ann = account("Ann", "1105", "primaryGroupID: 512\n");
    TEST_NAMES(told(ann), {"1105", "512"});
    TEST_NAMES(told(ann + group("Domain Admins", "512", global, "memberOf: CN=Operators," ROOT "\n") +
                    group("Operators", "1200", domain_local, "")),
               {"1105", "1200", "512"});
    TEST_NAMES(told(account("Ann", "1105")), {"1105"}); // nothing is guessed
}

BOOST_AUTO_TEST_CASE(local_groups_count_in_their_own_domain) {
    auto const text =
        account("Ann", "1105") + group("Local", "1200", domain_local, member("CN=Ann," ROOT)) +
        group("Administrators", "S-1-5-32-544", builtin_local, member("CN=Ann," ROOT), "CN=Builtin," CHILD) +
        group("Users", "S-1-5-32-545", "", member("CN=Ann," ROOT), "CN=Builtin," CHILD) +
        group("Forest", CHILD_SID "-1300", universal, member("CN=Ann," ROOT), CHILD);
    TEST_NAMES(told(text), {"1105", "1200", CHILD_SID "-1300"});
    TEST_NAMES(told(text, "CN=Ann," ROOT, "dc=emea,dc=contoso,dc=com"),
               {"1105", CHILD_SID "-1300", "S-1-5-32-544", "S-1-5-32-545"});
    TEST_NAMES(told(text, "CN=Ann," ROOT, ""), // the configuration: any domain controller may answer
               {"1105", "1200", CHILD_SID "-1300", "S-1-5-32-544", "S-1-5-32-545"});
}

BOOST_AUTO_TEST_CASE(a_local_group_of_another_domain_passes_nothing_on) {
    auto const text = account("Ann", "1105") +
                      group("Local", CHILD_SID "-1300", domain_local, member("CN=Ann," ROOT), CHILD) +
                      group("Outer", "1200", domain_local, member("CN=Local," CHILD));
    TEST_NAMES(told(text), {"1105"});
}

BOOST_AUTO_TEST_CASE(foreign_principals_are_known_by_their_names) {
    auto const ann = account("Ann", "1105");
    auto const in = [&](std::string_view sid, std::string_view more = {}) {
        return told(ann + std::string(more) +
                    group("G", "1200", domain_local, member(fmt::format("CN={},{}", sid, FOREIGN))));
    };
    TEST_NAMES(in("S-1-5-11"), {"1105", "1200"});
    TEST_NAMES(in("S-1-1-0"), {"1105", "1200"});
    TEST_NAMES(in("S-1-5-2"), {"1105", "1200"});
    TEST_NAMES(in("S-1-5-15"), {"1105", "1200"});
    TEST_NAMES(in("S-1-5-7"), {"1105"}); // anonymous
    TEST_NAMES(in("S-1-5-21-9-9-9-1105"), {"1105"});
    TEST_NAMES(in(DOMAIN_SID "-1105"), {"1105", "1200"});
    // With the entry, with its objectSid or without.
    TEST_NAMES(in("S-1-5-11", entry_text("CN=S-1-5-11," FOREIGN, "top foreignSecurityPrincipal", {},
                                         sid_line("S-1-5-11"))),
               {"1105", "1200"});
    TEST_NAMES(in("S-1-5-11", entry_text("CN=S-1-5-11," FOREIGN, "top foreignSecurityPrincipal", {})),
               {"1105", "1200"});
}

BOOST_AUTO_TEST_CASE(groups_that_everybody_is_in_pass_on) {
    TEST_NAMES(told(account("Ann", "1105") +
                    group("Pre-Windows 2000", "S-1-5-32-554", builtin_local, member("CN=S-1-5-11," FOREIGN),
                          "CN=Builtin," ROOT) +
                    group("Outer", "1200", domain_local, member("CN=Pre-Windows 2000,CN=Builtin," ROOT)) +
                    group("List", "1201", distribution, member("CN=S-1-5-11," FOREIGN))),
               {"1105", "1200", "S-1-5-32-554"});
}

BOOST_AUTO_TEST_CASE(every_session_is_in_four_groups) {
    auto const exported = load_text(account("Ann", "1105"));
    dsplan::directory::membership const members(exported);
    auto const token = dsplan::directory::token_of(exported, members, {exported.entries().front(), {}, {}});
    for (auto const& sid : dsplan::directory::everybody)
        BOOST_TEST((std::find(token.begin(), token.end(), sid) != token.end()));
}

BOOST_AUTO_TEST_CASE(objects_lie_in_the_domain_that_their_name_ends_in) {
    using dsplan::directory::domain_part;
    BOOST_TEST(domain_part("cn=ann,dc=emea,dc=contoso,dc=com") == "dc=emea,dc=contoso,dc=com");
    BOOST_TEST(domain_part("dc=contoso,dc=com") == "dc=contoso,dc=com");
    BOOST_TEST(domain_part("dc=host,dc=zone,cn=microsoftdns,dc=domaindnszones,dc=contoso,dc=com") ==
               "dc=contoso,dc=com");
    BOOST_TEST(domain_part("cn=sites,cn=configuration,dc=contoso,dc=com") == "");
    BOOST_TEST(domain_part("dc=zone,cn=microsoftdns,dc=forestdnszones,dc=contoso,dc=com") == "");
}

BOOST_AUTO_TEST_CASE(members_that_the_export_lacks_are_kept_by_name) {
    auto const exported = load_text(
        group("G", "1200", global,
              member("CN=Gone," ROOT) + member("CN=S-1-5-21-9-9-9-1," FOREIGN) + member("CN=Ann," ROOT)) +
        account("Ann", "1105", "memberOf: CN=Unseen," ROOT "\n"));
    dsplan::directory::membership const members(exported);
    auto const* const outside = members.outside_members_of(*exported.find("CN=G," ROOT));
    BOOST_REQUIRE(outside != nullptr);
    BOOST_TEST(!outside->are_known());
    BOOST_TEST(outside->names == std::vector<std::string_view>{"CN=Gone," ROOT},
               boost::test_tools::per_element());
    BOOST_TEST(outside->sids.size() == 1U);
    BOOST_TEST(members.unseen_groups_of(*exported.find("CN=Ann," ROOT)) ==
                   std::vector<std::string_view>{"CN=Unseen," ROOT},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_range_without_an_end_is_an_incomplete_list) {
    auto const is_cut_off = [](std::string const& ranges) {
        auto const exported = load_text(group("G", "1200", global, ranges));
        dsplan::directory::membership const members(exported);
        auto const* const outside = members.outside_members_of(exported.entries().front());
        return outside != nullptr && outside->is_cut_off;
    };
    BOOST_TEST(is_cut_off("member;range=0-1: CN=A," ROOT "\nmember;range=0-1: CN=B," ROOT "\n"));
    BOOST_TEST(is_cut_off("member;range=0-0: CN=A," ROOT "\nmember;range=2-*: CN=C," ROOT "\n"));
    BOOST_TEST(!is_cut_off("member;range=0-0: CN=A," ROOT "\nmember;range=1-*: CN=B," ROOT "\n"));
    BOOST_TEST(!is_cut_off("member;Range=0-*: CN=A," ROOT "\n"));
    BOOST_TEST(!is_cut_off(member("CN=A," ROOT)));
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

#undef ROOT
#undef CHILD
#undef DOMAIN_SID
#undef CHILD_SID
#undef FOREIGN
#undef TEST_NAMES
