#include <tools/dsplan/directory/membership.hpp>
#include <tools/dsplan/directory/protected_accounts.hpp>

#include <boost/test/unit_test.hpp>

#include <string>
#include <tests/tools/export_text.hpp>
#include <tests/tools/sddl_export.hpp>

BOOST_AUTO_TEST_SUITE(directory)
BOOST_AUTO_TEST_SUITE(protected_accounts)

namespace {

#define ROOT "DC=contoso,DC=com"

// Whether a member of the group with that SID is protected.
bool protects(std::string const& sid, std::string const& heuristics = {}) {
    auto text = entry_text(ROOT, "top domain domainDNS", "", sid_line(test_domain_sid)) +
                entry_text("CN=u," ROOT, "top person organizationalPerson user", "", sid_line("1105")) +
                entry_text("CN=g," ROOT, "top group", "", sid_line(sid) + "member: CN=u," ROOT "\n");
    if (!heuristics.empty())
        text += entry_text("CN=Directory Service,CN=Windows NT,CN=Services,CN=Configuration," ROOT, "top", "",
                           "dSHeuristics: " + heuristics + "\n");
    auto const exported = load_text(text);
    dsplan::directory::membership const members(exported);
    dsplan::directory::protected_accounts const known(exported, members);
    return known.find(*exported.find("CN=u," ROOT)).has_value();
}

} // namespace

BOOST_AUTO_TEST_CASE(members_of_the_protected_groups_are_protected) {
    for (std::string const rid : {"512", "518", "519"}) {
        BOOST_TEST(protects(rid), rid);
        BOOST_TEST(!protects("S-1-5-32-" + rid), rid);
    }
    for (std::string const rid : {"544", "548", "549", "550", "551", "552"}) {
        BOOST_TEST(protects("S-1-5-32-" + rid), rid);
        BOOST_TEST(!protects(rid), rid); // of the domain, which is another group
    }
    for (std::string const other : {"513", "516", "1200", "S-1-5-32-545", "S-1-5-32-554"})
        BOOST_TEST(!protects(other), other);
}

BOOST_AUTO_TEST_CASE(heuristics_leave_out_the_operators_they_name) {
    std::string const before = "000000000100000"; // fifteen characters
    struct left_out {
        char digit;
        std::string groups;
    };
    for (auto const& [digit, groups] : {left_out{'1', "548"},
                                        {'2', "549"},
                                        {'4', "550"},
                                        {'8', "551"},
                                        {'f', "548 549 550 551"},
                                        {'A', "549 551"},
                                        {'0', ""}})
        for (std::string const rid : {"544", "548", "549", "550", "551", "552"}) {
            bool const is_left_out = groups.find(rid) != std::string::npos;
            BOOST_TEST(protects("S-1-5-32-" + rid, before + digit) == !is_left_out, digit << ' ' << rid);
        }
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

#undef ROOT
