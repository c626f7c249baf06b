#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include <string>
#include <tests/tools/command_run.hpp>
#include <tests/tools/sddl_export.hpp>
#include <vector>

BOOST_AUTO_TEST_SUITE(commands)
BOOST_AUTO_TEST_SUITE(deletions)

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

command_run access(std::string const& text, std::vector<std::string> const& options) {
    temporary_directory scratch;
    auto const file = scratch.path() / "export.ldf";
    write_file(file, text);
    std::vector<std::string> arguments{"access", "--base", file.string(),       "--who",
                                       "x",      "--on",   "CN=Anna,OU=o," ROOT};
    arguments.insert(arguments.end(), options.begin(), options.end());
    return run_command(arguments);
}

command_run ask(std::string const& text, std::string const& right) {
    return access(text, {"--right", right});
}

std::string who_can(std::string const& text, std::string const& right) {
    temporary_directory scratch;
    auto const file = scratch.path() / "export.ldf";
    write_file(file, text);
    return run_command({"who-can", "--base", file.string(), "--on", "CN=Anna,OU=o," ROOT, "--right", right})
        .out;
}

} // namespace

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

// What one way of asking says, the others say.
BOOST_AUTO_TEST_CASE(the_listing_and_the_trace_look_at_the_parent_too) {
    auto const by_parent = domain(PLAIN "(OA;;DC;" USER ";;" X ")", PLAIN "(D;;DTSD;;;" X ")");
    BOOST_TEST(access(by_parent, {}).out == "x on CN=Anna,OU=o," ROOT "\n"
                                            "\nOn the object itself\n"
                                            "    delete, by delete user on the parent\n");
    auto const json = nlohmann::json::parse(access(by_parent, {"--json"}).out);
    BOOST_TEST(json["deletes_it"] == "by delete user on the parent");
    auto const traced = access(by_parent, {"--right", "delete", "--trace"});
    BOOST_TEST((traced.status == dsplan::exit_status::success));
    BOOST_TEST(traced.out.find("Asked: delete user (DC) on OU=o," ROOT "\n") != std::string::npos);
    BOOST_TEST(
        traced.out.ends_with("yes: all that is asked for is granted; so x may delete CN=Anna,OU=o," ROOT
                             ", by delete user on the parent\n"));
}

BOOST_AUTO_TEST_CASE(the_listing_and_the_trace_say_no_where_no_list_allows_it) {
    auto const by_nobody = domain(PLAIN "(D;;DC;;;" X ")", PLAIN);
    BOOST_TEST(access(by_nobody, {}).out == "x on CN=Anna,OU=o," ROOT "\n\nNo rights.\n");
    BOOST_TEST(!nlohmann::json::parse(access(by_nobody, {"--json"}).out).contains("deletes_it"));
    auto const traced = access(by_nobody, {"--right", "delete", "--trace"});
    BOOST_TEST((traced.status == dsplan::exit_status::findings));
    BOOST_TEST(traced.out.ends_with("no: at the end of the list no ACE has allowed SD\n"));
    // Its own list says it already.
    auto const by_own = access(domain(PLAIN "(A;;DC;;;" X ")", PLAIN "(A;;SD;;;" X ")"), {}).out;
    BOOST_TEST(by_own.find("    delete\n") != std::string::npos);
    BOOST_TEST(by_own.find("on the parent") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_parent_that_says_nothing_makes_the_listing_and_the_trace_say_so) {
    auto const text = domain("", PLAIN); // the unit has no descriptor
    BOOST_TEST(access(text, {}).out == "x on CN=Anna,OU=o," ROOT
                                       "\n\nNot known: whether it may be deleted: what OU=o," ROOT
                                       " allows is not known\n");
    auto const traced = access(text, {"--right", "delete", "--trace"});
    BOOST_TEST(traced.out.find("no: at the end of the list no ACE has allowed SD; what OU=o," ROOT
                               " allows is not known\n") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_bare_list_does_not_say_what_the_parent_allows) {
    auto const bare = [](std::string const& list, std::string const& right) {
        return run_command({"access", "--descriptor", list, "--as", "AU", "--right", right}).out;
    };
    BOOST_TEST(
        bare("D:(D;;SD;;;AU)", "delete")
            .ends_with("    by this list alone: delete child on the parent, whose list is not known here, "
                       "allows it, too\n"));
    BOOST_TEST(bare("D:", "delete tree").find("by this list alone: delete tree on an object above") !=
               std::string::npos);
    for (auto const& [list, right] : {std::pair("D:(A;;SD;;;AU)", "delete"),
                                      {"D:", "write description"},
                                      {"D:(D;;DC;;;AU)", "delete user"}})
        BOOST_TEST(bare(list, right).find("by this list alone") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(effect_says_where_a_tree_may_be_deleted_still) {
    auto const text = domain(PLAIN, PLAIN "(A;;DTSD;;;" X ")");
    auto const told = [&](std::string const& list) {
        temporary_directory scratch;
        write_file(scratch.path() / "export.ldf", text);
        write_file(scratch.path() / "change.ldf", descriptor_change("CN=Anna,OU=o," ROOT, list));
        return run_command({"effect", (scratch.path() / "change.ldf").string(), "--base",
                            (scratch.path() / "export.ldf").string()})
            .out;
    };
    BOOST_TEST(told(PLAIN "(A;;DT;;;" X ")").find("- delete (delete tree still allows it)  on 1 user") !=
               std::string::npos);
    BOOST_TEST(
        told(PLAIN "(D;;SD;;;" X ")(A;;DTSD;;;" X ")").find("- delete (delete tree still allows it)") !=
        std::string::npos);
    BOOST_TEST(told(PLAIN).find("still allows it") == std::string::npos);
}

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

#undef ROOT
#undef DOMAIN_SID
#undef X
#undef USER
#undef PLAIN
