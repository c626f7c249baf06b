#include <tools/dsplan/directory/class_rights.hpp>
#include <tools/dsplan/directory/schema.hpp>

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <string_view>
#include <tests/tools/command_run.hpp>
#include <vector>

BOOST_AUTO_TEST_SUITE(directory)
BOOST_AUTO_TEST_SUITE(schema)

using directory_schema = dsplan::directory::schema;

namespace {

dsplan::directory::object_classes resolve(std::vector<std::string_view> const& names) {
    return directory_schema::built_in().resolve(names);
}

bool has_attribute(dsplan::directory::object_classes const& classes, std::string_view name) {
    auto const held = dsplan::directory::attributes_of(classes);
    return std::find(held.begin(), held.end(), directory_schema::built_in().find_attribute(name)) !=
           held.end();
}

bool may_hold(std::string_view parent, std::string_view child) {
    auto const& known = directory_schema::built_in();
    auto const children = dsplan::directory::child_classes_of(known, *known.find_class(parent));
    return std::find(children.begin(), children.end(), known.find_class(child)) != children.end();
}

} // namespace

BOOST_AUTO_TEST_CASE(the_most_specific_class_counts_in_any_order) {
    for (auto const& names :
         {std::vector<std::string_view>{"top", "person", "organizationalPerson", "user", "computer"},
          std::vector<std::string_view>{"computer", "user", "top", "person"}}) {
        auto const classes = resolve(names);
        BOOST_TEST(classes.structural->name == "computer");
        BOOST_TEST(classes.dynamic_auxiliaries.empty());
    }
    BOOST_TEST(resolve({"top", "oddity"}).unknown == std::vector<std::string>{"oddity"},
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_class_that_is_not_inherited_from_is_a_dynamic_auxiliary_one) {
    auto const classes = resolve({"top", "dynamicObject", "organizationalUnit"});
    BOOST_TEST(classes.structural->name == "organizationalUnit");
    BOOST_REQUIRE(classes.dynamic_auxiliaries.size() == 1U);
    BOOST_TEST(dsplan::directory::inheriting_classes(classes).size() == 2U);
    BOOST_TEST(has_attribute(classes, "entryTTL"));
    BOOST_TEST(!has_attribute(resolve({"organizationalUnit"}), "entryTTL"));
}

BOOST_AUTO_TEST_CASE(attributes_come_from_superclasses_and_auxiliary_classes) {
    auto const user = resolve({"user"});
    BOOST_TEST(has_attribute(user, "servicePrincipalName")); // user
    BOOST_TEST(has_attribute(user, "telephoneNumber"));      // person
    BOOST_TEST(has_attribute(user, "sAMAccountName"));       // securityPrincipal, auxiliary
    BOOST_TEST(has_attribute(user, "nTSecurityDescriptor")); // top
    BOOST_TEST(!has_attribute(user, "member"));
}

BOOST_AUTO_TEST_CASE(children_are_those_that_name_the_class_as_superior) {
    BOOST_TEST(may_hold("organizationalUnit", "user"));
    BOOST_TEST(may_hold("organizationalUnit", "organizationalUnit"));
    BOOST_TEST(!may_hold("user", "organizationalUnit"));
    BOOST_TEST(!may_hold("organizationalUnit", "top"));
    BOOST_TEST(!may_hold("computer", "rIDSet")); // only the directory service makes those
}

BOOST_AUTO_TEST_CASE(rights_are_found_by_both_names) {
    auto const& known = directory_schema::built_in();
    BOOST_TEST(known.find_right("reset password") == known.find_right("User-Force-Change-Password"));
    BOOST_TEST(!known.find_attribute("memberOf")->can_be_written());
    BOOST_TEST(!known.find_attribute("objectGUID")->can_be_written());
    BOOST_TEST(!known.find_attribute("canonicalName")->can_be_written());
    BOOST_TEST(known.find_attribute("MSDS-keycredentiallink")->can_be_written());
}

BOOST_AUTO_TEST_CASE(a_schema_export_takes_the_place_of_the_built_in_one) {
    temporary_directory scratch;
    auto const file = scratch.path() / "schema.ldf";
    // 16 octets each: 00… and 01…
    write_file(file,
               "dn: CN=Shoe-Size,CN=Schema,CN=Configuration,DC=contoso,DC=com\nobjectClass: attributeSchema\n"
               "lDAPDisplayName: shoeSize\nschemaIDGUID:: AAAAAAAAAAAAAAAAAAAAAA==\nsystemOnly: FALSE\n\n"
               "dn: CN=Top,CN=Schema,CN=Configuration,DC=contoso,DC=com\nobjectClass: classSchema\n"
               "lDAPDisplayName: top\nsubClassOf: top\nobjectClassCategory: 2\n"
               "schemaIDGUID:: AQEBAQEBAQEBAQEBAQEBAQ==\nsystemMayContain: shoeSize\n\n");
    std::vector const files{file};
    auto const loaded = directory_schema::load(files);
    BOOST_REQUIRE(loaded.has_value());
    BOOST_TEST(loaded->find_class("top")->attributes.front()->name == "shoeSize");
    BOOST_TEST(loaded->find_right("Reset Password") != nullptr); // the built-in rights stand
    write_file(file,
               "dn: CN=Top,CN=Schema,CN=Configuration,DC=contoso,DC=com\nobjectClass: classSchema\n"
               "lDAPDisplayName: top\nsubClassOf: top\nschemaIDGUID:: AQEBAQEBAQEBAQEBAQEBAQ==\n"
               "mayContain: hatSize\n\n"
               "dn: CN=Shoe-Size,CN=Schema,CN=Configuration,DC=contoso,DC=com\nobjectClass: attributeSchema\n"
               "lDAPDisplayName: shoeSize\nschemaIDGUID:: AAAAAAAAAAAAAAAAAAAAAA==\n\n");
    auto const refused = directory_schema::load(files);
    BOOST_REQUIRE(!refused.has_value());
    BOOST_TEST(refused.error().what == "the schema lacks 'hatSize', which its class 'top' names");
}

BOOST_AUTO_TEST_CASE(the_built_in_one_is_no_forests) {
    auto const& known = directory_schema::built_in();
    for (auto const& of : known.classes())
        BOOST_TEST(of.default_descriptor.find("S-1-5-21-") == std::string::npos, of.name);
    BOOST_TEST(known.find_right("Abandon-Replication")->valid_accesses == 0x100U);
    BOOST_TEST(known.find_right("Peek Message")->name == "msmq-Peek");
    BOOST_TEST(known.find_right("Add/Remove Replica In Domain")->name == "DS-Install-Replica");
    auto const* const delegated = known.find_class("msDS-DelegatedManagedServiceAccount");
    BOOST_TEST(fmt::format("{}", delegated->id) == "0feb936f-47b3-49f2-9386-1dedc2c23765");
    BOOST_TEST(delegated->is_a(*known.find_class("computer")));
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
