#include <ldif/name_with_data.hpp>

#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <tests/tools/command_run.hpp>
#include <tests/tools/expected_files.hpp>
#include <tests/tools/key_credential_value.hpp>

BOOST_AUTO_TEST_SUITE(commands)
BOOST_AUTO_TEST_SUITE(keys)

using dsplan::exit_status;

namespace {

constexpr char const* domain = "DC=contoso,DC=com";
constexpr char const* device =
    "\ndn: CN=11111111-1111-1111-1111-111111111111,CN=RegisteredDevices,DC=contoso,DC=com\n"
    "objectClass: msDS-Device\n";

std::string dn_of(std::string const& name) {
    return "CN=" + name + ",CN=Users," + domain;
}

std::string value_of(std::string const& blob, std::string const& owner) {
    return "msDS-KeyCredentialLink: " + dsplan::ldif::to_string({.data = blob, .dn = dn_of(owner)}) + "\n";
}

std::string account(std::string const& name, unsigned identifier, std::string const& lines,
                    std::string const& object_class = "user") {
    return "\ndn: " + dn_of(name) + "\nobjectClass: " + object_class +
           "\nobjectSid: S-1-5-21-1111111111-2222222222-3333333333-" + std::to_string(identifier) +
           "\nsAMAccountName: " + name + "\n" + lines;
}

// Another key for each seed.
key_plan key_of(char seed) {
    auto modulus = test_modulus(2048);
    modulus[100] = seed;
    key_plan made;
    made.material = rsa_blob(modulus);
    made.created = 637'450'560'000'000'000; // 2021-01-01 00:00:00 UTC, as Entra ID writes it
    return made;
}

command_run keys_in(std::string const& content, std::vector<std::string> more = {}) {
    temporary_directory scratch;
    working_directory const here(scratch.path());
    write_file(scratch.path() / "base.ldf",
               "dn: " + std::string(domain) +
                   "\nobjectClass: domainDNS\nobjectSid: S-1-5-21-1111111111-2222222222-3333333333\n" +
                   content + "\n");
    more.insert(more.begin(), {"keys", "--base", "base.ldf"});
    return run_command(more);
}

std::vector<std::string> rules_in(std::string const& content) {
    auto const run = keys_in(content, {"--format", "json"});
    BOOST_REQUIRE_MESSAGE(run.status != exit_status::error, run.err);
    std::vector<std::string> rules;
    auto const document = nlohmann::json::parse(run.out);
    for (auto const& key : document.at("keys"))
        for (auto const& found : key.at("findings"))
            rules.push_back(found.at("rule"));
    BOOST_TEST((run.status == (rules.empty() ? exit_status::success : exit_status::findings)));
    return rules;
}

using rule_names = std::vector<std::string>;

} // namespace

BOOST_AUTO_TEST_CASE(a_key_as_entra_writes_it_has_no_finding) {
    BOOST_TEST(
        (rules_in(device + account("anna", 1101, value_of(key_blob(key_of('a')), "anna"))) == rule_names{}));
}

BOOST_AUTO_TEST_CASE(hashes_are_computed_again) {
    auto blob = key_blob(key_of('a'));
    auto key_id = blob;
    key_id[10] = static_cast<char>(key_id[10] ^ 1);
    BOOST_TEST(
        (rules_in(device + account("anna", 1101, value_of(key_id, "anna"))) == rule_names{"key-mismatch"}));
    auto last = blob;
    last.back() = static_cast<char>(last.back() ^ 1);
    BOOST_TEST(
        (rules_in(device + account("anna", 1101, value_of(last, "anna"))) == rule_names{"key-mismatch"}));
}

BOOST_AUTO_TEST_CASE(a_short_key_is_weak) {
    key_plan shorter;
    shorter.material = rsa_blob(test_modulus(1024));
    BOOST_TEST((rules_in(device + account("anna", 1101, value_of(key_blob(shorter), "anna"))) ==
                rule_names{"key-weak"}));
    key_plan longer;
    longer.material = rsa_blob(test_modulus(3072));
    BOOST_TEST(
        (rules_in(device + account("anna", 1101, value_of(key_blob(longer), "anna"))) == rule_names{}));
}

BOOST_AUTO_TEST_CASE(the_same_key_elsewhere_is_a_duplicate_on_both) {
    auto const same = key_blob(key_of('a'));
    auto const both =
        device + account("anna", 1101, value_of(same, "anna")) + account("ben", 1102, value_of(same, "ben"));
    BOOST_TEST((rules_in(both) == rule_names{"key-duplicate", "key-duplicate"}));
    BOOST_TEST(keys_in(both, {"--who", "ben"})
                   .out.find("✗ key-duplicate: " + dn_of("anna") + " has the same key\n") !=
               std::string::npos);
    BOOST_TEST((rules_in(device + account("anna", 1101, value_of(key_blob(key_of('a')), "anna")) +
                         account("ben", 1102, value_of(key_blob(key_of('b')), "ben"))) == rule_names{}));
}

BOOST_AUTO_TEST_CASE(a_key_of_another_account_is_named) {
    BOOST_TEST((rules_in(device + account("anna", 1101, value_of(key_blob(key_of('a')), "ben"))) ==
                rule_names{"key-owner"}));
    BOOST_TEST(
        (rules_in(device + account("anna", 1101, value_of(key_blob(key_of('a')), "ANNA"))) == rule_names{}));
}

BOOST_AUTO_TEST_CASE(keys_of_privileged_accounts_are_named) {
    auto const key = value_of(key_blob(key_of('a')), "anna");
    auto const admins = "\ndn: CN=Domain Admins,CN=Users,DC=contoso,DC=com\nobjectClass: group\nobjectSid: "
                        "S-1-5-21-1111111111-2222222222-3333333333-512\nmember: " +
                        dn_of("anna") + "\n";
    BOOST_TEST((rules_in(device + account("anna", 1101, key) + admins) == rule_names{"key-on-privileged"}));
    BOOST_TEST((rules_in(device + account("anna", 1101, key + "adminCount: 1\n")) ==
                rule_names{"key-on-privileged"}));
    BOOST_TEST((rules_in(device + account("anna", 1101, key + "userAccountControl: 532480\n", "computer")) ==
                rule_names{"key-on-privileged"}));
    BOOST_TEST((rules_in(device + account("anna", 1101, key + "userAccountControl: 512\n")) == rule_names{}));
}

BOOST_AUTO_TEST_CASE(a_key_that_active_directory_wrote_belongs_to_a_computer) {
    auto local = key_of('a');
    local.source = 0;
    auto const key = value_of(key_blob(local), "anna");
    BOOST_TEST((rules_in(device + account("anna", 1101, key)) == rule_names{"key-source"}));
    BOOST_TEST((rules_in(device + account("anna", 1101, key, "computer")) == rule_names{}));
}

BOOST_AUTO_TEST_CASE(an_orphaned_device_is_named_where_devices_are_known) {
    auto other = key_of('a');
    other.device = std::string(16, '\x22');
    auto const key = account("anna", 1101, value_of(key_blob(other), "anna"));
    BOOST_TEST((rules_in(device + key) == rule_names{"key-device-unknown"}));
    BOOST_TEST((rules_in(key) == rule_names{}));
    BOOST_TEST(
        keys_in(key).out.find("Not known: whether the devices exist; the export holds no msDS-Device.\n") !=
        std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_value_that_is_no_key_is_a_finding) {
    BOOST_TEST((rules_in(device +
                         account("anna", 1101, "msDS-KeyCredentialLink: B:4:0102:" + dn_of("anna") + "\n")) ==
                rule_names{"unreadable-value"}));
}

BOOST_AUTO_TEST_CASE(an_export_without_keys_says_what_that_may_mean) {
    auto const run = keys_in(account("anna", 1101, ""));
    BOOST_TEST((run.status == exit_status::success));
    BOOST_TEST(
        run.out.starts_with("No msDS-KeyCredentialLink on 1 account of the export. An export that left the "
                            "attribute out looks the same; this one holds it:\n"),
        run.out);
}

BOOST_AUTO_TEST_CASE(an_account_that_is_not_there_gets_the_nearest_name) {
    auto const run = keys_in(account("anna", 1101, ""), {"--who", "anne"});
    BOOST_TEST((run.status == exit_status::error));
    BOOST_TEST(run.err ==
               "error: expected the name of one account of the export, found 'anne'\n  did you mean anna?\n");
}

// What keys.schema.json is held against.
BOOST_AUTO_TEST_CASE(answers_are_as_expected) {
    key_plan weak;
    weak.material = rsa_blob(test_modulus(1024));
    auto const content = device + account("anna", 1101, value_of(key_blob(key_of('a')), "anna")) +
                         account("ben", 1102, value_of(key_blob(weak), "anna")) +
                         account("carl", 1103, "msDS-KeyCredentialLink: B:4:0102:" + dn_of("carl") + "\n");
    check_expected(
        std::filesystem::path(DSPLAN_TESTDATA) / "keys/three-accounts/expected",
        {{"keys.json", keys_in(content, {"--format", "json"}).out}, {"keys.txt", keys_in(content).out}});
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
