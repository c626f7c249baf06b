#include <tools/dsplan/directory/schema_names.hpp>

#include <boost/test/unit_test.hpp>

BOOST_AUTO_TEST_SUITE(directory)
BOOST_AUTO_TEST_SUITE(schema_names)

using namespace dsplan;
using dsplan::directory::schema_kind;

namespace {

std::optional<dsplan::directory::schema_name> name(std::string_view id, dsplan::sddl::access_mask rights) {
    return object_type_name(dsplan::directory::schema::built_in(), dsplan::sddl::parse_guid(id).value(),
                            rights);
}

} // namespace

BOOST_AUTO_TEST_CASE(one_guid_is_named_by_the_rights_beside_it) {
    BOOST_TEST(name("bf9679c0-0de6-11d0-a285-00aa003049e2", dsplan::sddl::right_self_write)->text ==
               "Add/Remove self as member");
    BOOST_TEST(name("bf9679c0-0de6-11d0-a285-00aa003049e2", dsplan::sddl::right_write_property)->text ==
               "member");
    BOOST_TEST(name("00299570-246d-11d0-a768-00aa006e0529", dsplan::sddl::right_control_access)->text ==
               "Reset Password");
}

BOOST_AUTO_TEST_CASE(kinds) {
    auto const kind = [](std::string_view id, dsplan::sddl::access_mask rights) {
        return name(id, rights)->kind;
    };
    BOOST_TEST((kind("9b026da6-0d3c-465c-8bee-5199d7165cba", dsplan::sddl::right_self_write) ==
                schema_kind::validated_write));
    BOOST_TEST((kind("bf967aba-0de6-11d0-a285-00aa003049e2", dsplan::sddl::right_create_child) ==
                schema_kind::object_class));
    BOOST_TEST((kind("4c164200-20c0-11d0-a768-00aa006e0529", dsplan::sddl::right_read_property) ==
                schema_kind::property_set));
    BOOST_TEST((kind("f30e3bbe-9ff0-11d1-b603-0000f80367c1", dsplan::sddl::right_write_property) ==
                schema_kind::attribute));
    BOOST_TEST((kind("ab721a54-1e2f-11d0-9819-00aa0040529b", dsplan::sddl::right_control_access) ==
                schema_kind::extended_right));
}

BOOST_AUTO_TEST_CASE(a_guid_that_the_schema_lacks_has_no_name) {
    BOOST_TEST(!name("00000000-0000-0000-0000-000000000001", dsplan::sddl::right_read_property));
}

BOOST_AUTO_TEST_CASE(property_sets) {
    auto const& known = dsplan::directory::schema::built_in();
    auto const set =
        property_set_of(known, dsplan::sddl::parse_guid("5b47d60f-6090-40b2-9f37-2a4de88f3063").value());
    BOOST_TEST((set == dsplan::sddl::parse_guid("9b026da6-0d3c-465c-8bee-5199d7165cba").value()));
    BOOST_TEST(!property_set_of(known, known.find_attribute("gPLink")->id));
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
