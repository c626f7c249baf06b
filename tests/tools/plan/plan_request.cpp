#include <sddl/self_relative.hpp>
#include <sddl/write.hpp>
#include <tools/dsplan/plan/request/plan_request.hpp>
#include <tools/dsplan/plan/request/read_toml.hpp>

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include <string>
#include <tests/tools/export_text.hpp>
#include <tests/tools/sddl_export.hpp>
#include <vector>

BOOST_AUTO_TEST_SUITE(plan)
BOOST_AUTO_TEST_SUITE(plan_request)

using namespace dsplan;
using dsplan::plan::severity;

namespace {

#define ROOT "DC=contoso,DC=com"
#define DOMAIN_SID "S-1-5-21-1111111111-2222222222-3333333333"
#define FOREIGN "S-1-5-21-3999999999-1-2-1107"
#define USER "bf967aba-0de6-11d0-a285-00aa003049e2"

// Sales has a list of its own; Staff is a group, Ruth is in it.
std::string domain_with(std::string const& aces) {
    auto const root = std::string(ROOT);
    auto const own = "O:DAG:DAD:AI(A;CIID;LCRPLORC;;;AU)S:AI";
    auto const account = [&](std::string_view dn, std::string_view classes, std::string_view rid,
                             std::string_view name, std::string const& lines = {}) {
        return entry_text(dn, classes, own,
                          sid_line(rid) + fmt::format("sAMAccountName: {}\n", name) + lines);
    };
    std::string const global_group = "groupType: -2147483646\n";
    return entry_text(root, "top domain domainDNS", "O:BAG:BAD:AI(A;CI;LCRPLORC;;;AU)S:AI",
                      "instanceType: 5\n" + sid_line(test_domain_sid)) +
           entry_text("OU=Sales," + root, "top organizationalUnit",
                      "O:DAG:DAD:AI" + aces + "(A;CIID;LCRPLORC;;;AU)S:AI") +
           account("CN=Ruth,OU=Sales," + root, "top person organizationalPerson user", "1105", "ruth") +
           account("CN=Theo,OU=Sales," + root, "top person organizationalPerson user", "1106", "theo") +
           account("CN=Staff,OU=Sales," + root, "top group", "1200", "Staff",
                   global_group + "member: CN=Ruth,OU=Sales," + root + "\n") +
           account("CN=Mail,OU=Sales," + root, "top group", "1201", "Mail", "groupType: 2\n") +
           account("CN=Visitors,OU=Sales," + root, "top group", "1202", "Visitors",
                   "groupType: -2147483644\n") +
           account("CN=Network,OU=Sales," + root, "top group", "1203", "Network", global_group) +
           entry_text("CN=" FOREIGN ",CN=ForeignSecurityPrincipals," + root, "top foreignSecurityPrincipal",
                      own);
}

struct planned {
    dsplan::plan::plan drawn;
    std::string errors;

    [[nodiscard]] std::string after() const {
        for (auto const& domain : drawn.domains)
            for (auto const& change : domain.permissions) {
                auto const read =
                    dsplan::sddl::read_self_relative(std::as_bytes(std::span(change.after))).value();
                std::string text;
                for (auto const& each : read.dacl->aces)
                    if (!each.has(dsplan::sddl::ace_flag::inherited))
                        text += dsplan::sddl::write_ace(each, test_sids());
                return text;
            }
        return "unchanged";
    }

    [[nodiscard]] std::string members() const {
        std::string text;
        for (auto const& domain : drawn.domains)
            for (auto const& each : domain.members)
                text += (each.removes ? "-" : "+") + each.member_name + " ";
        return text;
    }

    // What was seen, and what to do.
    [[nodiscard]] std::string details(std::string_view rule) const {
        std::string text;
        for (auto const& each : drawn.findings) {
            if (each.rule != rule)
                continue;
            for (auto const& seen : each.seen)
                text += fmt::format("{}: {}\n", seen.attribute, seen.value);
            text += each.advice;
        }
        return text;
    }

    [[nodiscard]] std::string finding(std::string_view rule) const {
        for (auto const& each : drawn.findings)
            if (each.rule == rule)
                return each.text;
        return "none";
    }
};

planned plan_from(std::string const& base, std::string const& tables) {
    auto const request = dsplan::plan::read_toml("format = 1\n" + tables, "request.toml").value();
    auto const exported = load_text(base);
    auto made = dsplan::plan::plan_request(exported, request, dsplan::directory::schema::built_in());
    if (made)
        return {*std::move(made), {}};
    planned failed;
    for (auto const& each : made.error())
        failed.errors += each.what + "\n" + each.detail;
    return failed;
}

planned plan_of(std::string const& tables, std::string const& aces = {}) {
    return plan_from(domain_with(aces), tables);
}

std::string grant(std::string const& rights, std::string const& more = {}) {
    return "[[grant]]\nto = \"Staff\"\non = \"OU=Sales," ROOT "\"\nrights = " + rights + "\n" + more;
}

std::string revocation(std::string const& rights, std::string const& more = {}) {
    return "[[revoke]]\nfrom = \"Staff\"\non = \"OU=Sales," ROOT "\"\nrights = " + rights + "\n" + more;
}

#define STAFF ";" DOMAIN_SID "-1200)"

} // namespace

BOOST_AUTO_TEST_CASE(a_delegation_is_an_ace_a_right) {
    auto const made = plan_of(grant("[\"Reset Password\", \"read+write lockoutTime\"]",
                                    "applies-to = \"descendant user objects\"\n"));
    BOOST_TEST(made.errors == "");
    BOOST_TEST(made.after() == "(OA;CIIO;CR;00299570-246d-11d0-a768-00aa006e0529;" USER STAFF
                               "(OA;CIIO;RPWP;28630ebf-41d5-11d1-a9c1-0000f80367c1;" USER STAFF);
    BOOST_TEST(made.drawn.predicted.has_value());
    BOOST_TEST(!made.drawn.predicted->changes.empty());
}

BOOST_AUTO_TEST_CASE(the_same_again_changes_nothing) {
    auto const made = plan_of(grant("\"write lockoutTime\"", "applies-to = \"descendant user objects\"\n"),
                              "(OA;CIIO;RPWP;28630ebf-41d5-11d1-a9c1-0000f80367c1;" USER STAFF);
    BOOST_TEST(made.after() == "unchanged");
    BOOST_TEST(!made.drawn.has_changes());
    BOOST_TEST(made.finding("covered") ==
               "write lockoutTime on descendant user objects for Staff on OU=Sales," ROOT
               ": ACE 1 says it already");
}

// A server keeps what is granted to CREATOR OWNER on an object as an ACE of its owner: here Domain Admins.
BOOST_AUTO_TEST_CASE(what_a_server_makes_of_creator_owner_is_planned_and_there_already) {
    auto const to_the_owner = [](std::string const& verb, std::string const& place) {
        return "[[" + verb +
               "]]\nto = \"CREATOR OWNER\"\non = \"OU=Sales," ROOT
               "\"\nrights = \"delete\"\napplies-to = \"" +
               place + "\"\n";
    };
    auto const both = to_the_owner("grant", "this object and all descendant objects");
    auto const kept = "(A;;SD;;;DA)(A;CIIO;SD;;;CO)";
    BOOST_TEST(plan_of(both).after() == kept);
    BOOST_TEST(!plan_of(both, kept).drawn.has_changes());
    BOOST_TEST(
        plan_of(both, kept).finding("covered") ==
        "delete on this object and all descendant objects for S-1-3-0 (Creator Owner) on OU=Sales," ROOT
        ": ACE 2 says it already");
    BOOST_TEST(plan_of(both, "(A;CIIO;SD;;;CO)").after() == kept);
    auto const below = to_the_owner("grant", "all descendant objects");
    BOOST_TEST(plan_of(below).after() == "(A;CIIO;SD;;;CO)");
    BOOST_TEST(!plan_of(below, "(A;CIIO;SD;;;CO)").drawn.has_changes());
    auto const here = to_the_owner("deny", "this object only");
    BOOST_TEST(plan_of(here).after() == "(D;;SD;;;DA)");
    BOOST_TEST(!plan_of(here, "(D;;SD;;;DA)").drawn.has_changes());
}

BOOST_AUTO_TEST_CASE(a_right_that_means_nothing_there_is_an_error) {
    BOOST_TEST(plan_of(grant("\"Reset Password\"")).errors ==
               "request.toml:2:1: Reset Password means nothing on OU=Sales," ROOT
               ", which is of class organizationalUnit\n"
               "  say where it applies: applies-to = \"descendant user objects\", or another class\n");
    BOOST_TEST(plan_of(grant("\"write gPLink\"")).errors == "");
    auto const below = [](char const* right) {
        return plan_of(grant(right, "applies-to = \"descendant user objects\"\n")).errors;
    };
    BOOST_TEST(below("\"write memberOf\"") ==
               "request.toml:2:1: the directory maintains memberOf: no client writes it\n");
    BOOST_TEST(below("\"read unicodePwd\"") ==
               "request.toml:2:1: unicodePwd is a secret of the directory: no client reads it\n");
    BOOST_TEST(below("\"write unicodePwd\"") == "request.toml:2:1: no right on properties writes unicodePwd\n"
                                                "  ask for \"Reset Password\" or \"Change Password\"\n");
    BOOST_TEST(below("\"read memberOf\"") == "");
    BOOST_TEST(
        plan_of(revocation("\"write memberOf\""), "(OA;CI;WP;bf967991-0de6-11d0-a285-00aa003049e2;" STAFF)
            .after() == "");
}

BOOST_AUTO_TEST_CASE(reading_a_confidential_attribute_takes_control_access) {
    auto const made = plan_of(grant("\"read msFVE-RecoveryPassword\"",
                                    "applies-to = \"descendant msFVE-RecoveryInformation objects\"\n"));
    BOOST_TEST(made.after().starts_with("(OA;CIIO;RPCR;43061ac1-c8ad-4ccc-b785-2bfac20fc60a;"));
}

BOOST_AUTO_TEST_CASE(a_set_that_covers_an_attribute_says_what_else_it_holds) {
    auto const covered = plan_of(grant("\"write pwdLastSet\"", "applies-to = \"descendant user objects\"\n"),
                                 "(OA;CIIO;WP;4c164200-20c0-11d0-a768-00aa006e0529;" USER STAFF);
    BOOST_TEST(covered.after() == "unchanged");
    BOOST_TEST(covered.details("covered").find("Account Restrictions holds, too: accountExpires, ") !=
               std::string::npos);
    BOOST_TEST(covered.details("covered").find("pwdLastSet,") == std::string::npos);
    auto const alone = plan_of(grant("\"write pwdLastSet\"", "applies-to = \"descendant user objects\"\n"),
                               "(OA;CIIO;WP;bf967a0a-0de6-11d0-a285-00aa003049e2;" USER STAFF);
    BOOST_TEST(alone.details("covered").find("holds, too") == std::string::npos);
}

// The way out can be pasted into a request, and does what the revocation could not.
BOOST_AUTO_TEST_CASE(what_cannot_be_revoked_comes_with_its_denial) {
    auto const stopped =
        plan_of(revocation("\"write lockoutTime\"", "applies-to = \"descendant user objects\"\n"),
                "(OA;CIIO;RPWP;;" USER STAFF);
    BOOST_TEST(stopped.drawn.stopped);
    auto const advice = stopped.details("not-expressible");
    std::string const table =
        "to = \"Staff\", on = \"OU=Sales," ROOT
        "\", applies-to = \"descendant user objects\", rights = [\"write lockoutTime\"]";
    BOOST_TEST_REQUIRE(advice.find("deny it: [[deny]] " + table + "; or revoke the whole right") !=
                       std::string::npos);
    auto lines = table;
    for (std::string const key : {"on =", "applies-to =", "rights ="})
        lines.replace(lines.find(", " + key), 2, "\n");
    BOOST_TEST(plan_of("[[deny]]\n" + lines + "\n", "(OA;CIIO;RPWP;;" USER STAFF).after() ==
               "(OD;CIIO;WP;28630ebf-41d5-11d1-a9c1-0000f80367c1;" USER STAFF "(OA;CIIO;RPWP;;" USER STAFF);
}

BOOST_AUTO_TEST_CASE(a_deny_says_which_explicit_aces_below_defeat_it) {
    auto const base =
        domain_with({}) + entry_text("CN=Uwe,OU=Sales," ROOT, "top person organizationalPerson user",
                                     "O:DAG:DAD:AI(A;;WP;;;" DOMAIN_SID "-1200)",
                                     sid_line("1301") + "sAMAccountName: uwe\n");
    auto const denied = [&](std::string const& right, std::string const& below,
                            std::string const& verb = "deny") {
        return plan_from(base, "[[" + verb + "]]\nto = \"Staff\"\non = \"OU=Sales," ROOT "\"\nrights = \"" +
                                   right + "\"\napplies-to = \"" + below + "\"\n")
            .finding("deny-defeated");
    };
    BOOST_TEST(denied("write description", "descendant user objects") ==
               "write description on descendant user objects for Staff on OU=Sales," ROOT
               ": 1 ACE below allows it all the same: an object's own ACEs come before those it inherits");
    BOOST_TEST(denied("write description", "all descendant objects") != "none");
    BOOST_TEST(denied("write description", "descendant computer objects") == "none");
    BOOST_TEST(denied("write description", "this object only") == "none");
    BOOST_TEST(denied("read description", "descendant user objects") == "none");
    BOOST_TEST(denied("write description", "descendant user objects", "grant") == "none");
}

BOOST_AUTO_TEST_CASE(members_of_a_list_that_was_cut_off_are_not_known) {
    auto const base =
        domain_with({}) + entry_text("CN=Large,OU=Sales," ROOT, "top group", "O:DAG:DAD:AI",
                                     sid_line("1300") + "sAMAccountName: Large\ngroupType: -2147483646\n"
                                                        "member;range=0-0: CN=Ruth,OU=Sales," ROOT "\n");
    auto const rules_of = [&](std::string const& lines) {
        auto const made = plan_from(base, "[[members]]\ngroup = \"Large\"\n" + lines);
        return fmt::format("{}{}", made.drawn.stopped ? "stopped: " : "", made.finding("members-incomplete"));
    };
    BOOST_TEST(rules_of("exactly = [\"theo\"]\n") ==
               "stopped: the export holds a part of the members of Large only");
    BOOST_TEST(rules_of("remove = [\"ruth\"]\n") ==
               "stopped: the export holds a part of the members of Large only");
    BOOST_TEST(rules_of("add = [\"theo\"]\n") == "the export holds a part of the members of Large only");
    BOOST_TEST(plan_of("[[members]]\ngroup = \"Staff\"\nadd = \"theo\"\n").finding("members-incomplete") ==
               "none");
}

BOOST_AUTO_TEST_CASE(a_forest_that_takes_what_changes_nothing_is_told) {
    auto const with = [](std::string const& heuristics) {
        auto const service = "dn: CN=Directory Service,CN=Windows NT,CN=Services,CN=Configuration," ROOT
                             "\nobjectClass: top\nobjectClass: nTDSService\ndSHeuristics: " +
                             heuristics + "\n\n";
        return plan_from(domain_with({}) + service, "[[members]]\ngroup = \"Staff\"\nadd = \"theo\"\n")
            .finding("permissive-changes");
    };
    BOOST_TEST(with("00001").starts_with("dSHeuristics makes the forest take the addition of a member"));
    BOOST_TEST(with("0000000001") == "none");
    BOOST_TEST(with("001") == "none");
}

BOOST_AUTO_TEST_CASE(a_group_that_is_in_no_token_gets_nothing) {
    auto const to = [](std::string const& name, std::string const& verb = "grant") {
        return plan_of("[[" + verb + "]]\nto = \"" + name +
                       "\"\non = \"OU=Sales," ROOT "\"\nrights = \"delete\"\n");
    };
    BOOST_TEST(to("Mail").drawn.stopped);
    BOOST_TEST(to("Mail", "deny").finding("trustee-does-not-count") ==
               "Mail is a distribution group: an ACE for it gives nobody anything");
    BOOST_TEST(to("Visitors").finding("trustee-does-not-count") == "none");
    BOOST_TEST(to("theo").finding("trustee-does-not-count") == "none");
    auto const taken = plan_of("[[revoke]]\nfrom = \"Mail\"\non = \"OU=Sales," ROOT "\"\nall = true\n",
                               "(A;;RP;;;" DOMAIN_SID "-1201)");
    BOOST_TEST(taken.finding("trustee-does-not-count") == "none");
    BOOST_TEST(taken.after() == "");
}

BOOST_AUTO_TEST_CASE(a_name_with_two_meanings_is_neither) {
    auto const to = [](std::string const& name) {
        return plan_of("[[grant]]\nto = \"" + name + "\"\non = \"OU=Sales," ROOT "\"\nrights = \"delete\"\n");
    };
    BOOST_TEST(to("network").errors ==
               "request.toml:2:1: 'network' is the well-known S-1-5-2, and the name of an account of the "
               "export: give the SID or the DN\n  CN=Network,OU=Sales," ROOT "\n");
    BOOST_TEST(to("S-1-5-2").after() == "(A;;SD;;;NU)");
    BOOST_TEST(to("CN=Network,OU=Sales," ROOT).after() == "(A;;SD;;;" DOMAIN_SID "-1203)");
    BOOST_TEST(to("Interactive").after() == "(A;;SD;;;IU)");
}

// Its foreign security principal lies in the domain, and its account does not.
BOOST_AUTO_TEST_CASE(a_global_group_takes_no_foreign_security_principal) {
    auto const refused = plan_of("[[members]]\ngroup = \"Staff\"\nadd = \"" FOREIGN "\"\n");
    BOOST_TEST(refused.drawn.stopped);
    BOOST_TEST(refused.finding("member-scope") == FOREIGN
               " cannot be a member of Staff: only a domain local group takes accounts of other forests");
    auto const taken = plan_of("[[members]]\ngroup = \"Visitors\"\nadd = \"" FOREIGN "\"\n");
    BOOST_TEST(taken.errors == "");
    BOOST_TEST(taken.finding("member-there") == "none");
    BOOST_TEST(taken.finding("member-scope") == "none");
    BOOST_TEST(taken.members() == "+" FOREIGN " ");
}

BOOST_AUTO_TEST_CASE(a_revocation_takes_and_says_what_it_cannot) {
    BOOST_TEST(plan_of(revocation("\"change permissions\""), "(A;CI;RPWD;;" STAFF).after() ==
               "(A;CI;RP;;" STAFF);
    auto const all = plan_of(revocation("\"write lockoutTime\""), "(A;CI;WP;;" STAFF);
    BOOST_TEST(all.drawn.stopped);
    BOOST_TEST(all.finding("not-expressible") ==
               "write lockoutTime on this object and all below for Staff on OU=Sales," ROOT
               ": an ACE for all properties, rights or classes cannot leave out one");
    auto const inherited =
        plan_of("[[revoke]]\nfrom = \"AU\"\non = \"OU=Sales," ROOT "\"\nrights = \"read permissions\"\n");
    BOOST_TEST(inherited.drawn.stopped);
    BOOST_TEST(inherited.finding("inherited-here").find("nothing explicit says it; ACE 1 comes from " ROOT) !=
               std::string::npos);
    BOOST_TEST(plan_of(revocation("\"delete\"")).drawn.stopped);
    auto const missing = plan_of(revocation("\"delete\"", "missing-is-ok = true\n"));
    BOOST_TEST(!missing.drawn.stopped);
    BOOST_TEST(missing.finding("nothing-to-revoke") != "none");
}

BOOST_AUTO_TEST_CASE(what_stays_after_a_revocation_is_said) {
    auto const from_ruth = [](std::string const& aces) {
        return plan_of("[[revoke]]\nfrom = \"ruth\"\non = \"OU=Sales," ROOT
                       "\"\nrights = \"change permissions\"\n",
                       aces);
    };
    std::string const own = "(A;;WD;;;" DOMAIN_SID "-1105)";
    auto const through_staff = from_ruth(own + "(A;;WD;;" STAFF);
    BOOST_TEST(through_staff.after() == "(A;;WD;;" STAFF);
    BOOST_TEST(through_staff.finding("still-granted") ==
               "change permissions on this object and all below for ruth on OU=Sales," ROOT
               ": 1 ACE of the list after the change still says some of it");
    BOOST_TEST(from_ruth(own + "(A;;WO;;" STAFF).finding("still-granted") == "none");
    BOOST_TEST(from_ruth(own + "(D;;WD;;" STAFF).finding("still-granted") == "none");
    BOOST_TEST(from_ruth(own + "(A;;WD;;;" DOMAIN_SID "-1106)").finding("still-granted") == "none");
}

BOOST_AUTO_TEST_CASE(a_change_names_what_it_adds_removes_and_leaves) {
    auto const made =
        plan_of(revocation("\"change permissions\"") + grant("\"write gPLink\""), "(A;CI;RPWD;;" STAFF);
    auto const& change = made.drawn.domains.front().permissions.front();
    BOOST_REQUIRE(change.grants.size() == 2U);
    BOOST_REQUIRE(change.removed.size() == 1U);
    BOOST_TEST(change.removed.front().trustee_name == "Staff");
    BOOST_TEST(change.removed.front().position == 0U);
    for (auto const& each : change.grants)
        BOOST_TEST(each.is_left_over == each.property.empty(), each.property);
    BOOST_TEST(made.drawn.words.wishes.size() == 2U);
}

BOOST_AUTO_TEST_CASE(two_tables_of_one_group_are_one_step) {
    std::string const staff = "[[members]]\ngroup = \"Staff\"\n";
    BOOST_TEST(
        plan_of(staff + "add = \"theo\"\n" + staff + "add = \"theo\"\nremove = \"ruth\"\n").members() ==
        "-ruth +theo ");
    BOOST_TEST(plan_of(staff + "add = \"theo\"\n" + staff + "remove = \"theo\"\n").errors ==
               "request.toml:2:1: theo is to be added to CN=Staff,OU=Sales," ROOT
               " and removed from it\n  keep one of the two\n");
    BOOST_TEST(plan_of(staff + "exactly = \"theo\"\n" + staff + "add = \"ruth\"\n").errors ==
               "request.toml:5:1: [[members]] of request.toml:2:1 changes the same group, and one of the two "
               "has 'exactly'\n  keep one of the two\n");
}

BOOST_AUTO_TEST_CASE(contradicting_tables_are_named_with_both_places) {
    BOOST_TEST(
        plan_of(grant("\"delete\"") + revocation("\"delete\"")).errors ==
        "request.toml:6:1: revokes what [[grant]] of request.toml:2:1 grants: delete on this object only for "
        "Staff on OU=Sales," ROOT "\n  keep one of the two\n");
    BOOST_TEST(
        plan_of(grant("\"delete\"") + revocation("\"read permissions\"", "missing-is-ok = true\n")).errors ==
        "");
}

BOOST_AUTO_TEST_CASE(what_is_not_known_is_an_error_and_all_are_told) {
    auto const errors =
        plan_of("[[grant]]\nto = \"Staf\"\non = \"OU=Salse," ROOT "\"\nrights = \"delete\"\n").errors;
    BOOST_TEST(errors.find("request.toml:2:1: the export does not hold OU=Salse," ROOT "\n"
                           "  did you mean OU=Sales," ROOT "?\n") != std::string::npos,
               errors);
    BOOST_TEST(errors.find("request.toml:2:1: the export holds no account 'Staf'\n  did you mean Staff?\n") !=
                   std::string::npos,
               errors);
}

BOOST_AUTO_TEST_CASE(members_are_added_and_removed_one_by_one) {
    BOOST_TEST(plan_of("[[members]]\ngroup = \"Staff\"\nadd = [\"theo\", \"ruth\"]\n").members() == "+theo ");
    BOOST_TEST(plan_of("[[members]]\ngroup = \"Staff\"\nexactly = [\"theo\"]\n").members() == "-ruth +theo ");
    BOOST_TEST(plan_of("[[members]]\ngroup = \"Staff\"\nremove = [\"theo\"]\n").finding("member-missing") ==
               "theo is no direct member of Staff");
    BOOST_TEST(plan_of("[[members]]\ngroup = \"Staff\"\nexactly = []\n").errors ==
               "request.toml:2:1: 'exactly' is empty: that would take every member away\n"
               "  write allow-empty = true if it is meant\n");
    BOOST_TEST(plan_of("[[members]]\ngroup = \"Staff\"\nexactly = []\nallow-empty = true\n").members() ==
               "-ruth ");
    BOOST_TEST(plan_of("[[members]]\ngroup = \"Mail\"\nadd = \"theo\"\n").finding("distribution-group") ==
               "Mail is a distribution group: being in it grants nothing");
    BOOST_TEST(plan_of("[[members]]\ngroup = \"ruth\"\nadd = \"theo\"\n").errors ==
               "request.toml:2:1: ruth is no group of the export\n");
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

#undef ROOT
#undef DOMAIN_SID
#undef FOREIGN
#undef USER
#undef STAFF
