#include <tools/dsplan/directory/snapshot.hpp>

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <string>
#include <tests/tools/export_text.hpp>

BOOST_AUTO_TEST_SUITE(directory)
BOOST_AUTO_TEST_SUITE(snapshot)

using namespace dsplan::directory;

BOOST_AUTO_TEST_CASE(an_entry_is_found_by_every_spelling_of_its_name) {
    auto const exported = load_text("dn: CN=Quinn\\, Rosa,OU=Sales,DC=contoso,DC=com\nobjectClass: user\n");
    for (std::string const name :
         {"CN=Quinn\\, Rosa,OU=Sales,DC=contoso,DC=com", "cn=quinn\\2c rosa, ou=SALES, dc=contoso,dc=com"})
        BOOST_TEST(exported.find(name) == &exported.entries().front(), name);
    BOOST_TEST(exported.find("CN=Rosa,OU=Sales,DC=contoso,DC=com") == nullptr);
    BOOST_TEST(exported.find("no name at all") == nullptr);
}

BOOST_AUTO_TEST_CASE(one_entry_is_put_together_from_several_files) {
    auto const exported =
        load_texts({"dn: CN=G,DC=contoso,DC=com\nobjectClass: group\nmember: CN=A,DC=contoso,DC=com\n",
                    "dn: cn=g,dc=contoso,dc=com\nmember: CN=A,DC=contoso,DC=com\n"
                    "member: CN=B,DC=contoso,DC=com\nsAMAccountName: G\n"});
    BOOST_REQUIRE(exported.has_value());
    BOOST_REQUIRE(exported->entries().size() == 1U);
    entry const& group = exported->entries().front();
    BOOST_TEST(group.dn == "CN=G,DC=contoso,DC=com");
    BOOST_TEST(group.is_a("GROUP"));
    BOOST_TEST(group.first(attribute::sam_account_name).value_or("") == "G");
    std::size_t members = 0;
    group.for_each(attribute::member, [&](std::string_view) { ++members; });
    BOOST_TEST(members == 2U);
}

BOOST_AUTO_TEST_CASE(two_values_of_a_single_valued_attribute_are_an_error) {
    auto const exported = load_texts({"dn: CN=A,DC=contoso,DC=com\nsAMAccountName: a\n",
                                      "\ndn: CN=A,DC=contoso,DC=com\nsAMAccountName: b\n"});
    BOOST_REQUIRE(!exported.has_value());
    BOOST_TEST(exported.error().what ==
               "expected one value of sAMAccountName for an object, found two that differ");
    BOOST_TEST(exported.error().detail.find("export2.ldf:2 and ") != std::string::npos);
    BOOST_TEST(exported.error().detail.find("export1.ldf:1, CN=A,DC=contoso,DC=com") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_members_of_a_split_group_are_joined) {
    auto const exported = load_text("dn: CN=G,DC=contoso,DC=com\nmember;range=0-0: CN=A,DC=contoso,DC=com\n\n"
                                    "dn: CN=G,DC=contoso,DC=com\nmember;range=1-*: CN=B,DC=contoso,DC=com\n");
    std::vector<std::string> members;
    exported.entries().front().for_each(attribute::member,
                                        [&](std::string_view dn) { members.emplace_back(dn); });
    BOOST_TEST(members == (std::vector<std::string>{"CN=A,DC=contoso,DC=com", "CN=B,DC=contoso,DC=com"}),
               boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_file_of_changes_is_no_export) {
    auto const exported = load_texts({"dn: CN=G,DC=contoso,DC=com\nchangetype: modify\nadd: member\nmember: "
                                      "CN=A,DC=contoso,DC=com\n-\n\n"});
    BOOST_REQUIRE(!exported.has_value());
    BOOST_TEST(exported.error().what == "expected an entry of an export, found a change record");
}

BOOST_AUTO_TEST_CASE(parents_are_linked_and_siblings_are_not_taken_for_them) {
    auto const exported = load_text("dn: DC=contoso,DC=com\nobjectClass: domainDNS\n\n"
                                    "dn: OU=A,DC=contoso,DC=com\nobjectClass: organizationalUnit\n\n"
                                    "dn: CN=x\\,OU=A,DC=contoso,DC=com\nobjectClass: user\n\n"
                                    "dn: CN=y,OU=A,DC=contoso,DC=com\nobjectClass: user\n\n"
                                    "dn: CN=z,OU=Gone,DC=contoso,DC=com\nobjectClass: user\n");
    auto const* const root = exported.find("DC=contoso,DC=com");
    BOOST_TEST(exported.find("CN=y,OU=A,DC=contoso,DC=com")->parent ==
               exported.find("OU=A,DC=contoso,DC=com"));
    BOOST_TEST(exported.find("CN=x\\,OU=A,DC=contoso,DC=com")->parent == root);
    BOOST_TEST(exported.find("CN=z,OU=Gone,DC=contoso,DC=com")->parent == nullptr);
    BOOST_TEST(root->parent == nullptr);
}

BOOST_AUTO_TEST_CASE(equal_descriptors_are_kept_once) {
    std::string const value = "nTSecurityDescriptor:: AQAEgBQAAAAAAAAAAAAAAAAAAAABAQAAAAAABRIAAAA=\n";
    std::string text;
    for (char const name : {'a', 'b', 'c'})
        text += std::string("dn: CN=") + name + ",DC=contoso,DC=com\n" + value + "\n";
    auto const loaded = load_texts({text});
    BOOST_REQUIRE_MESSAGE(loaded.has_value(),
                          (loaded ? std::string() : loaded.error().what + loaded.error().detail));
    BOOST_TEST(loaded->descriptor_count() == 1U);
    BOOST_TEST(loaded->entries()[0].descriptor == loaded->entries()[2].descriptor);
}

BOOST_AUTO_TEST_CASE(a_sid_leads_to_the_account_and_not_to_its_foreign_shadow) {
    auto const exported =
        load_text("dn: CN=S-1-5-21-1-2-3-1105,CN=ForeignSecurityPrincipals,DC=contoso,DC=com\n"
                  "objectClass: foreignSecurityPrincipal\nobjectSid: S-1-5-21-1-2-3-1105\n\n"
                  "dn: CN=Zoe,CN=Users,DC=fabrikam,DC=com\nobjectClass: user\n"
                  "objectSid: S-1-5-21-1-2-3-1105\n");
    BOOST_TEST(exported.find(*dsplan::sddl::parse_sid("S-1-5-21-1-2-3-1105"))->dn ==
               "CN=Zoe,CN=Users,DC=fabrikam,DC=com");
}

BOOST_AUTO_TEST_CASE(being_below_is_a_matter_of_whole_names) {
    BOOST_TEST(is_at_or_below("cn=a,dc=contoso,dc=com", "dc=contoso,dc=com"));
    BOOST_TEST(is_at_or_below("dc=contoso,dc=com", "dc=contoso,dc=com"));
    BOOST_TEST(!is_at_or_below("dc=notcontoso,dc=com", "contoso,dc=com"));
    BOOST_TEST(!is_at_or_below("dc=xdc=contoso,dc=com", "dc=contoso,dc=com"));
    BOOST_TEST(!is_at_or_below("cn=a\\,dc=contoso,dc=com", "dc=contoso,dc=com"));
}

BOOST_AUTO_TEST_CASE(classes_may_be_named_in_any_order) {
    auto const class_of = [](std::string const& names) {
        std::string text = "dn: CN=A,DC=contoso,DC=com\n";
        for (std::size_t at = 0; at < names.size();) {
            auto const end = std::min(names.find(' ', at), names.size());
            text += "objectClass: " + names.substr(at, end - at) + "\n";
            at = end + 1;
        }
        return std::string(load_text(text).entries().front().structural_class());
    };
    for (std::string const names :
         {"top person organizationalPerson user computer", "computer user organizationalPerson person top",
          "top computer user person organizationalPerson", "user top computer organizationalPerson person"})
        BOOST_TEST(class_of(names) == "computer", names);
    BOOST_TEST(class_of("top user securityPrincipal person organizationalPerson") == "user");
    BOOST_TEST(class_of("top person contosoBadge") == "contosoBadge");
    BOOST_TEST(class_of("contosoBadge person top") == "contosoBadge");
    BOOST_TEST(class_of("contosoBadge") == "contosoBadge");
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
