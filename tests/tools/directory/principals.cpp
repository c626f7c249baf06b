#include <tools/dsplan/directory/principals.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <filesystem>
#include <string>
#include <vector>

BOOST_AUTO_TEST_SUITE(directory)
BOOST_AUTO_TEST_SUITE(principals)

using namespace dsplan::directory;

namespace {

struct contoso {
    std::array<std::filesystem::path, 1> files{std::filesystem::path(DSPLAN_TESTDATA) /
                                               "exports/before-2016.ldf"};
    snapshot exported = snapshot::load(files).value();
    forest around = read_forest(exported).value();

    std::vector<std::string> objects(std::string_view name) const {
        std::vector<std::string> dns;
        for (auto const* const each : find_objects(exported, around, name).found)
            dns.emplace_back(each->dn);
        return dns;
    }
    std::vector<std::string> accounts(std::string_view name) const {
        std::vector<std::string> dns;
        for (auto const* const each : find_principals(exported, around, name).found)
            dns.emplace_back(each->dn);
        return dns;
    }
};

using dns = std::vector<std::string>;

} // namespace

BOOST_AUTO_TEST_CASE(one_object_by_every_name_that_it_has) {
    contoso const from;
    dns const anna{"CN=Anna Becker,OU=Sales,DC=contoso,DC=com"};
    for (std::string const name :
         {"CN=Anna Becker,OU=Sales,DC=contoso,DC=com", "cn=anna becker, ou=sales, dc=contoso, dc=com",
          "Anna Becker", "ABECKER", "CONTOSO\\abecker", "contoso.com\\abecker", "abecker@contoso.com"}) {
        BOOST_TEST(from.objects(name) == anna, name);
        BOOST_TEST(from.accounts(name) == anna, name);
    }
}

BOOST_AUTO_TEST_CASE(a_domain_by_every_name_that_it_has) {
    contoso const from;
    for (std::string const name : {"DC=contoso,DC=com", "contoso.com", "CONTOSO.COM", "contoso",
                                   "S-1-5-21-1111111111-2222222222-3333333333"})
        BOOST_TEST(from.objects(name) == dns{"DC=contoso,DC=com"}, name);
    BOOST_TEST(from.objects("contoso.org").empty());
}

// A group of accounts and the container of accounts have one name: which of them is meant, nobody guesses.
BOOST_AUTO_TEST_CASE(a_name_of_an_account_and_of_a_place_is_the_name_of_both) {
    contoso const from;
    BOOST_TEST(from.objects("Sales") == dns{"OU=Sales,DC=contoso,DC=com"});
    BOOST_TEST(from.accounts("Sales").empty());
    BOOST_TEST(from.objects("users") ==
               (dns{"CN=Users,CN=Builtin,DC=contoso,DC=com", "CN=Users,DC=contoso,DC=com"}));
    BOOST_TEST(from.accounts("users") == dns{"CN=Users,CN=Builtin,DC=contoso,DC=com"});
    // What is neither has its name, too, where it has it alone: the crossRef of the domain does not.
    BOOST_TEST(from.objects("Partitions") == dns{"CN=Partitions,CN=Configuration,DC=contoso,DC=com"});
}

BOOST_AUTO_TEST_CASE(an_account_without_a_user_principal_name_has_one_of_its_domain) {
    contoso const from;
    BOOST_TEST(from.accounts("helpdesk@contoso.com") == dns{"CN=Helpdesk,OU=Admins,DC=contoso,DC=com"});
    BOOST_TEST(from.accounts("helpdesk@fabrikam.com").empty());
    BOOST_TEST(from.accounts("@contoso.com").empty());
}

BOOST_AUTO_TEST_CASE(names_that_are_near_are_those_of_accounts_domains_and_objects) {
    contoso const from;
    auto const near = [&](std::string_view name) {
        return find_objects(from.exported, from.around, name).nearest_names;
    };
    BOOST_TEST(near("abeckr") == dns{"CN=Anna Becker,OU=Sales,DC=contoso,DC=com"});
    BOOST_TEST(near("contso.com").front() == "DC=contoso,DC=com");
    BOOST_TEST(near("Saless") == dns{"OU=Sales,DC=contoso,DC=com"});
    BOOST_TEST(near("quite another").empty());
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
