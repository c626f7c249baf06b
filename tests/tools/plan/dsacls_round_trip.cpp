#include <tools/dsplan/plan/dsacls/read_dsacls.hpp>
#include <tools/dsplan/plan/request/plan_request.hpp>
#include <tools/dsplan/plan/request/read_toml.hpp>
#include <tools/dsplan/render/plan_dsacls.hpp>

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include <map>
#include <random>
#include <string>
#include <tests/tools/export_text.hpp>
#include <tests/tools/sddl_export.hpp>
#include <vector>

BOOST_AUTO_TEST_SUITE(plan)
BOOST_AUTO_TEST_SUITE(dsacls_round_trip)

using namespace dsplan;

namespace {

#define ROOT "DC=contoso,DC=com"
#define SID "S-1-5-21-1111111111-2222222222-3333333333-"

using generator = std::mt19937;

std::string one_of(generator& from, std::vector<std::string> const& choices) {
    return choices[from() % choices.size()];
}

std::string const& base() {
    auto const account = [](std::string_view name, std::string_view classes, std::string_view rid) {
        return entry_text(fmt::format("CN={},OU=R&D (old)," ROOT, rid), classes,
                          "O:DAG:DAD:AI(A;;RP;;;AU)S:AI",
                          sid_line(rid) + fmt::format("sAMAccountName: {}\n", name));
    };
    static std::string const text =
        entry_text(ROOT, "top domain domainDNS", "O:BAG:BAD:AI(A;CI;LCRPLORC;;;AU)S:AI",
                   "instanceType: 5\n" + sid_line(test_domain_sid)) +
        entry_text("OU=R&D (old)," ROOT, "top organizationalUnit",
                   "O:DAG:DAD:AI(D;;WP;;;" SID "1109)(A;CI;RP;;;" SID "1105)(A;CIIO;RPWP;;;" SID
                   "1109)S:AI") +
        account("ruth", "top person organizationalPerson user", "1105") +
        account("R&D ^staff", "top group", "1106") + account("50 of us@home", "top group", "1107") +
        account("a;b", "top group", "1108");
    return text;
}

// Takes all that the trustee 1109 has, or gives it to another one.
std::string random_removal(generator& from) {
    std::string const on = "on = \"OU=R&D (old)," ROOT "\"\n";
    auto const revoked = [&on](std::string const& sign) {
        return "[[revoke]]\nfrom = \"" SID "1109\"\nall = true\nsign = \"" + sign + "\"\n" + on;
    };
    return one_of(from, {"", "", revoked("allow"), revoked("allow") + revoked("deny"),
                         "[[replace-trustee]]\nold = \"" SID "1109\"\nnew = \"" SID "4713\"\n" + on});
}

std::string random_grant(generator& from) {
    return fmt::format(
        "[[{}]]\nto = \"{}\"\non = \"{}\"\nrights = [\"{}\"]\napplies-to = \"{}\"\n",
        one_of(from, {"grant", "grant", "deny"}),
        one_of(from, {"ruth", "R&D ^staff", "50 of us@home", "a;b", SID "4711", "SELF", "Everyone"}),
        one_of(from, {"OU=R&D (old)," ROOT, ROOT}),
        one_of(from, {"Reset Password", "read+write lockoutTime", "write Account Restrictions", "RPWPWD",
                      "create+delete computer", "full control", "delete", "read msTPM-OwnerInformation",
                      "all extended rights", "Validated write to DNS host name", "validated write member",
                      "change permissions, take ownership", "read+write Personal Information",
                      "all validated writes", "create all child objects, list object", "delete tree", "read",
                      "write member"}),
        one_of(from, {"this object and all descendant objects", "descendant user objects",
                      "descendant computer objects", "all descendant objects"}));
}

using octets = std::map<std::string, std::string>;

octets after(dsplan::plan::plan const& drawn) {
    octets made;
    for (auto const& domain : drawn.domains)
        for (auto const& change : domain.permissions)
            made[change.dn] = change.after;
    return made;
}

std::string shown(std::vector<failure> const& errors) {
    std::string made;
    for (auto const& each : errors)
        made += each.what + "\n" + each.detail;
    return made;
}

void check_grants(unsigned seed, dsplan::directory::snapshot const& exported, std::size_t& read_back,
                  std::size_t& removed) {
    generator from(seed);
    auto const& known = dsplan::directory::schema::built_in();
    auto const forest = dsplan::directory::read_forest(exported).value();
    dsplan::directory::membership const members(exported);
    std::string toml = "format = 1\n";
    for (auto left = 1 + from() % 4; left > 0; --left)
        toml += random_grant(from);
    toml += random_removal(from);
    auto const drawn =
        dsplan::plan::plan_request(exported, dsplan::plan::read_toml(toml, "request.toml").value(), known);
    if (!drawn || drawn->stopped || !drawn->has_changes())
        return;
    auto const text = dsplan::render::permissions_cmd(drawn->domains.front(), "digest");
    for (auto const& change : drawn->domains.front().permissions)
        if (dsplan::render::dsacls_commands(change).empty())
            return;
    auto const read = dsplan::plan::read_dsacls(
        dsplan::plan::read_script(text, "01-permissions.cmd", dsplan::plan::command_shell::cmd, {}), {},
        {exported, forest, members, known});
    BOOST_REQUIRE_MESSAGE(read.has_value(), text << shown(read ? std::vector<failure>{} : read.error()));
    auto const again = dsplan::plan::plan_request(exported, read->request, known);
    BOOST_REQUIRE_MESSAGE(again.has_value(), text << shown(again ? std::vector<failure>{} : again.error()));
    BOOST_TEST((after(*drawn) == after(*again)), toml << text);
    ++read_back;
    removed += text.find(" /R ") != std::string::npos;
}

} // namespace

// The commands that a plan writes are read as the ACEs of the plan.
BOOST_AUTO_TEST_CASE(what_is_written_is_read) {
    auto const exported = load_text(base());
    std::size_t read_back = 0;
    std::size_t removed = 0;
    for (unsigned seed = 1; seed <= 500; ++seed)
        BOOST_TEST_CONTEXT("seed " << seed) {
            check_grants(seed, exported, read_back, removed);
        }
    BOOST_TEST(read_back >= 300U);
    BOOST_TEST(removed >= 50U);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

#undef ROOT
#undef SID
