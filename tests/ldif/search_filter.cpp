#include <ldif/attribute_description.hpp>
#include <ldif/changes/attribute_rules.hpp>
#include <ldif/reader.hpp>
#include <ldif/search_filter.hpp>

#include <boost/test/unit_test.hpp>

using namespace dsplan::ldif;

namespace {

constexpr std::string_view entries =
    "dn: CN=Ruth Adams,OU=Sales,DC=contoso,DC=com\n"
    "objectClass: top\nobjectClass: user\ncn: Ruth Adams\n"
    "userAccountControl: 514\nobjectCategory: CN=Person,CN=Schema,CN=x\n"
    "description: 50 * 2 (net)\nmemberOf: CN=Inner,DC=contoso,DC=com\n\n"
    "dn: CN=Inner,DC=contoso,DC=com\nobjectClass: group\ngroupType: -2147483646\n"
    "member;range=0-1: CN=Theo,DC=contoso,DC=com\n\n"
    "dn: CN=Outer,DC=contoso,DC=com\nobjectClass: group\n"
    "member: cn=inner, dc=contoso,dc=com\n\n"
    "dn: CN=Theo,DC=contoso,DC=com\nobjectClass: user\nbadPwdCount: 10\n\n";

attribute_kind kind_of(std::string_view attribute) {
    auto const rules = rules_of(attribute);
    if (rules.is_name_valued || rules.syntax == value_syntax::name_value)
        return attribute_kind::name;
    if (rules.syntax == value_syntax::integer)
        return attribute_kind::number;
    return rules.is_known ? attribute_kind::other : attribute_kind::unknown;
}

// First parts of the names that the filter finds.
std::string found(std::string_view text) {
    auto const filter = parse_search_filter(text);
    if (!filter)
        return message(filter.error());
    attribute_facts const facts{
        [](std::string_view attribute, std::string_view value) { return value_key(attribute, value); },
        kind_of};
    link_chains chains(*filter);
    for (auto input = reader::from_text(entries);;) {
        auto const next = input.next_view();
        if (*next == nullptr)
            break;
        chains.see(**next);
    }
    chains.follow();
    std::string names;
    for (auto input = reader::from_text(entries);;) {
        auto const next = input.next_view();
        if (*next == nullptr)
            return names;
        if (matches(*filter, **next, facts, chains) == truth::yes)
            names.append((*next)->dn.substr(3, (*next)->dn.find_first_of(", ") - 3)).append(" ");
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE(search_filter)

BOOST_AUTO_TEST_CASE(items_compare_as_the_directory_does) {
    BOOST_TEST(found("(cn=ruth adams)") == "Ruth ");
    BOOST_TEST(found("cn=RUTH ADAMS") == "Ruth ");
    BOOST_TEST(found("(CN=ruth*)") == "Ruth ");
    BOOST_TEST(found("(cn=*th*da*s)") == "Ruth ");
    BOOST_TEST(found("(cn=*th*th*)") == "");
    BOOST_TEST(found("(cn~=ruth adams)") == "Ruth ");
    BOOST_TEST(found("(objectClass=*)") == "Ruth Inner Outer Theo ");
    BOOST_TEST(found("(description=*)") == "Ruth ");
    BOOST_TEST(found("(badPwdCount>=9)") == "Theo ");
    BOOST_TEST(found("(badPwdCount<=9)") == "");
    BOOST_TEST(found("(member=CN=Theo,DC=contoso,DC=com)") == "Inner ");
    BOOST_TEST(found("(member=CN=Inner,DC=Contoso,DC=com)") == "Outer ");
    BOOST_TEST(found("(objectCategory=person)") == "Ruth ");
    BOOST_TEST(found("(distinguishedName=cn=theo,dc=contoso,dc=com)") == "Theo ");
}

BOOST_AUTO_TEST_CASE(filters_are_put_together) {
    BOOST_TEST(found("(&(objectClass=user)(!(memberOf=*)))") == "Theo ");
    BOOST_TEST(found("(|(cn=ruth*)(groupType=*))") == "Ruth Inner ");
    BOOST_TEST(found("(&)") == "Ruth Inner Outer Theo ");
    BOOST_TEST(found("(|)") == "");
    BOOST_TEST(found(" ( & (objectClass=group) (member=*) ) ") == "Inner Outer ");
}

BOOST_AUTO_TEST_CASE(matching_rules_of_active_directory) {
    BOOST_TEST(found("(userAccountControl:1.2.840.113556.1.4.803:=2)") == "Ruth ");
    BOOST_TEST(found("(userAccountControl:1.2.840.113556.1.4.803:=18)") == "");
    BOOST_TEST(found("(userAccountControl:1.2.840.113556.1.4.804:=18)") == "Ruth ");
    BOOST_TEST(found("(groupType:1.2.840.113556.1.4.803:=2147483648)") == "Inner ");
    BOOST_TEST(found("(memberOf:1.2.840.113556.1.4.1941:=CN=Outer,DC=contoso,DC=com)") == "Ruth Inner Theo ");
    BOOST_TEST(found("(member:1.2.840.113556.1.4.1941:=CN=Ruth Adams,OU=Sales,DC=contoso,DC=com)") ==
               "Inner Outer ");
}

BOOST_AUTO_TEST_CASE(a_name_says_what_the_object_is_called) {
    BOOST_TEST(found("(cn=theo)") == "Theo ");
    BOOST_TEST(found("(name=In*)") == "Inner ");
    BOOST_TEST(found("(ou=Sales)") == "");
    BOOST_TEST(found("(!(cn=*))") == "");
}

BOOST_AUTO_TEST_CASE(what_no_schema_has_is_undefined_and_so_is_its_opposite) {
    BOOST_TEST(found("(email=*)") == "");
    BOOST_TEST(found("(!(email=*))") == "");
    BOOST_TEST(found("(&(objectClass=user)(!(email=x)))") == "");
    BOOST_TEST(found("(|(cn=theo)(!(email=x)))") == "Theo ");
    BOOST_TEST(found("(!(&(email=x)(cn=theo)))") == "Ruth Inner Outer ");
    BOOST_TEST(found("(!(mail=x))") == "Ruth Inner Outer Theo ");
}

BOOST_AUTO_TEST_CASE(names_are_compared_whole_and_numbers_as_numbers) {
    BOOST_TEST(found("(memberOf=CN=In*)") == "");
    BOOST_TEST(found("(!(memberOf=CN=In*))") == "");
    BOOST_TEST(found("(memberOf=*)") == "Ruth ");
    BOOST_TEST(found("(!(memberOf=Inner))") == "");
    BOOST_TEST(found("(!(memberOf=CN=Inner,DC=contoso,DC=com))") == "Inner Outer Theo ");
    BOOST_TEST(found("(!(objectCategory=person))") == "Inner Outer Theo ");
    BOOST_TEST(found("(!(userAccountControl=many))") == "");
    BOOST_TEST(found("(!(userAccountControl=514))") == "Inner Outer Theo ");
    BOOST_TEST(found("(!(userAccountControl=5*))") == "");
    BOOST_TEST(found("(!(description:1.2.840.113556.1.4.803:=1))") == "");
    BOOST_TEST(found("(!(description:1.2.840.113556.1.4.1941:=CN=a))") == "");
}

BOOST_AUTO_TEST_CASE(what_lies_behind_a_range_is_undefined) {
    BOOST_TEST(found("(!(member=CN=Theo,DC=contoso,DC=com))") == "Ruth Outer Theo ");
    BOOST_TEST(found("(!(member=CN=Nora,DC=contoso,DC=com))") == "Ruth Outer Theo ");
    BOOST_TEST(found("(!(memberOf:1.2.840.113556.1.4.1941:=CN=Outer,DC=contoso,DC=com))") == "");
}

BOOST_AUTO_TEST_CASE(escapes_stand_for_octets) {
    BOOST_TEST(found("(description=50 \\2a 2 \\28net\\29)") == "Ruth ");
    BOOST_TEST(found("(description=*\\2a*)") == "Ruth ");
    BOOST_TEST(found("(description=\\2a*)") == "");
}

BOOST_AUTO_TEST_CASE(a_filter_that_is_none_is_an_error_with_its_place) {
    auto const wrong = [](std::string_view text) {
        auto const read = parse_search_filter(text);
        return read ? "read" : std::to_string(read.error().column) + ": " + message(read.error());
    };
    BOOST_TEST(wrong("") == "1: expected '=' after the attribute, found the end of the filter");
    BOOST_TEST(wrong("(cn=a") == "6: expected ')', found the end of the filter");
    BOOST_TEST(wrong("(cn=a))") == "7: expected the end of the filter, found ')'");
    BOOST_TEST(wrong("(&(cn=a)x)") == "9: expected ')', found 'x'");
    BOOST_TEST(wrong("(!(a=1)(b=2))") == "13: expected one filter after '!', found ')'");
    BOOST_TEST(wrong("(cn=a\\2)") == "6: expected two hexadecimal digits after '\\', found '\\'");
    BOOST_TEST(wrong("(c n=a)") == "3: expected the name of an attribute, found ' '");
    BOOST_TEST(wrong("(a:1.2.3:=1)") == "4: expected a matching rule of Active Directory, found '1'");
    BOOST_TEST(wrong("(a:1.2.840.113556.1.4.803:=x)") == "29: expected a number, found ')'");
    BOOST_TEST(wrong("(&(objectClass=user)(anr=ruth))") == "22: expected an attribute, found 'anr'");
    BOOST_TEST(wrong(std::string(600, '(')).find("at most 500") == std::string::npos);
    std::string deep;
    for (int i = 0; i < 600; ++i)
        deep += "(&";
    BOOST_TEST(wrong(deep).find("expected at most 500 filters in one another") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
