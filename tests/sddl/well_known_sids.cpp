#include <sddl/parse.hpp>
#include <sddl/well_known_sids.hpp>
#include <sddl/write.hpp>

#include <boost/test/unit_test.hpp>

#include <string>

using namespace dsplan::sddl;

namespace {

std::string name_of(std::string_view text) {
    domain_sids const contoso{parse_sid("S-1-5-21-1-2-3").value(), parse_sid("S-1-5-21-1-2-3").value()};
    auto const account = parse_sid(text).value();
    if (auto const* const row = find_well_known(account, contoso))
        return std::string(row->name);
    return std::string(kind_of(account));
}

} // namespace

BOOST_AUTO_TEST_SUITE(well_known_sids)

BOOST_AUTO_TEST_CASE(names_without_an_alias) {
    BOOST_TEST(name_of("S-1-5-32-560") == "Windows Authorization Access Group");
    BOOST_TEST(name_of("S-1-5-32-557") == "Incoming Forest Trust Builders");
    BOOST_TEST(name_of("S-1-5-64-10") == "NTLM Authentication");
    BOOST_TEST(name_of("S-1-5-80-0") == "All Services");
    BOOST_TEST(name_of("S-1-5-113") == "Local account");
    BOOST_TEST(name_of("S-1-5-1000") == "Other Organization");
    BOOST_TEST(name_of("S-1-0-0") == "Null");
    BOOST_TEST(name_of("S-1-18-4") == "Key Trust Identity");
    BOOST_TEST(name_of("S-1-5-21-1-2-3-502") == "krbtgt");
    BOOST_TEST(name_of("S-1-5-21-1-2-3-521") == "Read-only Domain Controllers");
    BOOST_TEST(name_of("S-1-5-21-1-2-3-572") == "Denied RODC Password Replication Group");
}

BOOST_AUTO_TEST_CASE(kinds_of_sids) {
    BOOST_TEST(name_of("S-1-5-80-1-2-3-4-5") == "a service");
    BOOST_TEST(name_of("S-1-5-82-1-2-3-4-5") == "an IIS application pool");
    BOOST_TEST(name_of("S-1-5-5-0-123") == "a logon session");
    BOOST_TEST(name_of("S-1-5-5-0") == "");
    BOOST_TEST(name_of("S-1-5-81-1-2-3-4-5") == "");
    BOOST_TEST(name_of("S-1-5-21-1-2-4-502") == "");
    BOOST_TEST(name_of("S-1-5-502") == "");
}

// A name of its own makes no alias: what Windows prints stays a SID.
BOOST_AUTO_TEST_CASE(a_name_without_an_alias_is_written_as_a_sid) {
    BOOST_TEST(write(parse("O:S-1-5-32-560D:(A;;FA;;;S-1-0-0)").value()) ==
               "O:S-1-5-32-560D:(A;;FA;;;S-1-0-0)");
    for (auto const& row : dsplan::sddl::well_known_sids)
        if (row.scope == sid_scope::universal)
            BOOST_TEST(find_well_known(row.value, {}) == &row);
}

BOOST_AUTO_TEST_CASE(names_and_accounts_of_other_tools_get_a_way_out) {
    auto const hint = [](std::string_view account) {
        return parse("O:BAD:(A;;FA;;;" + std::string(account) + ")").error().hint;
    };
    BOOST_TEST(hint("BUILTIN\\Administrators") == "did you mean BA (Administrators)?");
    BOOST_TEST(hint("everyone") == "did you mean WD (Everyone)?");
    BOOST_TEST(hint("NT AUTHORITY\\Batch") == "did you mean S-1-5-3 (Batch)?");
    BOOST_TEST(hint("CONTOSO\\Domain Admins") == "did you mean DA (Domain Admins)?");
    BOOST_TEST(hint("CONTOSO\\anna") == "SDDL takes a SID here; the objectSid of the account has it");
    BOOST_TEST(hint("anna@contoso.com") == "SDDL takes a SID here; the objectSid of the account has it");
    BOOST_TEST(hint("B1") == "did you mean BA (Administrators)?");
}

BOOST_AUTO_TEST_SUITE_END()
