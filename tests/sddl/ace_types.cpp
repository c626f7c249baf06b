#include <sddl/ace.hpp>

#include <boost/test/unit_test.hpp>

#include <string_view>

namespace dsplan::sddl {
namespace {

BOOST_AUTO_TEST_SUITE(ace_types)

// [MS-DTYP] 2.4.4.1 numbers the types, 2.4.4.2 to 2.4.4.17 say what each is made of.
BOOST_AUTO_TEST_CASE(each_type_is_what_its_name_says) {
    for (auto const& row : sddl::ace_types) {
        BOOST_TEST_CONTEXT(row.name) {
            auto const has = [&row](std::string_view part) {
                return row.name.find(part) != std::string_view::npos;
            };
            bool const is_compound = has("COMPOUND");
            bool const is_claim_type = has("RESOURCE_ATTRIBUTE");
            BOOST_TEST(is_known_type(row.type) == !is_compound);
            BOOST_TEST(is_object_type(row.type) == has("OBJECT"));
            BOOST_TEST(is_callback(row.type) == has("CALLBACK"));
            BOOST_TEST(is_allow(row.type) == (has("ACCESS_ALLOWED") && !is_compound));
            BOOST_TEST(is_deny(row.type) == has("ACCESS_DENIED"));
            BOOST_TEST(is_audit(row.type) == has("AUDIT"));
            BOOST_TEST(is_label(row.type) == has("MANDATORY_LABEL"));
            BOOST_TEST(is_claim(row.type) == is_claim_type);
            BOOST_TEST(is_filter(row.type) == has("ACCESS_FILTER"));
            BOOST_TEST(needs_no_right(row.type) == (is_claim_type || has("POLICY_ID")));
            BOOST_TEST((row.home == ace_home::sacl) == has("SYSTEM"));
        }
    }
}

BOOST_AUTO_TEST_CASE(octets_without_a_name_have_no_layout_and_no_effect) {
    for (auto const octet : {0x42, 0x80, 0xFF}) {
        auto const type = static_cast<ace_type>(octet);
        BOOST_TEST(find_ace_type(type) == nullptr);
        BOOST_TEST(!is_known_type(type));
        BOOST_TEST(!is_object_type(type));
        BOOST_TEST(!is_allow(type));
        BOOST_TEST(!is_deny(type));
        BOOST_TEST(!is_audit(type));
        BOOST_TEST(!is_callback(type));
        BOOST_TEST(!is_plain(type));
    }
}

BOOST_AUTO_TEST_CASE(a_type_is_found_for_what_an_ace_says) {
    BOOST_TEST((unconditional_type(ace_effect::allow, false) == ace_type::access_allowed));
    BOOST_TEST((unconditional_type(ace_effect::deny, false) == ace_type::access_denied));
    BOOST_TEST((unconditional_type(ace_effect::allow, true) == ace_type::access_allowed_object));
    BOOST_TEST((unconditional_type(ace_effect::deny, true) == ace_type::access_denied_object));
    BOOST_TEST((unconditional_type(ace_effect::audit, false) == ace_type::system_audit));
    BOOST_TEST((unconditional_type(ace_effect::audit, true) == ace_type::system_audit_object));
}

BOOST_AUTO_TEST_SUITE_END()

} // namespace
} // namespace dsplan::sddl
