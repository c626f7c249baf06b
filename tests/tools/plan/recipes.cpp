#include <tools/dsplan/plan/recipes/import_delegwiz.hpp>
#include <tools/dsplan/plan/recipes/recipe_file.hpp>

#include <boost/test/unit_test.hpp>

#include <filesystem>
#include <sstream>
#include <string>
#include <tests/tools/command_run.hpp>
#include <tests/tools/expected_files.hpp>

BOOST_AUTO_TEST_SUITE(plan)
BOOST_AUTO_TEST_SUITE(recipes)

using namespace dsplan;
namespace room = dsplan::plan;
namespace fs = std::filesystem;

namespace {

fs::path const testdata = DSPLAN_TESTDATA;

std::string text_of(std::vector<failure> const& errors) {
    std::string made;
    for (auto const& each : errors)
        made += each.what + "\n" + each.detail;
    return made;
}

// The lines of a file but its comments, which name the plan.
std::string changes_of(fs::path const& file) {
    std::string made;
    std::istringstream lines(read_file(file));
    for (std::string line; std::getline(lines, line);)
        if (!line.starts_with("#"))
            made += line + "\n";
    return made;
}

// Every value that a parameter may have, one after the other; the others have their first.
std::vector<room::recipe_values_given> all_values(room::recipe_file const& recipe) {
    room::recipe_values_given first;
    for (auto const& each : recipe.parameters)
        first[each.name] = {each.values.empty() ? "x" : each.values.front()};
    std::vector made{first};
    for (auto const& each : recipe.parameters)
        for (auto const& value : each.values) {
            made.push_back(first);
            made.back()[each.name] = {value};
        }
    return made;
}

} // namespace

BOOST_AUTO_TEST_CASE(every_recipe_of_the_program_is_a_request_whatever_is_chosen) {
    BOOST_TEST(room::embedded_recipes().size() == 12U);
    for (auto const& recipe : room::embedded_recipes()) {
        BOOST_TEST(recipe.file == recipe.name + ".toml");
        BOOST_TEST(!recipe.sources.empty());
        BOOST_TEST(!recipe.confidence.empty());
        for (auto const& values : all_values(recipe)) {
            auto const filled = room::fill(recipe, values);
            auto const errors = text_of(filled ? std::vector<failure>{} : filled.error());
            bool const chose_nothing = errors.starts_with(recipe.file + ": the request asks for nothing\n");
            BOOST_TEST((filled.has_value() || chose_nothing), recipe.name << "\n" << errors);
        }
    }
}

BOOST_AUTO_TEST_CASE(the_recipe_for_keys_writes_what_plan_whfb_writes) {
    working_directory const here(testdata / "exports");
    temporary_directory scratch;
    auto const own = (scratch.path() / "own").string();
    auto const data = (scratch.path() / "data").string();
    auto const first = run_command(
        {"plan", "whfb", "--base", "before-2016.ldf", "--connector", "MSOL_4f2c9a1b7d3e", "--out", own});
    BOOST_TEST((first.status == exit_status::success), first.err);
    auto const second =
        run_command({"plan", "recipe", "whfb-key-sync", "--set", "connector=MSOL_4f2c9a1b7d3e", "--set",
                     "group=KeyCredential Admins", "--set", "domain=DC=contoso,DC=com", "--base",
                     "before-2016.ldf", "--out", data});
    BOOST_TEST((second.status == exit_status::success), second.err << second.out);
    for (std::string const name : {"01-permissions.ldf", "02-members.ldf"})
        BOOST_TEST(changes_of(fs::path(own) / name) == changes_of(fs::path(data) / name), name);
}

BOOST_AUTO_TEST_CASE(conditions_compare_a_parameter_with_a_word) {
    room::recipe_values_given const values{{"unlock", {"yes"}}, {"readers", {""}}};
    BOOST_TEST(room::condition_holds("", values));
    BOOST_TEST(room::condition_holds("${unlock} == yes", values));
    BOOST_TEST(room::condition_holds("${unlock}==yes", values));
    BOOST_TEST(!room::condition_holds("${unlock} == no", values));
    BOOST_TEST(room::condition_holds("${unlock} != no", values));
    BOOST_TEST(!room::condition_holds("${readers} != ", values));
    BOOST_TEST(!room::condition_holds("${unlock}", values));
    BOOST_TEST(room::filled("CN=AdminSDHolder,${unlock},${none}", values) == "CN=AdminSDHolder,yes,");
    BOOST_TEST(room::filled("${unlock", values) == "${unlock");
}

BOOST_AUTO_TEST_CASE(templates_of_the_wizard_become_recipes) {
    auto const files = room::import_delegwiz(read_file(testdata / "recipes/wizard.inf"), "wizard.inf");
    BOOST_REQUIRE_MESSAGE(files.has_value(), text_of(files ? std::vector<failure>{} : files.error()));
    named_files actual;
    for (auto const& each : *files) {
        actual.emplace(each.path, each.content);
        auto const read = room::read_recipe(each.content, each.path);
        BOOST_TEST(read.has_value(), text_of(read ? std::vector<failure>{} : read.error()));
    }
    check_expected(testdata / "recipes/imported", actual);
}

BOOST_AUTO_TEST_CASE(what_is_wrong_in_a_file_of_the_wizard_is_said_all_at_once) {
    auto const files = room::import_delegwiz("[DelegationTemplates\n"
                                             "stray\n"
                                             "[DelegationTemplates]\n"
                                             "Templates = a, b, c\n"
                                             "[a]\n"
                                             "ObjectTypes = SCOPE, user\n"
                                             "[a.SCOPE]\n"
                                             "member = RP,XX\n"
                                             "user =\n"
                                             "[c]\n",
                                             "wizard.inf");
    BOOST_REQUIRE(!files.has_value());
    BOOST_TEST(text_of(files.error()) ==
               "wizard.inf:1: expected a section in brackets, found '[DelegationTemplates'\n"
               "wizard.inf:2: expected KEY = VALUE in a section, found 'stray'\n"
               "wizard.inf:8: expected letters of rights, found 'XX'\n"
               "  as in RP,WP\n"
               "wizard.inf:9: expected letters of rights for 'user', found none\n"
               "wizard.inf:5: there is no section [a.user], and ObjectTypes of [a] names it\n"
               "wizard.inf:5: [a] grants nothing\n"
               "wizard.inf:1: there is no section [b], and the list of templates names it\n"
               "wizard.inf:10: [c] grants nothing\n");
    auto const none = room::import_delegwiz("", "wizard.inf");
    BOOST_TEST(text_of(none.error()) ==
               "wizard.inf:1: expected the section [DelegationTemplates] with Templates = …, found none\n");
}

BOOST_AUTO_TEST_CASE(recipes_are_listed_shown_and_imported) {
    working_directory const here(testdata / "recipes");
    temporary_directory scratch;
    auto const list = run_command({"recipe", "list"});
    auto const page = run_command({"recipe", "show", "windows-laps"});
    auto const toml = run_command({"recipe", "show", "gpo-link", "--toml"});
    BOOST_TEST(toml.out.starts_with("format = 1\n\n[recipe]\nname = \"gpo-link\"\n"));
    check_expected(testdata / "recipes/shown",
                   {{"list", list.out + list.err}, {"windows-laps", page.out + page.err}});

    auto const out = (scratch.path() / "own").string();
    auto const imported = run_command({"recipe", "import", "wizard.inf", "--out", out});
    BOOST_TEST(imported.out ==
               "manage-the-printers-of-a-branch.toml\nreset-passwords-and-unlock-accounts.toml\n");
    auto const planned = run_command(
        {"plan", "recipe", "reset-passwords-and-unlock-accounts", "--recipes", out, "--set", "group=Helpdesk",
         "--set", "unit=OU=Sales,DC=contoso,DC=com", "--base", "../exports/before-2016.ldf"});
    BOOST_TEST((planned.status == exit_status::success), planned.err);
    BOOST_TEST(planned.out.find("4 ACEs to add") != std::string::npos, planned.out);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
