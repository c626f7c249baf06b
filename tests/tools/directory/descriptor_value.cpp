#include <tools/dsplan/directory/descriptor_value.hpp>

#include <boost/test/unit_test.hpp>

#include <array>
#include <optional>
#include <string>
#include <tests/tools/command_run.hpp>
#include <tests/tools/sddl_export.hpp>

BOOST_AUTO_TEST_SUITE(directory)
BOOST_AUTO_TEST_SUITE(descriptor_value)

namespace {

#define ROOT "DC=contoso,DC=com"
#define USER "CN=Ruth,OU=Sales," ROOT

struct written_value {
    std::string attribute;
    std::string octets;
    std::string message; ///< empty for a value that a domain controller takes
    std::string hint;
};

std::string octets_of(std::string_view sddl) {
    auto const bytes = dsplan::sddl::write_self_relative(dsplan::sddl::parse(sddl, test_sids()).value());
    return {reinterpret_cast<char const*>(bytes.data()), bytes.size()}; // octets are octets
}

std::vector<written_value> written_values() {
    std::string const descriptor = "nTSecurityDescriptor";
    std::string const whole = octets_of("O:DAG:DAD:(A;;RPLC;;;AU)");
    return {
        {descriptor, whole, "", ""},
        {"ntsecuritydescriptor", whole, "", ""},
        {descriptor, "D:(A;;GA;;;WD)",
         "expected the octets of a descriptor for nTSecurityDescriptor, found SDDL text",
         "dsplan convert makes the octets; write them in base64 after '::'"},
        {descriptor, whole.substr(0, 12),
         "expected the 20 octets of a security descriptor's header, found 12 octets",
         "octet 0 of nTSecurityDescriptor; was the value cut off?"},
        {descriptor, "hello", "expected the 20 octets of a security descriptor's header, found 5 octets",
         "octet 0 of nTSecurityDescriptor; was the value cut off?"},
        {descriptor, octets_of("O:DAG:DA"),
         "expected a security descriptor with a DACL, found one without: a domain controller refuses it", ""},
        {"msDS-AllowedToActOnBehalfOfOtherIdentity", octets_of("O:BA"), "", ""},
        {"msDS-AllowedToActOnBehalfOfOtherIdentity", "hello",
         "expected the 20 octets of a security descriptor's header, found 5 octets",
         "octet 0 of msDS-AllowedToActOnBehalfOfOtherIdentity; was the value cut off?"},
        {"description", "hello", "", ""}, // any octets
    };
}

std::string line_of(written_value const& it) {
    return it.attribute + ":: " + dsplan::ldif::encode_base64(it.octets) + "\n";
}

std::array<std::string, 2> changes_with(written_value const& it) {
    return {"dn: " USER "\nchangetype: modify\nreplace: " + it.attribute + "\n" + line_of(it) + "-\n\n",
            "dn: CN=New,OU=Sales," ROOT "\nchangetype: add\nobjectClass: computer\n"
            "sAMAccountName: NEW$\n" +
                line_of(it) + "\n"};
}

bool says(std::string const& text, std::string const& what) {
    return text.find(what) != std::string::npos;
}

} // namespace

BOOST_AUTO_TEST_CASE(every_command_refuses_what_is_no_descriptor_with_the_same_words) {
    temporary_directory const scratch;
    working_directory const inside(scratch.path());
    write_file(scratch.path() / "base.ldf", small_domain());
    for (auto const& it : written_values())
        for (auto const& change : changes_with(it)) {
            write_file(scratch.path() / "change.ldf", change);
            for (std::vector<std::string> const& arguments : std::vector<std::vector<std::string>>{
                     {"ldif", "apply", "change.ldf", "--to", "base.ldf"},
                     {"ldif", "check", "change.ldf"},
                     {"ldif", "check", "change.ldf", "--base", "base.ldf"},
                     {"ldif", "invert", "change.ldf", "--base", "base.ldf", "--complete"},
                     {"effect", "change.ldf", "--base", "base.ldf"},
                     {"review", "change.ldf", "--base", "base.ldf"}})
                BOOST_TEST_CONTEXT(arguments.at(0) << ' ' << arguments.at(1) << " of\n" << change) {
                    auto const run = run_command(arguments);
                    auto const told = run.out + run.err;
                    if (it.message.empty()) {
                        BOOST_TEST(!says(told, "security descriptor's header"), told);
                        BOOST_TEST(!says(told, "a domain controller refuses it"), told);
                        BOOST_TEST(
                            (arguments.at(0) == "review" || run.status == dsplan::exit_status::success),
                            told);
                    } else {
                        BOOST_TEST(says(told, it.message), told);
                        bool const has_hint_of_its_own = arguments.at(1) == "invert";
                        BOOST_TEST((has_hint_of_its_own || says(told, it.hint)), told);
                        BOOST_TEST((run.status != dsplan::exit_status::success));
                    }
                }
        }
}

BOOST_AUTO_TEST_CASE(an_old_value_that_is_no_descriptor_may_be_deleted) {
    auto const line = "nTSecurityDescriptor:: " + dsplan::ldif::encode_base64("hello") + "\n";
    temporary_directory const scratch;
    working_directory const inside(scratch.path());
    write_file(scratch.path() / "base.ldf", "dn: " ROOT "\nobjectClass: domainDNS\n" + line + "\n");
    write_file(scratch.path() / "change.ldf",
               "dn: " ROOT "\nchangetype: modify\ndelete: nTSecurityDescriptor\n" + line +
                   "-\nadd: nTSecurityDescriptor\n" + descriptor_line("O:DAG:DAD:") + "-\n\n");
    auto const run = run_command({"ldif", "apply", "change.ldf", "--to", "base.ldf"});
    BOOST_TEST((run.status == dsplan::exit_status::success), run.err);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()

#undef ROOT
#undef USER
