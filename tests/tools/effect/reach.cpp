#include <ldif/reader.hpp>
#include <tools/dsplan/directory/membership.hpp>
#include <tools/dsplan/directory/schema.hpp>
#include <tools/dsplan/effect/reach.hpp>

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include <string>
#include <tests/tools/export_text.hpp>
#include <tests/tools/sddl_export.hpp>
#include <vector>

BOOST_AUTO_TEST_SUITE(effect)
BOOST_AUTO_TEST_SUITE(reach)

using namespace dsplan;

namespace {

#define ROOT "DC=contoso,DC=com"
#define PHONE "bf967a49-0de6-11d0-a285-00aa003049e2"
#define DOMAIN_SID "S-1-5-21-1111111111-2222222222-3333333333"

using lines = std::vector<std::string>;

// "3 of 4" gained and asked, then "DN: obstacle because" of each that it does not arrive at.
lines measure(std::string const& root_aces, std::string const& base = small_domain()) {
    auto const exported = load_text(base);
    dsplan::directory::membership const members(exported);
    auto const& known = dsplan::directory::schema::built_in();
    dsplan::effect::change_context const context{exported, known, [](dsplan::directory::entry const*) {
                                                     return test_sids();
                                                 }};
    std::vector<dsplan::ldif::record> changes;
    auto const text = descriptor_change(ROOT, "O:BAG:BAD:AI" + root_aces + "(A;CI;LCRPLORC;;;AU)");
    auto reader = dsplan::ldif::reader::from_text(text);
    while (auto const* const next = reader.next().value())
        changes.push_back(*next);
    auto const projected = dsplan::effect::project(context, members, changes).value();
    auto const right = dsplan::access::parse_right("write telephoneNumber", known).value();
    dsplan::sddl::security_token const token({dsplan::sddl::parse_sid(DOMAIN_SID "-4711").value()});
    auto const measured =
        dsplan::effect::measure_reach(projected,
                                      {right, token, token,
                                       [&](dsplan::access::object_index object) {
                                           return exported.entries()[object].structural_class() == "user";
                                       }},
                                      dsplan::directory::protected_accounts(exported, members));
    lines told{
        fmt::format("{} already, {} gained of {}", measured.already, measured.gained, measured.objects)};
    for (auto const& missed : measured.not_reached)
        told.push_back(fmt::format("{}: {} {}", missed.dn, static_cast<int>(missed.why), missed.because));
    return told;
}

std::string without(std::string text, std::string const& dn) {
    auto const begin = text.find("dn: " + dn + "\n");
    return text.erase(begin, text.find("\n\n", begin) + 2 - begin);
}

} // namespace

#define TEST_LINES(actual, ...) BOOST_TEST((actual) == (lines __VA_ARGS__), boost::test_tools::per_element())

BOOST_AUTO_TEST_CASE(protection_and_closed_units_keep_a_grant_away) {
    TEST_LINES(measure("(OA;CI;WP;" PHONE ";;" DOMAIN_SID "-4711)"),
               {"0 already, 2 gained of 4", "CN=Adm,OU=Sales," ROOT ": 0 CN=Administrators,CN=Builtin," ROOT,
                "CN=Vera,OU=Closed," ROOT ": 1 OU=Closed," ROOT});
}

BOOST_AUTO_TEST_CASE(a_denial_is_named_where_somebody_put_it) {
    TEST_LINES(measure("(OD;CI;WP;" PHONE ";;" DOMAIN_SID "-4711)(OA;CI;WP;" PHONE ";;" DOMAIN_SID "-4711)"),
               {"0 already, 0 gained of 4", "CN=Adm,OU=Sales," ROOT ": 0 CN=Administrators,CN=Builtin," ROOT,
                "CN=Ruth,OU=Sales," ROOT ": 2 " ROOT, "CN=Theo,OU=Sales," ROOT ": 2 " ROOT,
                "CN=Vera,OU=Closed," ROOT ": 1 OU=Closed," ROOT});
}

BOOST_AUTO_TEST_CASE(without_a_grant_nothing_is_in_the_way) {
    TEST_LINES(measure(""),
               {"0 already, 0 gained of 4", "CN=Adm,OU=Sales," ROOT ": 0 CN=Administrators,CN=Builtin," ROOT,
                "CN=Ruth,OU=Sales," ROOT ": 3 ", "CN=Theo,OU=Sales," ROOT ": 3 ",
                "CN=Vera,OU=Closed," ROOT ": 1 OU=Closed," ROOT});
}

BOOST_AUTO_TEST_CASE(what_the_export_lacks_is_not_judged) {
    TEST_LINES(
        measure("(OA;CI;WP;" PHONE ";;" DOMAIN_SID "-4711)", without(small_domain(), "OU=Sales," ROOT)),
        {"0 already, 0 gained of 4", "CN=Adm,OU=Sales," ROOT ": 0 CN=Administrators,CN=Builtin," ROOT,
         "CN=Ruth,OU=Sales," ROOT ": 4 CN=Ruth,OU=Sales," ROOT,
         "CN=Theo,OU=Sales," ROOT ": 4 CN=Theo,OU=Sales," ROOT,
         "CN=Vera,OU=Closed," ROOT ": 1 OU=Closed," ROOT});
}

BOOST_AUTO_TEST_CASE(a_protected_account_without_its_holder_is_not_reached) {
    TEST_LINES(measure("(OA;CI;WP;" PHONE ";;" DOMAIN_SID "-4711)",
                       without(small_domain(), "CN=AdminSDHolder,CN=System," ROOT)),
               {"0 already, 2 gained of 4", "CN=Adm,OU=Sales," ROOT ": 0 CN=Administrators,CN=Builtin," ROOT,
                "CN=Vera,OU=Closed," ROOT ": 1 OU=Closed," ROOT});
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

#undef ROOT
#undef PHONE
#undef DOMAIN_SID
#undef TEST_LINES
