#include <tools/dsplan/directory/principal_index.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <filesystem>
#include <string>

BOOST_AUTO_TEST_SUITE(directory)
BOOST_AUTO_TEST_SUITE(principal_index)

using namespace dsplan::directory;

// One by one and by the index: the same accounts, in the same order, and the same names that are near.
BOOST_AUTO_TEST_CASE(it_finds_what_a_search_finds) {
    std::array const files{std::filesystem::path(DSPLAN_TESTDATA) / "exports/before-2016.ldf"};
    auto const exported = snapshot::load(files).value();
    auto const around = read_forest(exported).value();
    dsplan::directory::principal_index const index(exported, around);
    for (std::string const name : {"Helpdesk",
                                   "hELPDESK",
                                   "klund",
                                   "klund@contoso.com",
                                   "CONTOSO\\klund",
                                   "helpdesk@contoso.com",
                                   "Helpdesk@fabrikam.com",
                                   "CONTOSO\\klund@contoso.com",
                                   "contoso.com\\Kira Lund",
                                   "FABRIKAM\\klund",
                                   "WS02",
                                   "WS02$",
                                   "Kira Lund",
                                   "svc-sync",
                                   "Users",
                                   "CN=Helpdesk,OU=Admins,DC=contoso,DC=com",
                                   "OU=Sales,DC=contoso,DC=com",
                                   "S-1-5-21-1111111111-2222222222-3333333333-1103",
                                   "<SID=S-1-5-21-1111111111-2222222222-3333333333-1103>",
                                   "S-1-5-32-544",
                                   "helpdsk",
                                   "Quinn, Rosa",
                                   "",
                                   "\\",
                                   "CONTOSO\\",
                                   "\\klund"}) {
        auto const searched = find_principals(exported, around, name);
        auto const looked_up = index.find(name);
        BOOST_TEST((searched.found == looked_up.found), name);
        BOOST_TEST(searched.nearest_names == looked_up.nearest_names, boost::test_tools::per_element());
    }
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
