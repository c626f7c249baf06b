#include <boost/test/unit_test.hpp>

#include <string>
#include <tests/tools/command_run.hpp>
#include <tests/tools/sddl_export.hpp>

// Deleting an object is allowed by its own list or by its parent's; a deny of the one does not stop the
// other.

namespace {

#define ROOT "DC=contoso,DC=com"
#define DOMAIN_SID "S-1-5-21-1111111111-2222222222-3333333333"
#define X DOMAIN_SID "-1701"
#define USER "bf967aba-0de6-11d0-a285-00aa003049e2"
#define PLAIN "O:SYG:SYD:P"

std::string domain(std::string const& unit, std::string const& object, std::string const& top = PLAIN) {
    return entry_text(ROOT, "top domain domainDNS", top, "instanceType: 5\n" + sid_line(test_domain_sid)) +
           entry_text("CN=x," ROOT, "top person organizationalPerson user", PLAIN,
                      sid_line("1701") + "sAMAccountName: x\n") +
           entry_text("OU=o," ROOT, "top organizationalUnit", unit) +
           entry_text("CN=Anna,OU=o," ROOT, "top person organizationalPerson user", object,
                      sid_line("1702") + "sAMAccountName: anna\n");
}

command_run ask(std::string const& text, std::string const& right) {
    temporary_directory scratch;
    auto const file = scratch.path() / "export.ldf";
    write_file(file, text);
    return run_command(
        {"access", "--base", file.string(), "--who", "x", "--on", "CN=Anna,OU=o," ROOT, "--right", right});
}

std::string who_can(std::string const& text, std::string const& right) {
    temporary_directory scratch;
    auto const file = scratch.path() / "export.ldf";
    write_file(file, text);
    return run_command({"who-can", "--base", file.string(), "--on", "CN=Anna,OU=o," ROOT, "--right", right})
        .out;
}

} // namespace

BOOST_AUTO_TEST_SUITE(commands)
BOOST_AUTO_TEST_SUITE(deletions)

BOOST_AUTO_TEST_CASE(the_parent_allows_what_the_object_denies) {
    auto const text = domain(PLAIN "(OA;;DC;" USER ";;" X ")", PLAIN "(D;;DTSD;;;" X ")");
    auto const run = ask(text, "delete");
    BOOST_TEST(run.out == "yes: x, delete on CN=Anna,OU=o," ROOT "\n"
                          "    by delete user on the parent\n"
                          "    (OA;;DC;" USER ";;" X "), explicit\n");
    BOOST_TEST((run.status == dsplan::exit_status::success));
    BOOST_TEST(who_can(text, "delete").find("\n  x, by delete user on the parent  on 1 object\n") !=
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_right_to_delete_others_is_none_here) {
    auto const other = "(OA;;DC;bf967a9c-0de6-11d0-a285-00aa003049e2;;" X ")"; // groups
    auto const run = ask(domain(PLAIN + std::string(other), PLAIN), "delete");
    BOOST_TEST(run.out.starts_with("no: x, delete on "));
    BOOST_TEST((run.status == dsplan::exit_status::findings));
    auto const denied = "(OD;;DC;" USER ";;" X ")(A;;DC;;;" X ")";
    BOOST_TEST(ask(domain(PLAIN + std::string(denied), PLAIN), "delete").out.starts_with("no: "));
    BOOST_TEST(ask(domain(PLAIN "(A;CI;SD;;;" X ")", PLAIN), "delete").out.starts_with("no: "));
}

BOOST_AUTO_TEST_CASE(the_object_itself_allows_it) {
    BOOST_TEST(ask(domain(PLAIN "(D;;DC;;;" X ")", PLAIN "(A;;SD;;;" X ")"), "delete").out ==
               "yes: x, delete on CN=Anna,OU=o," ROOT "\n    (A;;SD;;;" X "), explicit\n");
}

BOOST_AUTO_TEST_CASE(a_tree_goes_by_its_own_right_or_with_one_above) {
    auto const own = domain(PLAIN, PLAIN "(A;;DT;;;" X ")");
    BOOST_TEST(ask(own, "delete tree").out.starts_with("yes: x, delete tree on "));
    BOOST_TEST(ask(own, "delete").out.find("by delete tree on the object: only as a tree") !=
               std::string::npos);
    auto const above = domain(PLAIN "(A;;DT;;;" X ")", PLAIN "(D;;DTSD;;;" X ")");
    BOOST_TEST(ask(above, "delete tree").out.find("by delete tree on OU=o," ROOT ": only with all of it") !=
               std::string::npos);
    BOOST_TEST(who_can(above, "delete tree").find("x, by delete tree on an object above") !=
               std::string::npos);
    BOOST_TEST(ask(domain(PLAIN "(A;;DC;;;" X ")", PLAIN), "delete tree").out.starts_with("no: "));
}

BOOST_AUTO_TEST_CASE(a_parent_without_a_list_is_not_known) {
    BOOST_TEST(ask(domain("", PLAIN), "delete").out.find("what OU=o," ROOT " allows is not known") !=
               std::string::npos);
}

std::string effect_of(std::string const& text, std::string const& change) {
    temporary_directory scratch;
    write_file(scratch.path() / "export.ldf", text);
    write_file(scratch.path() / "change.ldf", change);
    return run_command({"effect", (scratch.path() / "change.ldf").string(), "--base",
                        (scratch.path() / "export.ldf").string()})
        .out;
}

bool says(std::string const& text, std::string const& line) {
    return text.find(line + "\n") != std::string::npos;
}

constexpr auto on_anna = "  on 1 user object: CN=Anna,OU=o," ROOT;

BOOST_AUTO_TEST_CASE(effect_tells_who_may_delete_through_the_parent) {
    auto const unit = "OU=o," ROOT;
    auto const granted =
        effect_of(domain(PLAIN, PLAIN), descriptor_change(unit, PLAIN "(OA;;DC;" USER ";;" X ")"));
    BOOST_TEST(says(granted, "    + delete" + std::string(on_anna)), granted);
    auto const taken = effect_of(domain(PLAIN "(A;;DC;;;" X ")", PLAIN), descriptor_change(unit, PLAIN));
    BOOST_TEST(says(taken, "    - delete" + std::string(on_anna)), taken);
    // Of groups it is no right to delete a user.
    auto const other =
        effect_of(domain(PLAIN, PLAIN),
                  descriptor_change(unit, PLAIN "(OA;;DC;bf967a9c-0de6-11d0-a285-00aa003049e2;;" X ")"));
    BOOST_TEST(other.find(" delete  on") == std::string::npos, other);
    // Who may delete it by its own list gains nothing.
    auto const had =
        effect_of(domain(PLAIN, PLAIN "(A;;SD;;;" X ")"), descriptor_change(unit, PLAIN "(A;;DC;;;" X ")"));
    BOOST_TEST(had.find(" delete  on") == std::string::npos, had);
}

BOOST_AUTO_TEST_CASE(effect_says_where_the_parent_makes_a_list_of_no_matter) {
    auto const anna = "CN=Anna,OU=o," ROOT;
    auto const allows = PLAIN "(A;;DC;;;" X ")";
    auto const taken = effect_of(domain(allows, PLAIN "(A;;SD;;;" X ")"), descriptor_change(anna, PLAIN));
    BOOST_TEST(says(taken, "    - delete (its parent still allows it)" + std::string(on_anna)), taken);
    auto const given = effect_of(domain(allows, PLAIN), descriptor_change(anna, PLAIN "(A;;SD;;;" X ")"));
    BOOST_TEST(says(given, "    + delete (its parent allowed it already)" + std::string(on_anna)), given);
    auto const alone = effect_of(domain(PLAIN, PLAIN "(A;;SD;;;" X ")"), descriptor_change(anna, PLAIN));
    BOOST_TEST(says(alone, "    - delete" + std::string(on_anna)), alone);
    BOOST_TEST(ask(domain(allows, PLAIN), "delete (its parent still allows it)")
                   .out.starts_with("yes: x, delete on "));
}

BOOST_AUTO_TEST_CASE(a_move_brings_another_parent) {
    auto const other = entry_text("OU=p," ROOT, "top organizationalUnit", PLAIN "(A;;DC;;;" X ")");
    auto const moved = effect_of(domain(PLAIN, PLAIN) + other,
                                 "dn: CN=Anna,OU=o," ROOT "\nchangetype: moddn\nnewrdn: CN=Anna\n"
                                 "deleteoldrdn: 1\nnewsuperior: OU=p," ROOT "\n");
    BOOST_TEST(says(moved, "    + delete  on 1 user object: CN=Anna,OU=p," ROOT), moved);
    auto const renamed = effect_of(domain(PLAIN "(A;;DC;;;" X ")", PLAIN),
                                   "dn: CN=Anna,OU=o," ROOT "\nchangetype: modrdn\nnewrdn: CN=Ann\n"
                                   "deleteoldrdn: 1\n");
    BOOST_TEST(renamed.find("Nobody gains or loses anything.") != std::string::npos, renamed);
}

BOOST_AUTO_TEST_CASE(a_membership_gives_the_deletion_of_children) {
    auto const group = entry_text("CN=g," ROOT, "top group", PLAIN,
                                  sid_line("1200") + "sAMAccountName: g\ngroupType: -2147483646\n");
    auto const text = domain(PLAIN "(A;;DC;;;" DOMAIN_SID "-1200)", PLAIN) + group;
    auto const joined = effect_of(text, "dn: CN=g," ROOT "\nchangetype: modify\nadd: member\n"
                                        "member: CN=x," ROOT "\n-\n");
    BOOST_TEST(says(joined, "    + delete" + std::string(on_anna)), joined);
}

BOOST_AUTO_TEST_CASE(a_parent_that_is_not_exported_is_said) {
    auto const text = entry_text("CN=Anna,OU=o," ROOT, "top person organizationalPerson user",
                                 PLAIN "(A;;SD;;;" X ")", sid_line("1702") + "sAMAccountName: anna\n");
    auto const taken = effect_of(text, descriptor_change("CN=Anna,OU=o," ROOT, PLAIN));
    BOOST_TEST(taken.find("Not known: the lists of the containers that hold 1 object, which may allow "
                          "deleting it") != std::string::npos,
               taken);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
