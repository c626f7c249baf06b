#include <tools/dsplan/directory/schema_names.hpp>

#include <boost/test/unit_test.hpp>

using namespace dsplan;
using directory::schema_kind;

namespace {

sddl::guid guid(std::string_view text) {
    return sddl::parse_guid(text).value();
}

directory::schema_names const& names() {
    return directory::schema_names::built_in();
}

} // namespace

BOOST_AUTO_TEST_SUITE(schema_names)

BOOST_AUTO_TEST_CASE(one_guid_is_named_by_the_rights_beside_it) {
    auto const self_membership = guid("bf9679c0-0de6-11d0-a285-00aa003049e2");
    BOOST_TEST(names().object_type_name(self_membership, sddl::right_self_write)->text ==
               "Add/Remove self as member");
    BOOST_TEST(names().object_type_name(self_membership, sddl::right_write_property)->text == "member");
    auto const computer_write = guid("9b026da6-0d3c-465c-8bee-5199d7165cba");
    BOOST_TEST((names().object_type_name(computer_write, sddl::right_self_write)->kind ==
                schema_kind::validated_write));
    auto const user = guid("bf967aba-0de6-11d0-a285-00aa003049e2");
    BOOST_TEST((names().object_type_name(user, sddl::right_create_child)->kind == schema_kind::object_class));
    BOOST_TEST(names().class_name(user).value() == "user");
    auto const reset = guid("00299570-246d-11d0-a768-00aa006e0529");
    BOOST_TEST(names().object_type_name(reset, sddl::right_control_access)->text == "Reset Password");
    auto const restrictions = guid("4c164200-20c0-11d0-a768-00aa006e0529");
    BOOST_TEST((names().object_type_name(restrictions, sddl::right_read_property)->kind ==
                schema_kind::property_set));
    BOOST_TEST(
        !names().object_type_name(guid("00000000-0000-0000-0000-000000000001"), sddl::right_read_property));
}

BOOST_AUTO_TEST_CASE(names_lead_to_guids_in_any_case) {
    BOOST_TEST((names().find_attribute("MSDS-keycredentiallink")->id ==
                guid("5b47d60f-6090-40b2-9f37-2a4de88f3063")));
    BOOST_TEST((names().find_class("inetOrgPerson")->id == guid("4828cc14-1437-45bc-9b07-ad6f015e5f28")));
    BOOST_TEST(names().find_class("computer")->superior == "user");
    BOOST_TEST((names().find_right("reset password") == names().find_right("User-Force-Change-Password")));
    BOOST_TEST((names().find_attribute("no-such-attribute") == nullptr));
}

BOOST_AUTO_TEST_CASE(property_sets) {
    auto const key_credential_link = guid("5b47d60f-6090-40b2-9f37-2a4de88f3063");
    BOOST_TEST(
        (names().property_set_of(key_credential_link) == guid("9b026da6-0d3c-465c-8bee-5199d7165cba")));
    BOOST_TEST((names().property_set_of(names().find_attribute("gPLink")->id) == std::nullopt));
    BOOST_TEST(names().find_attribute("msFVE-RecoveryPassword")->is_confidential);
}

BOOST_AUTO_TEST_CASE(an_export_lays_its_names_over_the_built_in_ones) {
    auto const loaded = directory::schema_names::load({DSPLAN_TESTDATA "/sddl/schema.ldf"});
    BOOST_REQUIRE_MESSAGE(loaded, (loaded ? "" : loaded.error().what));
    auto const badge = guid("01020304-0506-0708-090a-0b0c0d0e0f10");
    BOOST_TEST(loaded->find_attribute(badge)->name == "contosoBadge");
    BOOST_TEST(loaded->find_attribute(badge)->is_confidential);
    BOOST_TEST((loaded->property_set_of(badge) == guid("77b5b886-944a-11d1-aebd-0000f80367c1")));
    BOOST_TEST(loaded->find_right("Open Doors")->valid_accesses.bits == 256u);
    BOOST_TEST((loaded->find_class("user") != nullptr));
}

BOOST_AUTO_TEST_CASE(an_export_without_schema_is_an_error) {
    auto const loaded = directory::schema_names::load({DSPLAN_TESTDATA "/sddl/no-schema.ldf"});
    BOOST_TEST(!loaded.has_value());
}

BOOST_AUTO_TEST_SUITE_END()
