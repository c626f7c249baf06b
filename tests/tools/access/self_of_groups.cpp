#include <boost/test/unit_test.hpp>

#include <string>
#include <tests/tools/command_run.hpp>
#include <tests/tools/export_text.hpp>
#include <tests/tools/sddl_export.hpp>

namespace tests { // the C library has a function called access
BOOST_AUTO_TEST_SUITE(access)
BOOST_AUTO_TEST_SUITE(self_of_groups)

// The token of a member holds the SID of the group: on the group the member is SELF. And what a trustee has
// of reading a confidential attribute another one may complete.

namespace {

#define ROOT "DC=contoso,DC=com"
#define DOMAIN_SID "S-1-5-21-1111111111-2222222222-3333333333"
#define STAFF "CN=Staff," ROOT
#define PLAIN "O:SYG:SYD:P"

std::string domain(std::string const& list, std::string const& members, std::string const& of_user = PLAIN) {
    auto const account = [&](std::string const& name, std::string const& rid) {
        return entry_text("CN=" + name + "," ROOT, "top person organizationalPerson user", of_user,
                          sid_line(rid) + "primaryGroupID: 513\nsAMAccountName: " + name + "\n");
    };
    return entry_text(ROOT, "top domain domainDNS", PLAIN, "instanceType: 5\n" + sid_line(test_domain_sid)) +
           account("ann", "1701") + account("bob", "1702") + account("eve", "1703") +
           entry_text("CN=Inner," ROOT, "top group", PLAIN,
                      sid_line("1801") + "groupType: -2147483646\nmember: CN=bob," ROOT "\n") +
           entry_text(STAFF, "top group", list,
                      sid_line("1802") + "groupType: -2147483646\nsAMAccountName: Staff\n" + members);
}

std::string ask(std::string const& base, std::vector<std::string> arguments, std::string const& change = {}) {
    temporary_directory scratch;
    write_file(scratch.path() / "base.ldf", base);
    write_file(scratch.path() / "change.ldf", change);
    if (!change.empty())
        arguments.push_back((scratch.path() / "change.ldf").string());
    arguments.insert(arguments.end(), {"--base", (scratch.path() / "base.ldf").string()});
    return run_command(arguments).out;
}

std::string who_can(std::string const& base, std::string const& right, std::string const& on = STAFF) {
    return ask(base, {"who-can", "--right", right, "--on", on});
}

bool holds(std::string const& text, std::string const& part) {
    return text.find(part) != std::string::npos;
}

#define ANN "member: CN=ann," ROOT "\n"
#define INNER "member: CN=Inner," ROOT "\n"

} // namespace

BOOST_AUTO_TEST_CASE(who_can_names_the_members) {
    auto const told = who_can(domain(PLAIN "(A;;WP;;;PS)", ANN INNER), "write description");
    BOOST_TEST(
        holds(told, "\n  SELF (each object on itself, and the members of a group on the group)  on 1 object\n"
                    "      (A;;WP;;;PS), explicit\n"));
    BOOST_TEST(holds(told, "\n      ann\n"));
    BOOST_TEST(holds(told, "\n      bob\n")); // through the inner group
}

BOOST_AUTO_TEST_CASE(who_can_names_no_members_where_self_is_somebody_else) {
    for (std::string const list : {PLAIN "(A;CIIO;WP;;;PS)", PLAIN "(A;;RP;;;PS)",
                                   PLAIN "(OA;;WP;bf967a49-0de6-11d0-a285-00aa003049e2;;PS)"})
        BOOST_TEST(holds(who_can(domain(list, ANN INNER), "write description"), "  Nobody.\n"));
    auto const of_user =
        who_can(domain(PLAIN, ANN, PLAIN "(A;;WP;;;PS)"), "write description", "CN=ann," ROOT);
    BOOST_TEST(holds(of_user, "\n  SELF (each object on itself)  on 1 object\n"));
    auto const listed = who_can(domain(PLAIN "(A;;WP;;;PS)", ""), "write description");
    BOOST_TEST(!holds(listed, "ann"));
}

// A denial for SELF takes what a member has otherwise.
BOOST_AUTO_TEST_CASE(a_denial_for_self_concerns_the_members) {
    auto const base = domain(PLAIN "(D;;WP;;;PS)(A;;WP;;;AU)", ANN);
    auto const told = who_can(base, "write description");
    BOOST_TEST(!holds(told, "      ann\n"));
    BOOST_TEST(holds(told, "      bob\n"));
    BOOST_TEST(
        holds(ask(base, {"access", "--who", "ann", "--on", STAFF, "--right", "write description"}), "no: "));
    BOOST_TEST(
        holds(ask(base, {"access", "--who", "bob", "--on", STAFF, "--right", "write description"}), "yes: "));
}

// Members are asked apart, and are on the same object as the others.
BOOST_AUTO_TEST_CASE(who_can_counts_an_object_once) {
    auto const told =
        who_can(domain(PLAIN "(OD;;WP;bf967a49-0de6-11d0-a285-00aa003049e2;;PS)(A;;WP;;;AU)", ANN),
                "write description");
    BOOST_TEST(holds(told, "S-1-5-11 (Authenticated Users)  on 1 object\n"));
    BOOST_TEST(holds(told, "all 3 accounts"));
}

BOOST_AUTO_TEST_CASE(effect_tells_what_a_new_member_gets_on_the_group) {
    auto const base = domain(PLAIN "(A;;WP;;;PS)", "");
    auto const told = ask(base, {"effect"}, member_change(STAFF, "CN=ann," ROOT));
    BOOST_TEST(holds(told, "  ann\n    + write all properties  on 1 group object: " STAFF "\n"));
    BOOST_TEST(holds(ask(base, {"effect"}, member_change(STAFF, "CN=Inner," ROOT)),
                     "+ write all properties  on 1 group object: " STAFF "\n"));
    auto const without =
        ask(domain(PLAIN "(A;CIIO;WP;;;PS)", ""), {"effect"}, member_change(STAFF, "CN=ann," ROOT));
    BOOST_TEST(holds(without, "Nobody gains or loses anything.\n"));
}

BOOST_AUTO_TEST_CASE(effect_tells_what_the_members_get_by_an_ace_for_self) {
    auto const told =
        ask(domain(PLAIN, ANN INNER), {"effect"}, descriptor_change(STAFF, PLAIN "(A;;SD;;;PS)"));
    BOOST_TEST(holds(told, "  ann, bob\n    + delete  on 1 group object: " STAFF "\n"));
    auto const taken = ask(domain(PLAIN "(A;;SD;;;PS)", ANN), {"effect"}, descriptor_change(STAFF, PLAIN));
    BOOST_TEST(holds(taken, "  ann\n    - delete  on 1 group object: " STAFF "\n"));
}

// A membership can take what SELF has on the account itself.
BOOST_AUTO_TEST_CASE(effect_tells_what_a_membership_takes_from_self) {
    auto const base = domain(PLAIN, "", PLAIN "(D;;WP;;;" DOMAIN_SID "-1802)(A;;WP;;;PS)");
    auto const told = ask(base, {"effect"}, member_change(STAFF, "CN=ann," ROOT));
    BOOST_TEST(holds(told, "  SELF\n    - write all properties  on 1 user object: CN=ann," ROOT "\n"));
    BOOST_TEST(
        holds(ask(domain(PLAIN, "", PLAIN "(A;;WP;;;PS)"), {"effect"}, member_change(STAFF, "CN=ann," ROOT)),
              "Nobody gains or loses anything.\n"));
}

// Reading takes both rights, wherever each comes from.
BOOST_AUTO_TEST_CASE(who_can_reads_what_two_trustees_give_together) {
    std::string const secret = "msPKIAccountCredentials";
    auto const asked = [&](std::string const& aces) {
        return who_can(domain(PLAIN, ANN, PLAIN + aces), "read " + secret, "CN=bob," ROOT);
    };
    BOOST_TEST(holds(asked("(A;;RP;;;AU)(A;;CR;;;" DOMAIN_SID "-1802)"), "      ann\n"));
    BOOST_TEST(holds(asked("(A;;CR;;;AU)(A;;RP;;;" DOMAIN_SID "-1701)"), "\n  ann  on 1 object\n"));
    BOOST_TEST(holds(asked("(A;;RP;;;AU)"), "  Nobody.\n"));
    BOOST_TEST(holds(asked("(D;;CR;;;" DOMAIN_SID "-1701)(A;;RPCR;;;" DOMAIN_SID "-1802)"), "  Nobody.\n"));
    auto const set = who_can(domain(PLAIN, ANN, PLAIN "(A;;RP;;;AU)(A;;CR;;;" DOMAIN_SID "-1802)"),
                             "read Private Information", "CN=bob," ROOT);
    BOOST_TEST(holds(set, "      ann\n"));
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
} // namespace tests

#undef ROOT
#undef DOMAIN_SID
#undef STAFF
#undef PLAIN
#undef ANN
#undef INNER
