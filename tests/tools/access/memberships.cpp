#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include <string>
#include <tests/tools/command_run.hpp>
#include <tests/tools/export_text.hpp>
#include <tests/tools/sddl_export.hpp>
#include <vector>

namespace tests { // the C library has a function called access
BOOST_AUTO_TEST_SUITE(access)
BOOST_AUTO_TEST_SUITE(memberships)

// What access, who-can and effect say of trustees that are no account, and of members that the export lacks.

namespace {

#define ROOT "DC=contoso,DC=com"
#define DOMAIN_SID "S-1-5-21-1111111111-2222222222-3333333333"
#define FULL "CCDCLCSWRPWPDTLOCRSDRCWDWO"
#define FOREIGN "CN=ForeignSecurityPrincipals," ROOT

std::string root(std::string_view aces) {
    return entry_text(ROOT, "top domain domainDNS", "O:BAG:BAD:AI" + std::string(aces) + "S:AI",
                      "instanceType: 5\n" + sid_line(test_domain_sid));
}

std::string unit(std::string_view aces) {
    return entry_text("OU=o," ROOT, "top organizationalUnit", "O:SYG:SYD:P" + std::string(aces));
}

std::string user(std::string_view name, std::string_view rid, std::string_view lines = {}) {
    return entry_text(fmt::format("CN={},{}", name, ROOT), "top person organizationalPerson user",
                      "O:SYG:SYD:P", sid_line(rid) + fmt::format("sAMAccountName: {}\n{}", name, lines));
}

std::string group(std::string_view name, std::string_view rid, std::string_view lines,
                  std::string_view type = "-2147483646") {
    return entry_text(fmt::format("CN={},{}", name, ROOT), "top group", "O:SYG:SYD:P",
                      sid_line(rid) +
                          fmt::format("groupType: {}\nsAMAccountName: {}\n{}", type, name, lines));
}

command_run ask(std::string const& base, std::vector<std::string> arguments, std::string const& change = {}) {
    temporary_directory scratch;
    write_file(scratch.path() / "base.ldf", base);
    write_file(scratch.path() / "change.ldf", change);
    for (auto& argument : arguments)
        if (argument == "CHANGE")
            argument = (scratch.path() / "change.ldf").string();
    arguments.insert(arguments.end(), {"--base", (scratch.path() / "base.ldf").string()});
    return run_command(arguments);
}

bool may(std::string const& base, std::string const& right, std::string const& who = "ann") {
    auto const run = ask(base, {"access", "--who", who, "--on", "OU=o," ROOT, "--right", right});
    BOOST_TEST_REQUIRE((run.status != dsplan::exit_status::error), run.err);
    return run.status == dsplan::exit_status::success;
}

std::string who_can(std::string const& base, std::string const& right, std::string const& on = "OU=o," ROOT) {
    return ask(base, {"who-can", "--right", right, "--on", on}).out;
}

// The lines of "Effect", without the reach of single ACEs.
std::string effect(std::string const& base, std::string const& change) {
    auto const run = ask(base, {"effect", "CHANGE"}, change);
    BOOST_TEST(run.err == "");
    auto const begin = run.out.find("Effect\n");
    return begin == std::string::npos ? run.out : run.out.substr(begin + 7);
}

bool holds(std::string const& text, std::string const& part) {
    return text.find(part) != std::string::npos;
}

} // namespace

BOOST_AUTO_TEST_CASE(access_counts_a_primary_group_that_is_not_exported) {
    auto const base = root("") + unit("(A;;" FULL ";;;DA)");
    BOOST_TEST(may(base + user("ann", "1701", "primaryGroupID: 512\n"), "delete"));
    BOOST_TEST(!may(base + user("ann", "1701", "primaryGroupID: 513\n"), "delete"));
    BOOST_TEST(may(root("") + unit("(A;;SD;;;DC)") + user("ann", "1701", "primaryGroupID: 515\n"), "delete"));
    BOOST_TEST(holds(who_can(base + user("ann", "1701", "primaryGroupID: 512\n"), "delete"),
                     DOMAIN_SID "-512 (Domain Admins)  on 1 object\n"
                                "      (A;;" FULL ";;;DA), class default\n"
                                "      ann\n"));
}

BOOST_AUTO_TEST_CASE(access_says_that_a_primary_group_is_not_known) {
    auto const base = root("") + unit("(A;;SD;;;DU)") + user("ann", "1701");
    auto const run = ask(base, {"access", "--who", "ann", "--on", "OU=o," ROOT, "--right", "delete"});
    BOOST_TEST(run.err ==
               "warning: the export has no primaryGroupID of ann: its primary group may be " DOMAIN_SID
               "-513 (Domain Users)\n");
    BOOST_TEST(ask(base, {"access", "--who", "ann", "--on", "OU=o," ROOT, "--right", "delete tree"}).err ==
               "");
}

BOOST_AUTO_TEST_CASE(a_distribution_group_gives_and_denies_nothing) {
    auto const list = group("list", "1200", "member: CN=ann," ROOT "\n", "2");
    auto const ann = user("ann", "1701");
    BOOST_TEST(!may(root("") + unit("(A;;SD;;;" DOMAIN_SID "-1200)") + ann + list, "delete"));
    BOOST_TEST(may(root("") + unit("(D;;SD;;;" DOMAIN_SID "-1200)(A;;SD;;;AU)") + ann + list, "delete"));
    BOOST_TEST(who_can(root("") + unit("(A;;SD;;;" DOMAIN_SID "-1200)") + ann + list, "delete") ==
               "Who can: delete, on 1 object\n  Nobody.\n");
    BOOST_TEST(effect(root("") + unit("(A;;RC;;;AU)") + ann + list,
                      descriptor_change("OU=o," ROOT, "O:SYG:SYD:P(A;;RC;;;AU)(A;;SD;;;" DOMAIN_SID
                                                      "-1200)")) == "  Nobody gains or loses anything.\n");
}

BOOST_AUTO_TEST_CASE(network_and_this_organization_are_in_every_session) {
    for (std::string const sid : {"NU", "S-1-5-15", "WD", "AU"})
        BOOST_TEST(may(root("") + unit("(A;;SD;;;" + sid + ")") + user("ann", "1701"), "delete"), sid);
    for (std::string const sid : {"AN", "IU", "S-1-5-14"})
        BOOST_TEST(!may(root("") + unit("(A;;SD;;;" + sid + ")") + user("ann", "1701"), "delete"), sid);
}

BOOST_AUTO_TEST_CASE(everybody_is_named_whether_or_not_an_account_is_exported) {
    BOOST_TEST(who_can(root("(A;CI;" FULL ";;;WD)"), "full control", ROOT) ==
               "Who can: full control, on 1 object\n"
               "\n"
               "  S-1-1-0 (Everyone)  on 1 object\n"
               "      (A;CI;" FULL ";;;WD), explicit\n");
    BOOST_TEST(holds(who_can(root("(A;;SD;;;AU)"), "delete", ROOT), "S-1-5-11 (Authenticated Users)"));
    BOOST_TEST(holds(who_can(root("(A;;SD;;;BU)"), "delete", ROOT), "S-1-5-32-545"));
    BOOST_TEST(holds(who_can(unit("(A;;SD;;;" DOMAIN_SID "-4711)"), "delete"), DOMAIN_SID "-4711  on 1"));
    auto const null_dacl = entry_text("OU=o," ROOT, "top organizationalUnit", "O:SYG:SYD:NO_ACCESS_CONTROL");
    BOOST_TEST(holds(who_can(null_dacl, "delete"), "S-1-1-0 (Everyone)  on 1 object\n      NULL DACL\n"));
    BOOST_TEST(who_can(unit(""), "delete") == "Who can: delete, on 1 object\n  Nobody.\n");
}

BOOST_AUTO_TEST_CASE(effect_names_everybody_whether_or_not_an_account_is_exported) {
    auto const widened = descriptor_change(ROOT, "O:BAG:BAD:AI(A;;SD;;;WD)S:AI");
    auto const said = "  S-1-1-0 (Everyone)\n"
                      "    + delete  on 1 domainDNS object: " ROOT "\n"
                      "  Nobody else gains or loses anything.\n";
    BOOST_TEST(effect(root(""), widened) == said);
    // Whoever has the right already does not hide that everybody gets it.
    auto const admin = user("adm", "1701") + group("Admins", "1200", "member: CN=adm," ROOT "\n");
    BOOST_TEST(effect(root("(A;;SD;;;" DOMAIN_SID "-1200)") + admin,
                      descriptor_change(ROOT, "O:BAG:BAD:AI(A;;SD;;;" DOMAIN_SID "-1200)(A;;SD;;;WD)S:AI")) ==
               said);
    BOOST_TEST(effect(root(""), descriptor_change(ROOT, "O:BAG:BAD:AI(A;;SD;;;AU)S:AI")) ==
               "  S-1-5-11 (Authenticated Users)\n"
               "    + delete  on 1 domainDNS object: " ROOT "\n"
               "  Nobody else gains or loses anything.\n");
    BOOST_TEST(effect(root("(A;;SD;;;BA)"), descriptor_change(ROOT, "O:BAG:BAD:AI(A;;SD;;;BA)S:AI")) ==
               "  Nobody gains or loses anything.\n");
}

BOOST_AUTO_TEST_CASE(a_denial_takes_from_trustees_that_are_not_exported) {
    auto const before = "O:DAG:DAD:AI(A;;" FULL ";;;SY)(A;;SD;;;" DOMAIN_SID "-1705)S:AI";
    auto const base =
        root("") + entry_text("OU=o," ROOT, "top organizationalUnit", before) + user("adm", "1701");
    for (std::string const everybody : {"WD", "AU"})
        BOOST_TEST(effect(base, descriptor_change("OU=o," ROOT, "O:DAG:DAD:AI(D;;SD;;;" + everybody +
                                                                    ")(A;;" FULL ";;;SY)(A;;SD;;;" DOMAIN_SID
                                                                    "-1705)S:AI")) ==
                   "  S-1-5-18 (Local System)\n"
                   "    - delete (delete tree still allows it)  on 1 organizationalUnit object: OU=o," ROOT
                   "\n"
                   "  " DOMAIN_SID "-1705\n"
                   "    - delete  on 1 organizationalUnit object: OU=o," ROOT "\n"
                   "  Nobody else gains or loses anything.\n");
    // Behind the grants it takes nothing.
    BOOST_TEST(
        effect(base, descriptor_change("OU=o," ROOT, "O:DAG:DAD:AI(A;;" FULL ";;;SY)(A;;SD;;;" DOMAIN_SID
                                                     "-1705)(D;;SD;;;WD)S:AI")) ==
        "  Nobody gains or loses anything.\n");
}

BOOST_AUTO_TEST_CASE(a_foreign_principal_that_is_not_exported_is_known_by_its_name) {
    auto const base = root("") + unit("(A;;SD;;;RU)") + user("ann", "1701") +
                      entry_text("CN=Compatible,CN=Builtin," ROOT, "top group", "O:SYG:SYD:P",
                                 sid_line("S-1-5-32-554") + "sAMAccountName: Compatible\n"
                                                            "member: CN=S-1-5-11," FOREIGN "\n");
    BOOST_TEST(may(base, "delete"));
    BOOST_TEST(holds(who_can(base, "delete"), "Compatible  on 1 object"), who_can(base, "delete"));
}

BOOST_AUTO_TEST_CASE(members_that_are_not_in_the_export_are_unknown_not_nobody) {
    auto const gone = group("Staff", "1200", "member: CN=gone," ROOT "\n");
    auto const grant = unit("(A;;SD;;;" DOMAIN_SID "-1200)");
    auto const unknown = "1 member of Staff is not in the export: CN=gone," ROOT;
    auto const can = who_can(root("") + grant + gone, "delete");
    BOOST_TEST(holds(can, "Staff  on 1 object"), can);
    BOOST_TEST(holds(can, "Not known: " + std::string(unknown)), can);
    auto const right = ask(root("") + grant + gone + user("ann", "1701"),
                           {"access", "--who", "ann", "--on", "OU=o," ROOT, "--right", "delete"});
    BOOST_TEST(right.err == "warning: " + std::string(unknown) + "\n");
    auto const changed =
        effect(root("") + unit("(A;;RC;;;AU)") + gone,
               descriptor_change("OU=o," ROOT, "O:SYG:SYD:P(A;;RC;;;AU)(A;;SD;;;" DOMAIN_SID "-1200)"));
    BOOST_TEST(holds(changed, "  Staff (not all its members are in the export)\n    + delete"), changed);
    BOOST_TEST(holds(changed, "  As far as is known, nobody else gains"), changed);
    BOOST_TEST(holds(changed, "  Not known: " + std::string(unknown)), changed);
    auto const by_logon =
        ask(root("") + unit("(A;;SD;;;AS)(A;;SD;;;S-1-5-64-10)(A;;SD;;;IU)(A;;RC;;;S-1-18-2)") +
                user("ann", "1701"),
            {"access", "--who", "ann", "--on", "OU=o," ROOT, "--right", "delete"});
    BOOST_TEST(by_logon.err ==
               "warning: whether a session of the account is in S-1-18-1 (Authentication Authority Asserted "
               "Identity) depends on how it logs on\n"
               "warning: whether a session of the account is in S-1-5-64-10 (NTLM Authentication) depends on "
               "how it logs on\n");
    // All members there: nothing is unknown.
    auto const whole = group("Staff", "1200", "member: CN=ann," ROOT "\n") + user("ann", "1701");
    BOOST_TEST(!holds(who_can(root("") + grant + whole, "delete"), "Not known"));
}

BOOST_AUTO_TEST_CASE(a_trustee_without_an_entry_may_be_a_group_that_memberof_names) {
    auto const ann = user("ann", "1701", "memberOf: CN=Gone," ROOT "\n");
    auto const said = "Not known: 1 account is in groups that the export lacks: CN=Gone," ROOT;
    BOOST_TEST(holds(who_can(root("") + unit("(A;;SD;;;" DOMAIN_SID "-4711)") + ann, "delete"), said));
    BOOST_TEST(!holds(who_can(root("") + unit("(A;;SD;;;SY)") + ann, "delete"), "Not known"));
    auto const changed =
        effect(root("") + unit("(A;;RC;;;AU)") + ann,
               descriptor_change("OU=o," ROOT, "O:SYG:SYD:P(A;;RC;;;AU)(A;;SD;;;" DOMAIN_SID "-4711)"));
    BOOST_TEST(holds(changed, said), changed);
    BOOST_TEST(holds(changed, "As far as is known, nobody else"), changed);
}

BOOST_AUTO_TEST_CASE(a_member_of_another_forest_is_named_by_its_sid) {
    auto const base = root("") + unit("(A;;SD;;;" DOMAIN_SID "-1200)") +
                      group("Staff", "1200", "member: CN=S-1-5-21-9-9-9-1105," FOREIGN "\n");
    auto const can = who_can(base, "delete");
    BOOST_TEST(holds(can, "Staff  on 1 object"), can);
    BOOST_TEST(holds(can, "      S-1-5-21-9-9-9-1105, which is no account of the export\n"), can);
    BOOST_TEST(!holds(can, "Not known"), can);
}

BOOST_AUTO_TEST_CASE(a_cut_off_list_of_members_is_said) {
    auto const base = root("") + unit("(A;;SD;;;" DOMAIN_SID "-1200)") + user("ann", "1701") +
                      group("Staff", "1200", "member;range=0-0: CN=ann," ROOT "\n");
    BOOST_TEST(holds(who_can(base, "delete"),
                     "Not known: the export holds only some of the members of Staff: the list was cut off."));
}

BOOST_AUTO_TEST_CASE(who_can_tells_who_is_denied_by_an_unknown_condition) {
    auto const run = who_can(
        root("") + unit("(XD;;SD;;;AU;(@USER.Dept == \"x\"))(A;;SD;;;AU)") + user("ann", "1701"), "delete");
    BOOST_TEST(holds(run, "  Nobody, as far as is known.\n"), run);
    BOOST_TEST(holds(run, "Unless a conditional ACE denies it, and the export does not hold the claims:\n"
                          "\n"
                          "  S-1-5-11 (Authenticated Users)  on 1 object\n"
                          "      (A;;SD;;;AU), explicit\n"),
               run);
    // What a condition over groups decides is known.
    BOOST_TEST(!holds(
        who_can(root("") + unit("(XD;;SD;;;AU;(Member_of {SID(BG)}))(A;;SD;;;AU)") + user("ann", "1701"),
                "delete"),
        "Unless"));
}

std::string untyped(std::string_view name, std::string_view rid, std::string_view lines) {
    return entry_text(fmt::format("CN={},{}", name, ROOT), "top group", "O:SYG:SYD:P",
                      sid_line(rid) + fmt::format("sAMAccountName: {}\n{}", name, lines));
}

#define IF_SECURITY                                                                                          \
    "the export has no groupType of Staff: its members get nothing by it if it is a distribution group"

BOOST_AUTO_TEST_CASE(a_group_without_type_may_be_in_no_token) {
    auto const ann = user("ann", "1701", "primaryGroupID: 513\n");
    auto const staff = untyped("Staff", "1200", "member: CN=ann," ROOT "\n");
    auto const grant = unit("(A;;SD;;;" DOMAIN_SID "-1200)");
    std::vector<std::string> const question{"access",     "--who",   "ann",   "--on",
                                            "OU=o," ROOT, "--right", "delete"};
    BOOST_TEST(ask(root("") + grant + ann + staff, question).err == "warning: " IF_SECURITY "\n");
    auto const denied = unit("(D;;SD;;;" DOMAIN_SID "-1200)(A;;SD;;;AU)");
    BOOST_TEST(ask(root("") + denied + ann + staff, question).err == "warning: " IF_SECURITY "\n");
    auto const can = who_can(root("") + grant + ann + staff, "delete");
    BOOST_TEST(holds(can, "Not known: " IF_SECURITY ".\n"), can);
    auto const changed =
        effect(root("") + unit("(A;;RC;;;AU)") + ann + staff,
               descriptor_change("OU=o," ROOT, "O:SYG:SYD:P(A;;RC;;;AU)(A;;SD;;;" DOMAIN_SID "-1200)"));
    BOOST_TEST(holds(changed, "As far as is known, nobody else"), changed);
    BOOST_TEST(holds(changed, "Not known: " IF_SECURITY), changed);
    // Where it does not matter, or the type is there, nothing is said.
    BOOST_TEST(ask(root("") + unit("(A;;SD;;;AU)") + ann + staff, question).err == "");
    BOOST_TEST(!holds(who_can(root("") + unit("(A;;SD;;;AU)") + ann + staff, "delete"), "groupType"));
    BOOST_TEST(!holds(
        who_can(root("") + grant + ann + group("Staff", "1200", "member: CN=ann," ROOT "\n"), "delete"),
        "groupType"));
}

BOOST_AUTO_TEST_CASE(a_group_without_type_in_another_one_is_said_too) {
    auto const base = root("") + unit("(A;;SD;;;" DOMAIN_SID "-1201)") + user("ann", "1701") +
                      user("ben", "1702") + untyped("Staff", "1200", "member: CN=ann," ROOT "\n") +
                      group("Outer", "1201", "member: CN=Staff," ROOT "\n");
    BOOST_TEST(holds(who_can(base, "delete"), "Not known: " IF_SECURITY), who_can(base, "delete"));
    auto const joined = effect(base, "dn: CN=Staff," ROOT "\nchangetype: modify\nadd: member\n"
                                     "member: CN=ben," ROOT "\n-\n");
    BOOST_TEST(holds(joined, "  ben\n    + delete"), joined);
    BOOST_TEST(holds(joined, "Not known: " IF_SECURITY), joined);
    auto const beside = effect(base, "dn: CN=Outer," ROOT "\nchangetype: modify\nadd: member\n"
                                     "member: CN=ben," ROOT "\n-\n");
    BOOST_TEST(!holds(beside, "Not known"), beside);
}

#define MAY_BE_USERS                                                                                         \
    "the export has no primaryGroupID of ann: its primary group may be " DOMAIN_SID "-513 (Domain Users)"

BOOST_AUTO_TEST_CASE(a_missing_primary_group_is_said_by_every_command) {
    auto const grant = unit("(A;;SD;;;DU)");
    auto const can = who_can(root("") + grant + user("ann", "1701"), "delete");
    BOOST_TEST(holds(can, "Not known: " MAY_BE_USERS ".\n"), can);
    BOOST_TEST(!holds(who_can(root("") + grant + user("ann", "1701", "primaryGroupID: 513\n"), "delete"),
                      "Not known"));
    BOOST_TEST(!holds(who_can(root("") + unit("(A;;SD;;;DC)") + user("ann", "1701"), "delete"), "Not known"));
    auto const several = who_can(root("") + grant + user("ann", "1701") + user("ben", "1702"), "delete");
    BOOST_TEST(holds(several,
                     "the export has no primaryGroupID of 2 accounts (ann; ben): their primary group "
                     "may be " DOMAIN_SID "-513 (Domain Users)"),
               several);
    auto const changed = effect(root("") + unit("(A;;RC;;;AU)") + user("ann", "1701"),
                                descriptor_change("OU=o," ROOT, "O:SYG:SYD:P(A;;RC;;;AU)(A;;SD;;;DU)"));
    BOOST_TEST(holds(changed, "Not known: " MAY_BE_USERS), changed);
    BOOST_TEST(holds(changed, "As far as is known, nobody else"), changed);
    // Through a group that Domain Users is in.
    auto const nested = root("") + unit("(A;;SD;;;" DOMAIN_SID "-1200)") + user("ann", "1701") +
                        group("Domain Users", "513", "") +
                        group("Staff", "1200", "member: CN=Domain Users," ROOT "\n");
    auto const maybe = "the export has no primaryGroupID of ann: its primary group may be ";
    BOOST_TEST(holds(who_can(nested, "delete"), maybe), who_can(nested, "delete"));
    auto const run = ask(nested, {"access", "--who", "ann", "--on", "OU=o," ROOT, "--right", "delete"});
    BOOST_TEST(holds(run.err, maybe), run.err);
}

BOOST_AUTO_TEST_CASE(local_groups_of_another_domain_do_not_count) {
    auto const child = "DC=emea," ROOT;
    auto const base =
        root("(A;;SD;;;BA)") +
        entry_text(child, "top domain domainDNS", "O:SYG:SYD:P(A;;SD;;;BA)",
                   "instanceType: 5\n" + sid_line("S-1-5-21-4-5-6")) +
        user("ann", "1701") +
        entry_text("CN=Administrators,CN=Builtin,DC=emea," ROOT, "top group", "O:SYG:SYD:P",
                   sid_line("S-1-5-32-544") + "groupType: -2147483643\nsAMAccountName: Administrators\n"
                                              "member: CN=ann," ROOT "\n");
    auto const status = [&](std::string const& on) {
        return ask(base, {"access", "--who", "ann", "--on", on, "--right", "delete"}).status;
    };
    BOOST_TEST((status(ROOT) == dsplan::exit_status::findings));
    BOOST_TEST((status("DC=emea," ROOT) == dsplan::exit_status::success));
    BOOST_TEST(!holds(who_can(base, "delete", ROOT), "ann"), who_can(base, "delete", ROOT));
    BOOST_TEST(holds(who_can(base, "delete", "DC=emea," ROOT), "ann"));
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
} // namespace tests

#undef ROOT
#undef DOMAIN_SID
#undef FULL
#undef FOREIGN
#undef IF_SECURITY
#undef MAY_BE_USERS
