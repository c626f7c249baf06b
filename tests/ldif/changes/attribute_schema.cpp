#include <ldif/changes/attribute_schema.hpp>
#include <ldif/changes/directory_tree.hpp>
#include <ldif/reader.hpp>

#include <boost/test/unit_test.hpp>

using namespace dsplan::ldif;

namespace {

constexpr std::string_view objects =
    "dn: CN=Contoso-Badge,CN=Schema\nobjectClass: top\nobjectClass: attributeSchema\n"
    "lDAPDisplayName: contoso-Badge\nattributeSyntax: 2.5.5.3\nisSingleValued: TRUE\n\n"
    "dn: CN=Contoso-Desk,CN=Schema\nobjectClass: attributeSchema\nlDAPDisplayName: contoso-Desk\n"
    "attributeSyntax: 2.5.5.1\nisSingleValued: FALSE\nlinkID: 5000\n\n"
    "dn: CN=Contoso-Desk-BL,CN=Schema\nobjectClass: attributeSchema\nlDAPDisplayName: contoso-DeskBL\n"
    "attributeSyntax: 2.5.5.1\nisSingleValued: FALSE\nlinkID: 5001\nsystemFlags: 1\n\n"
    "dn: CN=Computed,CN=Schema\nobjectClass: attributeSchema\nlDAPDisplayName: contoso-Computed\n"
    "attributeSyntax: 2.5.5.12\nisSingleValued: TRUE\nsystemFlags: 4\n\n"
    "dn: CN=Class,CN=Schema\nobjectClass: classSchema\nlDAPDisplayName: contoso-Class\n\n";

attribute_schema described() {
    attribute_schema schema;
    auto input = reader::from_text(objects);
    for (auto next = input.next_view(); *next != nullptr; next = input.next_view())
        schema.add(**next);
    return schema;
}

} // namespace

BOOST_AUTO_TEST_SUITE(changes)
BOOST_AUTO_TEST_SUITE(attribute_schema)

BOOST_AUTO_TEST_CASE(says_what_the_records_say) {
    auto const schema = described();
    BOOST_TEST(schema.size() == 4U);
    BOOST_TEST(schema.rules_of("CONTOSO-badge").is_single_valued);
    BOOST_TEST(!schema.same_value("contoso-Badge", "a", "A"));
    BOOST_TEST(schema.rules_of("contoso-Desk").is_forward_link);
    BOOST_TEST(schema.rules_of("contoso-DeskBL").is_back_link);
    BOOST_TEST(schema.back_link_of("contoso-desk") == "contoso-DeskBL");
    BOOST_TEST(schema.is_outside_change_files("contoso-Computed"));
    BOOST_TEST(!schema.rules_of("contoso-Class").is_single_valued);
}

BOOST_AUTO_TEST_CASE(knows_the_others_from_the_table) {
    auto const schema = described();
    BOOST_TEST(schema.rules_of("displayName").is_single_valued);
    BOOST_TEST(schema.same_value("displayName", "a", "A"));
    BOOST_TEST(schema.back_link_of("member") == "memberOf");
    BOOST_TEST(schema.back_link_of("description") == "");
    BOOST_TEST(dsplan::ldif::attribute_schema::built_in().rules_of("msDS-KeyCredentialLink").is_forward_link);
}

BOOST_AUTO_TEST_CASE(rules_the_operations) {
    auto const schema = described();
    entry target{"CN=a", {{"cn", {"a"}}}, 0, false};
    modification const twice{modification_operation::add, "contoso-Badge", {"1", "2"}};
    BOOST_TEST((apply(target, twice, {.schema = &schema}).error().fault == apply_fault::single_valued));
    BOOST_TEST(apply(target, twice).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
