#include <tests/tools/paths_domain.hpp>

BOOST_AUTO_TEST_SUITE(paths)
BOOST_AUTO_TEST_SUITE(synchronisation_hosts)

// Accounts of the synchronisation with Entra ID, which their descriptions tie to a host.

using namespace paths_domain;

namespace {

std::string const computer = user + " computer";
std::string const account_dn = "CN=MSOL_4f2c,OU=Service," + root;
std::string const runs_there = "if the service still runs there, as the account's description says, and "
                               "control of the computer's account "
                               "gives control of the host";

std::string described(std::string const& text) {
    return text.empty() ? text : "description: " + text + "\n";
}

// Helpdesk controls the computer AADC1; the account may take over the domain.
std::string directory(std::string const& description) {
    return base() + in_helpdesk() +
           account("CN=AADC1,OU=Service", "1403", "AADC1$",
                   fmt::format("O:DAG:DAD:AI(OA;;CR;{};;{})(A;;GA;;;DA)", reset, helpdesk),
                   "dNSHostName: aadc1.contoso.com\n", computer) +
           account("CN=MSOL_4f2c,OU=Service", "1402", "MSOL_4f2c", own, described(description)) +
           "dn: CN=Server Admins,OU=Staff," + root + "\nmember: " + account_dn + "\n\n";
}

std::string const way = "1: Helpdesk reset-password AADC1$, AADC1$ host-account MSOL_4f2c " + runs_there +
                        ", MSOL_4f2c member Server Admins, Server Admins change-permissions " + root;

lines from_ann(std::string const& text) {
    return ways(text, {.conditional = true, .from = "ann"});
}

std::string description_change(std::string const& dn, std::string const& operation,
                               std::string const& value) {
    return fmt::format("dn: {}\nchangetype: modify\n{}: description\n{}-\n\n", dn, operation,
                       described(value));
}

std::string const on_aadc1 = "Account created by Microsoft Azure Active Directory Connect with installation "
                             "identifier 4f2c running on computer AADC1 configured to synchronize to tenant "
                             "contoso.onmicrosoft.com.";

} // namespace

BOOST_AUTO_TEST_CASE(every_spelling_of_the_host_is_found) {
    TEST_LINES(from_ann(directory(on_aadc1)), {way});
    for (std::string const text :
         {"Service account for the Synchronization Service running on computer 'AADC1'.",
          "running on computer \"aadc1\" configured to synchronize", "running on computer aadc1.contoso.com.",
          "Running on Computer AADC1"})
        TEST_LINES(from_ann(directory(text)), {way});
    TEST_LINES(ways(directory(on_aadc1), {.from = "ann"}), {}); // only on a condition
}

BOOST_AUTO_TEST_CASE(other_hosts_and_other_texts_are_not_taken) {
    for (std::string const text : {"", "running on computer", "running on computer ''", "AADC1",
                                   "running on computer AADC10", "running on computer aadc1.fabrikam.com"})
        TEST_LINES(from_ann(directory(text)), {});
    auto other = directory(on_aadc1);
    auto const at = other.find("sAMAccountName: MSOL_4f2c");
    other.replace(at, 25, "sAMAccountName: connector");
    BOOST_TEST(from_ann(other).size() == 1U); // its DN is enough
    for (auto place = other.find("CN=MSOL_4f2c"); place != std::string::npos;
         place = other.find("CN=MSOL_4f2c"))
        other.replace(place, 12, "CN=connector");
    TEST_LINES(from_ann(other), {});
}

BOOST_AUTO_TEST_CASE(what_is_not_known_of_a_host_is_named) {
    auto const without = ask(directory(""), {}).not_looked_for;
    BOOST_TEST(
        (std::find(without.begin(), without.end(),
                   "the host of MSOL_4f2c: no description in the export that names it") != without.end()));
    auto const elsewhere = ask(directory("running on computer FAB9 today"), {}).unknown;
    BOOST_TEST(
        (std::find(elsewhere.begin(), elsewhere.end(),
                   "what leads to FAB9, the host of MSOL_4f2c: no computer in the export is called so") !=
         elsewhere.end()));
    for (auto const& each : ask(directory(on_aadc1), {}).not_looked_for)
        BOOST_TEST(each.find("the host of") == std::string::npos, each);
}

BOOST_AUTO_TEST_CASE(a_change_of_the_description_opens_and_closes) {
    auto const opened = ask(directory(""), description_change(account_dn, "add", on_aadc1));
    BOOST_REQUIRE(opened.changes.size() == 1U);
    BOOST_TEST((opened.changes.front().what == dsplan::paths::path_change::conditional));
    BOOST_TEST(opened.changes.front().changed_object == account_dn);
    BOOST_TEST(opened.changes.front().changed_attribute == "description");
    auto const closed = ask(directory(on_aadc1), description_change(account_dn, "delete", ""));
    BOOST_REQUIRE(closed.changes.size() == 1U);
    BOOST_TEST((closed.changes.front().what == dsplan::paths::path_change::closes));
}

// Descriptions of other accounts are not kept: whether a value is there to delete is not known.
BOOST_AUTO_TEST_CASE(descriptions_of_others_are_not_kept) {
    auto const text =
        directory(on_aadc1) + account("CN=Bob,OU=Staff", "1102", "bob", own, "description: Bob\n");
    auto const exported = load_text(text);
    std::size_t kept = 0;
    for (auto const& entry : exported.entries())
        kept += entry.first(dsplan::directory::attribute::description).has_value();
    BOOST_TEST(kept == 1U);
    TEST_LINES(
        changes(text, description_change("CN=Bob,OU=Staff," + root, "delete", "Bob") +
                          member_change("CN=Server Admins,OU=Staff," + root, "CN=Bob,OU=Staff," + root)),
        {"opens 1: +bob member Server Admins, Server Admins change-permissions " + root});
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
