#include <sddl/parse.hpp>
#include <tools/dsplan/access/right_query.hpp>

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

namespace tests { // the C library has a function called access
BOOST_AUTO_TEST_SUITE(access)
BOOST_AUTO_TEST_SUITE(right_query)

namespace {

using namespace dsplan;

// The holder of every ACE.
#define WHO "S-1-5-21-1-2-3-1105"
#define PHONE "bf967a49-0de6-11d0-a285-00aa003049e2"
#define PERSONAL "77b5b886-944a-11d1-aebd-0000f80367c1"
#define RECOVERY "43061ac1-c8ad-4ccc-b785-2bfac20fc60a"
#define PRIVATE "91e647de-d96f-4b70-9557-d63ff4f3ccd8"
#define MEMBER "bf9679c0-0de6-11d0-a285-00aa003049e2"
#define MEMBERSHIP "bc0ac240-79a9-11d0-9020-00c04fc2d4cf"
#define SPN "f3a64788-5306-11d1-a9c5-0000f80367c1"
#define PUBLIC "e48d0154-bcf8-11d1-8702-00c04fb96050"
#define RESET "00299570-246d-11d0-a768-00aa006e0529"
#define USER "bf967aba-0de6-11d0-a285-00aa003049e2"

// "yes", "no" or "no: the remark".
std::string asked(std::string_view class_name, std::string_view sddl, std::string_view right) {
    auto const& known = dsplan::directory::schema::built_in();
    auto const query = dsplan::access::parse_right(right, known);
    if (!query)
        return query.error().what;
    auto const descriptor = dsplan::sddl::parse(sddl).value();
    dsplan::sddl::security_token const token({dsplan::sddl::parse_sid(WHO).value()});
    dsplan::directory::object_classes const classes{known.find_class(class_name), {}, {}};
    auto const answer = dsplan::access::decide(*query, classes, descriptor, {.who = token, .self = {}});
    auto const word = answer.granted ? "yes" : "no";
    return answer.remark.empty() ? word : std::string(word) + ": " + answer.remark;
}

} // namespace

BOOST_AUTO_TEST_CASE(a_confidential_attribute_takes_control_access_too) {
    constexpr auto recovery = "msFVE-RecoveryInformation";
    constexpr auto lacking =
        "no: msFVE-RecoveryPassword is confidential: reading it takes control access, too";
    constexpr auto right = "read msFVE-RecoveryPassword";
    BOOST_TEST(asked(recovery, "D:(A;;RP;;;" WHO ")", right) == lacking);
    BOOST_TEST(asked(recovery, "D:(OA;;RP;" RECOVERY ";;" WHO ")", right) == lacking);
    BOOST_TEST(asked(recovery, "D:(OA;;CR;" RECOVERY ";;" WHO ")", right) == "no");
    BOOST_TEST(asked(recovery, "D:(OA;;CR;" RESET ";;" WHO ")(A;;RP;;;" WHO ")", right) == lacking);
    BOOST_TEST(asked(recovery, "D:(OA;;RPCR;" RECOVERY ";;" WHO ")", right) == "yes");
    BOOST_TEST(asked(recovery, "D:(A;;CR;;;" WHO ")(OA;;RP;" RECOVERY ";;" WHO ")", right) == "yes");
    BOOST_TEST(asked(recovery, "D:(OA;;CR;" RECOVERY ";;" WHO ")",
                     "control access to msFVE-RecoveryPassword") == "yes");
    BOOST_TEST(asked("user", "D:(OA;;RP;" PRIVATE ";;" WHO ")", "read msPKIAccountCredentials") ==
               "no: msPKIAccountCredentials is confidential: reading it takes control access, too");
    BOOST_TEST(asked("user", "D:(OA;;RPCR;" PRIVATE ";;" WHO ")", "read msPKIAccountCredentials") == "yes");
    BOOST_TEST(asked("user", "D:(OA;;RPCR;" PRIVATE ";;" WHO ")", "read Private Information") == "yes");
    BOOST_TEST(asked("user", "D:(OA;;RP;" PRIVATE ";;" WHO ")", "read Private Information") ==
               "no: msPKI-CredentialRoamingTokens is confidential: reading it takes control access, too");
    // and what is not confidential
    BOOST_TEST(asked("user", "D:(A;;RP;;;" WHO ")", "read telephoneNumber") == "yes");
    BOOST_TEST(asked("user", "D:(OA;;WP;" PRIVATE ";;" WHO ")", "write msPKIAccountCredentials") == "yes");
}

BOOST_AUTO_TEST_CASE(what_the_directory_maintains_nobody_writes) {
    constexpr auto all = "D:(A;;CCDCLCSWRPWPDTLOCRSDRCWDWO;;;" WHO ")";
    for (std::string const name : {"memberOf", "objectSid", "tokenGroups", "objectGUID", "whenCreated",
                                   "allowedAttributesEffective", "directReports", "distinguishedName"})
        BOOST_TEST(asked("user", all, "write " + name) ==
                   "no: the directory maintains " + name + ": no client writes it");
    BOOST_TEST(asked("user", all, "read memberOf") == "yes");
    BOOST_TEST(asked("user", all, "write msDS-AllowedToActOnBehalfOfOtherIdentity") == "yes");
    BOOST_TEST(asked("group", all, "write member") == "yes");
    // the one attribute of the set that is written
    BOOST_TEST(asked("group", "D:(OA;;WP;" MEMBER ";;" WHO ")", "write Membership") == "yes");
}

BOOST_AUTO_TEST_CASE(secrets_nobody_reads_and_other_rights_write_the_password_and_the_list) {
    constexpr auto all = "D:(A;;CCDCLCSWRPWPDTLOCRSDRCWDWO;;;" WHO ")";
    for (std::string const name : {"unicodePwd", "ntPwdHistory", "supplementalCredentials"})
        BOOST_TEST(asked("user", all, "read " + name) ==
                   "no: " + name + " is a secret of the directory: no client reads it");
    BOOST_TEST(asked("trustedDomain", all, "read trustAuthIncoming") ==
               "no: trustAuthIncoming is a secret of the directory: no client reads it");
    BOOST_TEST(asked("user", all, "write dBCSPwd") ==
               "no: the directory maintains dBCSPwd: no client writes it");
    BOOST_TEST(asked("user", all, "WRITE unicodepwd") == "no right on properties writes unicodePwd");
    BOOST_TEST(asked("user", all, "WP;nTSecurityDescriptor") ==
               "no right on properties writes nTSecurityDescriptor");
    BOOST_TEST(asked("user", all, "read nTSecurityDescriptor") ==
               "no right on properties reads nTSecurityDescriptor");
    // and what is neither
    BOOST_TEST(asked("user", all, "read all properties") == "yes");
    BOOST_TEST(asked("user", all, "read userPassword") == "yes");
    BOOST_TEST(asked("user", all, "write pwdLastSet") == "yes");
    BOOST_TEST(asked("user", all, "read permissions") == "yes");
}

BOOST_AUTO_TEST_CASE(a_set_is_held_if_all_of_it_is) {
    constexpr auto granted = "(OA;;RPWP;" PERSONAL ";;" WHO ")";
    constexpr auto denied = "(OD;;WP;" PHONE ";;" WHO ")";
    constexpr auto set = "write Personal-Information";
    BOOST_TEST(
        asked("user", std::string("D:") + denied + granted, set).starts_with("no: not completely: 1 of "));
    BOOST_TEST(asked("user", std::string("D:") + denied + granted, "write telephoneNumber") == "no");
    BOOST_TEST(asked("user", std::string("D:") + denied + granted, "write homePhone") == "yes");
    BOOST_TEST(asked("user", std::string("D:") + granted + denied, set) == "yes"); // decided before
    BOOST_TEST(asked("user", std::string("D:") + granted, set) == "yes");
    BOOST_TEST(asked("contact", std::string("D:") + granted, set) == "yes");
    BOOST_TEST(asked("user", "D:(OA;;WP;" PHONE ";;" WHO ")", set).starts_with("no: not completely: "));
    BOOST_TEST(asked("user", "D:", set) == "no");
    BOOST_TEST(asked("user", "D:(OD;;WP;" PHONE ";;" WHO ")(A;;WP;;;" WHO ")", "write all properties") ==
               "no: not completely: 1 of 280 is lacking, write telephoneNumber");
    BOOST_TEST(asked("user", "D:(OD;;CR;" RESET ";;" WHO ")(A;;CR;;;" WHO ")", "all extended rights")
                   .starts_with("no: not completely: 1 of "));
    BOOST_TEST(asked("organizationalUnit", "D:(OD;;CC;" USER ";;" WHO ")(A;;CC;;;" WHO ")",
                     "create all child objects")
                   .starts_with("no: not completely: 1 of "));
    BOOST_TEST(asked("user", "D:(OD;;WP;" PHONE ";;" WHO ")(A;;CCDCLCSWRPWPDTLOCRSDRCWDWO;;;" WHO ")",
                     "full control")
                   .starts_with("no: not completely: 1 of "));
    BOOST_TEST(asked("user", "D:(A;;CCDCLCSWRPWPDTLOCRSDRCWDWO;;;" WHO ")", "full control") == "yes");
}

BOOST_AUTO_TEST_CASE(a_right_without_a_verb_is_what_it_is) {
    BOOST_TEST(asked("group", "D:(OA;;SW;" MEMBER ";;" WHO ")", "Self-Membership") == "yes");
    BOOST_TEST(asked("group", "D:(OA;;SW;" MEMBER ";;" WHO ")", "Add/Remove self as member") == "yes");
    BOOST_TEST(asked("group", "D:(OA;;CR;" MEMBER ";;" WHO ")", "Self-Membership") == "no");
    BOOST_TEST(asked("computer", "D:(OA;;SW;" SPN ";;" WHO ")", "Validated-SPN") == "yes");
    BOOST_TEST(asked("computer", "D:(OA;;SW;" SPN ";;" WHO ")",
                     "Validated write to service principal name") == "yes");
    BOOST_TEST(asked("computer", "D:(A;;SW;;;" WHO ")", "Validated-DNS-Host-Name") == "yes");
    BOOST_TEST(asked("user", "D:(OA;;CR;" RESET ";;" WHO ")", "Reset Password") == "yes");
    BOOST_TEST(asked("user", "D:(OA;;WP;" RESET ";;" WHO ")", "Reset Password") == "no");
    BOOST_TEST(asked("user", "D:", "Account Restrictions") ==
               "expected read or write before 'Account Restrictions', which is a property set");
}

BOOST_AUTO_TEST_CASE(a_validated_write_counts_through_the_set_of_its_attribute) {
    BOOST_TEST(asked("group", "D:(OA;;SW;" MEMBERSHIP ";;" WHO ")", "Self-Membership") == "yes");
    BOOST_TEST(asked("group", "D:(OA;;SW;" MEMBERSHIP ";;" WHO ")", "validated writes of Membership") ==
               "yes");
    BOOST_TEST(asked("group", "D:(OA;;WP;" MEMBERSHIP ";;" WHO ")", "Self-Membership") == "no");
    BOOST_TEST(asked("computer", "D:(OA;;SW;" PUBLIC ";;" WHO ")", "Validated-SPN") == "yes");
    BOOST_TEST(asked("computer", "D:(OA;;SW;" MEMBERSHIP ";;" WHO ")", "Validated-SPN") == "no");
    BOOST_TEST(asked("group", "D:(OD;;SW;" MEMBERSHIP ";;" WHO ")(OA;;SW;" MEMBER ";;" WHO ")",
                     "Self-Membership") == "no");
}

BOOST_AUTO_TEST_CASE(several_rights_are_held_if_each_is) {
    constexpr auto changes = "(OA;;CR;1131f6aa-9c07-11d1-f79f-00c04fc2dcd2;;" WHO ")";
    constexpr auto all = "(OA;;CR;1131f6ad-9c07-11d1-f79f-00c04fc2dcd2;;" WHO ")";
    BOOST_TEST(asked("domainDNS", std::string("D:") + changes, "DCSync") ==
               "no: Replicating Directory Changes All is lacking");
    BOOST_TEST(asked("domainDNS", std::string("D:") + all, "DCSync") ==
               "no: Replicating Directory Changes is lacking");
    BOOST_TEST(asked("domainDNS", std::string("D:") + changes + all, "DCSync") == "yes");
    BOOST_TEST(asked("user", "D:(OA;;RP;" PHONE ";;" WHO ")", "read+write telephoneNumber") == "no");
    BOOST_TEST(asked("user", "D:(OA;;RPWP;" PHONE ";;" WHO ")", "read+write telephoneNumber") == "yes");
    BOOST_TEST(asked("organizationalUnit", "D:(OA;;CC;" USER ";;" WHO ")", "create+delete user") == "no");
}

BOOST_AUTO_TEST_CASE(a_class_as_object_type_is_for_objects_of_it) {
    constexpr auto all = "D:(OA;;CCDCLCSWRPWPDTLOCRSDRCWDWO;" USER ";;" WHO ")";
    BOOST_TEST(asked("user", all, "change permissions") == "yes");
    BOOST_TEST(asked("user", all, "write telephoneNumber") == "yes");
    BOOST_TEST(asked("group", all, "change permissions") == "no");
    BOOST_TEST(asked("group", all, "change permissions of user objects") ==
               "no: objects of its class do not have it");
    BOOST_TEST(
        asked("group", all, "write telephoneNumber of user objects") ==
        "expected the name of an attribute or a property set, found 'telephoneNumber of user objects'");
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
} // namespace tests

#undef WHO
#undef PHONE
#undef PERSONAL
#undef RECOVERY
#undef PRIVATE
#undef MEMBER
#undef MEMBERSHIP
#undef SPN
#undef PUBLIC
#undef RESET
#undef USER
