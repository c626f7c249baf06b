#include <sddl/parse.hpp>
#include <tools/dsplan/access/access_difference.hpp>

#include <boost/test/unit_test.hpp>

#include <string>
#include <string_view>

namespace tests { // the C library has a function called access
BOOST_AUTO_TEST_SUITE(access)
BOOST_AUTO_TEST_SUITE(right_changes)

namespace {

using namespace dsplan;

#define WHO "S-1-5-21-1-2-3-1105"
#define PHONE "bf967a49-0de6-11d0-a285-00aa003049e2"
#define HOME "f0f8ffa1-1191-11d0-a060-00aa006c33ed"
#define PERSONAL "77b5b886-944a-11d1-aebd-0000f80367c1"
#define RECOVERY "43061ac1-c8ad-4ccc-b785-2bfac20fc60a"
#define PRIVATE "91e647de-d96f-4b70-9557-d63ff4f3ccd8"

// "- write telephoneNumber; + read all properties": what went stands before what came.
std::string changed(std::string_view class_name, std::string_view before, std::string_view after) {
    auto const& known = dsplan::directory::schema::built_in();
    dsplan::sddl::security_token const token({dsplan::sddl::parse_sid(WHO).value()});
    auto const asked = dsplan::directory::make_class_rights(known, {known.find_class(class_name), {}, {}});
    auto const was = dsplan::sddl::parse(before).value();
    auto const is = dsplan::sddl::parse(after).value();
    std::string text;
    auto const made = dsplan::access::compare_access(asked, {.descriptor = was, .token = token, .self = {}},
                                                     {.descriptor = is, .token = token, .self = {}});
    for (auto const& [gained, right] : made.rights)
        text += (text.empty() ? "" : "; ") + std::string(gained ? "+ " : "- ") + right;
    return text;
}

} // namespace

BOOST_AUTO_TEST_CASE(the_attribute_that_is_lost_is_named_and_not_its_set) {
    constexpr auto set = "(OA;;RPWP;" PERSONAL ";;" WHO ")";
    constexpr auto all = "(A;;RPWP;;;" WHO ")";
    auto const denied = [](std::string_view what, std::string_view granted) {
        return "D:(OD;;WP;" + std::string(what) + ";;" WHO ")" + std::string(granted);
    };
    BOOST_TEST(changed("user", std::string("D:") + set, denied(PHONE, set)) == "- write telephoneNumber");
    BOOST_TEST(changed("user", denied(PHONE, set), std::string("D:") + set) == "+ write telephoneNumber");
    BOOST_TEST(changed("user", std::string("D:") + all, denied(PHONE, all)) == "- write telephoneNumber");
    BOOST_TEST(changed("user", std::string("D:") + all, denied(PERSONAL, all)) ==
               "- write Personal Information");
    BOOST_TEST(changed("user", std::string("D:") + set, "D:") ==
               "- read Personal Information; - write Personal Information");
    BOOST_TEST(changed("user", denied(PHONE, set), "D:(OA;;RP;" PERSONAL ";;" WHO ")").find("telephone") ==
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_whole_names_what_it_does_not_change) {
    BOOST_TEST(changed("user", "D:(OA;;WP;" PERSONAL ";;" WHO ")", "D:(A;;WP;;;" WHO ")") ==
               "+ write all properties but Personal Information");
    BOOST_TEST(changed("user", "D:(A;;WP;;;" WHO ")", "D:(OA;;WP;" PERSONAL ";;" WHO ")") ==
               "- write all properties but Personal Information");
    BOOST_TEST(changed("user", "D:(OA;;WP;" PHONE ";;" WHO ")", "D:(OA;;WP;" PERSONAL ";;" WHO ")") ==
               "+ write Personal Information but telephoneNumber");
    BOOST_TEST(changed("user", "D:", "D:(A;;WP;;;" WHO ")") == "+ write all properties");
}

// What is denied does not come with the whole, and what another ACE grants does not go with it.
BOOST_AUTO_TEST_CASE(a_whole_of_rights_names_those_that_do_not_follow_it) {
    constexpr auto reset = "(OA;;CR;00299570-246d-11d0-a768-00aa006e0529;;" WHO ")";
    constexpr auto no_reset = "(OD;;CR;00299570-246d-11d0-a768-00aa006e0529;;" WHO ")";
    constexpr auto all = "(A;;CR;;;" WHO ")";
    auto const list = [](auto... aces) {
        return ("D:" + ... + std::string(aces));
    };
    BOOST_TEST(changed("user", list(reset, all), list(reset)) == "- all extended rights but Reset Password");
    BOOST_TEST(changed("user", list(), list(no_reset, all)) == "+ all extended rights but Reset Password");
    BOOST_TEST(changed("user", list(reset), list(reset, all)) == "+ all extended rights"); // and has them all
    BOOST_TEST(changed("user", list(all), list()) == "- all extended rights");
    BOOST_TEST(changed("user", list(all), list(no_reset, all)).find("all extended rights") ==
               std::string::npos);
    constexpr auto users = "(OA;;CC;bf967aba-0de6-11d0-a285-00aa003049e2;;" WHO ")";
    constexpr auto children = "(A;;CC;;;" WHO ")";
    BOOST_TEST(changed("organizationalUnit", list(users, children), list(users)) ==
               "- create all child objects but user");
    constexpr auto no_self = "(OD;;SW;bc0ac240-79a9-11d0-9020-00c04fc2d4cf;;" WHO ")";
    BOOST_TEST(changed("group", list(), list(no_self, "(A;;SW;;;" WHO ")")) ==
               "+ all validated writes but Add/Remove self as member");
}

BOOST_AUTO_TEST_CASE(reading_a_confidential_attribute_takes_two_halves) {
    constexpr auto of = "msFVE-RecoveryInformation";
    constexpr auto read = "(OA;;RP;" RECOVERY ";;" WHO ")";
    constexpr auto control = "(OA;;CR;" RECOVERY ";;" WHO ")";
    BOOST_TEST(changed(of, "D:", std::string("D:") + read) ==
               "+ read property msFVE-RecoveryPassword (half of reading it)");
    BOOST_TEST(changed(of, "D:", std::string("D:") + control) ==
               "+ control access to msFVE-RecoveryPassword (half of reading it)");
    BOOST_TEST(changed(of, std::string("D:") + read, std::string("D:") + read + control) ==
               "+ read msFVE-RecoveryPassword");
    BOOST_TEST(changed(of, std::string("D:") + read + control, std::string("D:") + read) ==
               "- read msFVE-RecoveryPassword");
    BOOST_TEST(changed(of, std::string("D:") + read, "D:") ==
               "- read property msFVE-RecoveryPassword (half of reading it)");
    BOOST_TEST(changed(of, "D:(A;;RP;;;" WHO ")", "D:(A;;RPCR;;;" WHO ")") ==
               "+ all extended rights; + read msFVE-KeyPackage; + read msFVE-RecoveryPassword");
    BOOST_TEST(changed(of, "D:", "D:(A;;RPCR;;;" WHO ")") == "+ all extended rights; + read all properties");
    BOOST_TEST(changed("user", "D:", "D:(OA;;RPCR;" PRIVATE ";;" WHO ")") == "+ read Private Information");
    BOOST_TEST(changed("user", "D:", "D:(OA;;RP;" PHONE ";;" WHO ")") == "+ read telephoneNumber");
}

BOOST_AUTO_TEST_CASE(what_no_client_writes_is_not_gained) {
    BOOST_TEST(changed("user", "D:", "D:(OA;;WP;bf967991-0de6-11d0-a285-00aa003049e2;;" WHO ")") ==
               ""); // memberOf
    BOOST_TEST(changed("user", "D:", "D:(OA;;WP;bf9679e8-0de6-11d0-a285-00aa003049e2;;" WHO ")") ==
               ""); // objectSid
    BOOST_TEST(changed("group", "D:", "D:(OA;;WP;bf9679c0-0de6-11d0-a285-00aa003049e2;;" WHO ")") ==
               "+ write member");
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
} // namespace tests

#undef WHO
#undef PHONE
#undef HOME
#undef PERSONAL
#undef RECOVERY
#undef PRIVATE
