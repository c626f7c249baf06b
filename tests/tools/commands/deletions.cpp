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

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
