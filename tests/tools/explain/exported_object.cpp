#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include <string>
#include <tests/tools/command_run.hpp>
#include <vector>

BOOST_AUTO_TEST_SUITE(explain)
BOOST_AUTO_TEST_SUITE(exported_object)

using dsplan::exit_status;

namespace {

command_run explained(std::string const& on, std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{"explain", "--base", DSPLAN_TESTDATA "/exports/before-2016.ldf",
                                       "--on", on};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return run_command(arguments);
}

nlohmann::json origins(nlohmann::json const& explained) {
    nlohmann::json found = nlohmann::json::object();
    for (auto const& ace : explained["dacl"]["aces"])
        found[ace["origin"].get<std::string>()] = true;
    return found;
}

} // namespace

BOOST_AUTO_TEST_CASE(every_ace_says_where_it_comes_from) {
    auto const run = explained("CN=Anna Becker,OU=Sales,DC=contoso,DC=com", {"--json"});
    BOOST_TEST((run.status == exit_status::success));
    auto const json = nlohmann::json::parse(run.out);
    BOOST_TEST(json["on"] == "CN=Anna Becker,OU=Sales,DC=contoso,DC=com");
    BOOST_TEST(json["class"] == "user");
    auto const found = origins(json);
    BOOST_TEST(found.contains("class default"));
    BOOST_TEST(found.contains("inherited from DC=contoso,DC=com"));
    BOOST_TEST(!found.contains(""));
}

BOOST_AUTO_TEST_CASE(a_protected_account) {
    auto const json =
        nlohmann::json::parse(explained("CN=Adm-Ruth,OU=Admins,DC=contoso,DC=com", {"--json"}).out);
    BOOST_TEST(origins(json).contains("AdminSDHolder from CN=AdminSDHolder,CN=System,DC=contoso,DC=com"));
}

BOOST_AUTO_TEST_CASE(what_children_get) {
    auto const run = explained("OU=Sales,DC=contoso,DC=com");
    BOOST_TEST((run.status == exit_status::success));
    BOOST_TEST(run.out.starts_with("organizationalUnit  OU=Sales,DC=contoso,DC=com\nOwner  "));
    BOOST_TEST(run.out.find("\nWhat a new object right below gets\n") != std::string::npos);
    BOOST_TEST(run.out.find(" there)\n") != std::string::npos);
    BOOST_TEST(run.out.find("    nothing\n") == std::string::npos,
               run.out); // the domain gives each something
}

BOOST_AUTO_TEST_CASE(objects_that_cannot_be_explained) {
    BOOST_TEST(explained("OU=Nobody,DC=contoso,DC=com")
                   .err.ends_with("error: expected the DN, SID or name of one object of the export, found "
                                  "'OU=Nobody,DC=contoso,DC=com'\n"));
    BOOST_TEST(run_command({"explain", "--base", "x.ldf"}).err ==
               "error: expected --base with --on OBJECT and no DESCRIPTOR\n");
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
