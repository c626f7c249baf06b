#include <ldif/changes/change_reach.hpp>
#include <ldif/changes/directory_tree.hpp>
#include <ldif/changes/named_attributes.hpp>
#include <ldif/changes/rules/server_rules.hpp>
#include <ldif/reader.hpp>
#include <ldif/writer.hpp>

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

using namespace dsplan::ldif;

namespace {

constexpr std::string_view base = R"(dn: DC=contoso,DC=com
objectClass: domainDNS
objectSid: S-1-5-21-1111111111-2222222222-3333333333
wellKnownObjects: B:32:A9D1CA15768811D1ADED00C04FD8D5CD:CN=Users,DC=contoso,DC=com

dn: CN=Users,DC=contoso,DC=com
objectClass: container
systemFlags: -1946157056

dn: OU=Sales,DC=contoso,DC=com
objectClass: organizationalUnit
description: one

dn: CN=Domain Users,CN=Users,DC=contoso,DC=com
objectClass: group
groupType: -2147483646
objectSid: S-1-5-21-1111111111-2222222222-3333333333-513
sAMAccountName: Domain Users

dn: CN=Domain Admins,CN=Users,DC=contoso,DC=com
objectClass: group
objectSid: S-1-5-21-1111111111-2222222222-3333333333-512
sAMAccountName: Domain Admins
member: CN=Bob,CN=Users,DC=contoso,DC=com

dn: CN=Administrators,CN=Users,DC=contoso,DC=com
objectClass: group
objectSid: S-1-5-32-544

dn: CN=Mallory,CN=Users,DC=contoso,DC=com
objectClass: user
objectGUID:: AQIDBAUGBwgJCgsMDQ4PEA==
objectSid: S-1-5-21-1111111111-2222222222-3333333333-1666
sAMAccountName: mallory
userPrincipalName: mallory@contoso.com
servicePrincipalName: HTTP/web1
description: one
primaryGroupID: 513

dn: CN=Bob,CN=Users,DC=contoso,DC=com
objectClass: user
objectSid: S-1-5-21-1111111111-2222222222-3333333333-1667
sAMAccountName: bob
primaryGroupID: 513
memberOf: CN=Domain Admins,CN=Users,DC=contoso,DC=com

dn: CN=Contact,OU=Sales,DC=contoso,DC=com
objectClass: contact

dn: CN=Big,CN=Users,DC=contoso,DC=com
objectClass: group
member;range=0-1: CN=Bob,CN=Users,DC=contoso,DC=com
member;range=0-1: CN=Mallory,CN=Users,DC=contoso,DC=com
)";

std::string show(directory_tree const& tree) {
    std::string text;
    tree.for_each([&](std::string_view, entry const& it) {
        write(text, to_record(it), {.profile = writer_profile::rfc2849, .fold_column = 0});
    });
    return text;
}

std::vector<record> records_of(std::string_view text) {
    auto input = reader::from_text(text);
    return read_changes(input).value();
}

struct outcome {
    std::string refusal;
    std::string doubt;
    std::string after;
};

// The changes applied to what they reach of the base.
outcome applied(std::string_view changes, bool is_partial = false, std::string_view exported = base) {
    auto const list = records_of(changes);
    change_reach const reach(list);
    directory_tree tree({.requires_parents = !is_partial});
    auto input = reader::from_text(exported);
    BOOST_TEST_REQUIRE(load_reach(input, reach, tree).has_value());
    outcome found;
    for (auto const& it : list) {
        auto const done = tree.apply(it);
        for (auto const& doubt : tree.doubts())
            found.doubt += message(doubt);
        if (!done) {
            found.refusal = message(done.error());
            return found;
        }
    }
    found.after = show(tree);
    return found;
}

std::string modified(std::string_view dn, std::string_view block) {
    return applied(fmt::format("dn: {}\nchangetype: modify\n{}\n-\n", dn, block)).refusal;
}
constexpr std::string_view mallory = "CN=Mallory,CN=Users,DC=contoso,DC=com";

std::string added(std::string_view dn, std::string_view lines) {
    return applied(fmt::format("dn: {}\nchangetype: add\n{}\n", dn, lines)).refusal;
}

std::string renamed(std::string_view dn, std::string_view lines) {
    return applied(fmt::format("dn: {}\nchangetype: modrdn\n{}\n", dn, lines)).refusal;
}

bool contains(std::string const& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

// The SDDL or password text as base64 would be decoded.
std::string utf16(std::string_view text) {
    std::string octets;
    for (char const c : text)
        octets.append(1, c).append(1, '\0');
    return octets;
}

std::string password_refusal(std::vector<modification> const& written) {
    record change;
    change.dn = mallory;
    change.changetype = change_type::modify;
    change.modifications = written;
    auto const report = check_alone(change, attribute_schema::built_in());
    return report.refusals.empty() ? std::string() : message(report.refusals.front());
}

} // namespace

BOOST_AUTO_TEST_SUITE(changes)
BOOST_AUTO_TEST_SUITE(server_rules)

BOOST_AUTO_TEST_CASE(names) {
    BOOST_TEST(renamed(mallory, "newrdn: CN=M\ndeleteoldrdn: 0") == "expected deleteoldrdn: 1, found 0");
    BOOST_TEST(renamed(mallory, "newrdn: CN=M\ndeleteoldrdn: 1") == "");
    BOOST_TEST(renamed(mallory, "newrdn: OU=Bob2\ndeleteoldrdn: 1") ==
               "expected a name that begins with CN=, found 'OU=Bob2'");
    BOOST_TEST(renamed(mallory, "newrdn: 2.5.4.3=M\ndeleteoldrdn: 1") == "");
    BOOST_TEST(renamed(mallory, "newrdn: CN=M+SN=x\ndeleteoldrdn: 1") ==
               "expected one attribute in the first part of the name, found 'CN=M+SN=x'");
    BOOST_TEST(renamed(mallory, "newrdn: CN=M\\+SN\\=x\ndeleteoldrdn: 1") == "");
    BOOST_TEST(renamed(mallory, "newrdn: CN=a\\0Ab\ndeleteoldrdn: 1") ==
               "expected a name without a line feed, found 'a\\x0ab'");
    BOOST_TEST(added("CN=Trade,DC=contoso,DC=com", "objectClass: top\nobjectClass: organizationalUnit") ==
               "expected a name that begins with OU=, found 'CN=Trade'");
    BOOST_TEST(added("CN=Trade,DC=contoso,DC=com", "objectClass: contoso-Thing") == "");
    BOOST_TEST(added("CN=Ann,OU=Sales,DC=contoso,DC=com", "objectClass: user\ncn: Anne") ==
               "expected cn: Ann, as in the name, found 'Anne'");
    BOOST_TEST(added("CN=Ann,OU=Sales,DC=contoso,DC=com", "objectClass: user\ncn: ANN") == "");
    BOOST_TEST(added("CN=Ann,OU=Sales,DC=contoso,DC=com", "sn: x") == "expected an objectClass, found none");
    BOOST_TEST(added("CN=Sales,DC=contoso,DC=com", "objectClass: container") ==
               "expected a name that is free in its container, found 'OU=Sales,DC=contoso,DC=com'");
    BOOST_TEST(renamed(mallory, "newrdn: CN=Sales\ndeleteoldrdn: 1\nnewsuperior: DC=contoso,DC=com") ==
               "expected a name that is free in its container, found 'OU=Sales,DC=contoso,DC=com'");
    BOOST_TEST(added("CN=Sales,OU=Sales,DC=contoso,DC=com", "objectClass: container") == "");
}

BOOST_AUTO_TEST_CASE(classes_stay) {
    BOOST_TEST(modified(mallory, "replace: objectClass\nobjectClass: top\nobjectClass: computer") ==
               "expected an object that stays of class user, found 'computer'");
    BOOST_TEST(modified(mallory, "delete: objectClass\nobjectClass: user") ==
               "expected an object that stays of class user, found one without a class of its own");
    BOOST_TEST(
        modified("OU=Sales,DC=contoso,DC=com", "add: objectClass\nobjectClass: container") ==
        "expected an object that stays of class organizationalUnit, found one without a class of its own");
    BOOST_TEST(modified("CN=Contact,OU=Sales,DC=contoso,DC=com", "replace: objectClass\nobjectClass: user") ==
               "expected an object that stays of class contact, found 'user'");
    BOOST_TEST(modified(mallory, "add: objectClass\nobjectClass: inetOrgPerson") == "");
    BOOST_TEST(modified(mallory, "replace: objectClass\nobjectClass: top\nobjectClass: person\n"
                                 "objectClass: organizationalPerson\nobjectClass: User") == "");
    BOOST_TEST(modified(mallory, "add: objectClass\nobjectClass: posixAccount") == "");
    BOOST_TEST(modified(mallory, "add: objectClass\nobjectClass: contoso-Thing") == "");
    BOOST_TEST(added("CN=Ann,OU=Sales,DC=contoso,DC=com", "objectClass: top\nobjectClass: posixAccount") ==
               "expected one class that objects are made of, found top, posixAccount");
    BOOST_TEST(added("CN=Ann,OU=Sales,DC=contoso,DC=com", "objectClass: user\nobjectClass: group") ==
               "expected one class that objects are made of, found user, group");
    BOOST_TEST(added("CN=Ann,OU=Sales,DC=contoso,DC=com", "objectClass: user\nobjectClass: posixAccount") ==
               "");
}

BOOST_AUTO_TEST_CASE(classes_below_classes) {
    auto const doubted = [](std::string_view text) {
        return applied(fmt::format("dn: {}\n", text)).doubt;
    };
    BOOST_TEST(doubted("CN=Ann,CN=Big,CN=Users,DC=contoso,DC=com\nchangetype: add\nobjectClass: user") ==
               "expected a container that may hold objects of class user, found "
               "'CN=Big,CN=Users,DC=contoso,DC=com', of class group");
    BOOST_TEST(doubted("OU=Trade,CN=Users,DC=contoso,DC=com\nchangetype: add\n"
                       "objectClass: organizationalUnit") ==
               "expected a container that may hold objects of class organizationalUnit, found "
               "'CN=Users,DC=contoso,DC=com', of class container");
    BOOST_TEST(doubted("OU=Sales,DC=contoso,DC=com\nchangetype: modrdn\nnewrdn: OU=Sales\ndeleteoldrdn: 1\n"
                       "newsuperior: CN=Mallory,CN=Users,DC=contoso,DC=com") ==
               "expected a container that may hold objects of class organizationalUnit, found "
               "'CN=Mallory,CN=Users,DC=contoso,DC=com', of class user");
    BOOST_TEST(doubted("CN=Ann,OU=Sales,DC=contoso,DC=com\nchangetype: add\nobjectClass: user") == "");
    BOOST_TEST(doubted("CN=Ann,CN=Users,DC=contoso,DC=com\nchangetype: add\nobjectClass: inetOrgPerson") ==
               "");
    BOOST_TEST(doubted("CN=Ann,CN=Users,DC=contoso,DC=com\nchangetype: add\nobjectClass: contoso-Thing") ==
               "expected a class of the schema, found 'contoso-Thing'");
    // A class that one of the forest's own may hold.
    attribute_schema schema;
    auto input = reader::from_text(
        "dn: CN=Box,DC=x\nobjectClass: classSchema\nlDAPDisplayName: contoso-Box\nsubClassOf: container\n"
        "objectClassCategory: 1\nrDNAttID: cn\nsystemPossSuperiors: domainDNS\n\n"
        "dn: CN=Thing,DC=x\nobjectClass: classSchema\nlDAPDisplayName: contoso-Thing\nsubClassOf: top\n"
        "objectClassCategory: 1\nrDNAttID: cn\npossSuperiors: contoso-Box\n");
    while (auto const* const next = *input.next_view())
        BOOST_TEST(schema.add(*next));
    directory_tree tree({.schema = &schema});
    for (auto const& it : records_of("dn: DC=x\nchangetype: add\nobjectClass: domainDNS\n\n"
                                     "dn: CN=b,DC=x\nchangetype: add\nobjectClass: contoso-Box\n\n"
                                     "dn: CN=t,CN=b,DC=x\nchangetype: add\nobjectClass: contoso-Thing\n\n"
                                     "dn: CN=u,CN=b,DC=x\nchangetype: add\nobjectClass: user\n\n"))
        BOOST_TEST(tree.apply(it).has_value());
    auto const wrong = records_of("dn: CN=t,DC=x\nchangetype: add\nobjectClass: contoso-Thing\n\n");
    BOOST_TEST(message(tree.apply(wrong[0]).error()) == "expected a container that may hold objects of class "
                                                        "contoso-Thing, found 'DC=x', of class domainDNS");
}

BOOST_AUTO_TEST_CASE(group_types) {
    constexpr std::string_view group = "CN=Big,CN=Users,DC=contoso,DC=com";
    BOOST_TEST(modified(group, "replace: groupType\ngroupType: -2147483642") ==
               "expected a groupType with one scope, found -2147483642, which has several");
    BOOST_TEST(modified(group, "replace: groupType\ngroupType: 2147483648") ==
               "expected a groupType with one scope, found 2147483648, which has none");
    BOOST_TEST(added("CN=G,OU=Sales,DC=contoso,DC=com", "objectClass: group\ngroupType: 0") ==
               "expected a groupType with one scope, found 0, which has none");
    BOOST_TEST(added("CN=G,OU=Sales,DC=contoso,DC=com", "objectClass: group\ngroupType: 10") ==
               "expected a groupType with one scope, found 10, which has several");
    BOOST_TEST(modified("CN=Domain Users,CN=Users,DC=contoso,DC=com", "replace: groupType\ngroupType: 4") ==
               "expected a group that stays global or becomes universal, found 4");
    BOOST_TEST(modified("CN=Domain Users,CN=Users,DC=contoso,DC=com",
                        "replace: groupType\ngroupType: -2147483640") == "");
    BOOST_TEST(modified(group, "replace: groupType\ngroupType: -2147483644") == "");
    BOOST_TEST(added("CN=G,OU=Sales,DC=contoso,DC=com", "objectClass: group\ngroupType: 2") == "");
    BOOST_TEST(added("CN=G,OU=Sales,DC=contoso,DC=com", "objectClass: group\ngroupType: 16") == "");
}

BOOST_AUTO_TEST_CASE(system_flags) {
    constexpr std::string_view users = "CN=Users,DC=contoso,DC=com";
    BOOST_TEST(
        renamed(users, "newrdn: CN=People\ndeleteoldrdn: 1") ==
        "expected an object that may be renamed, found FLAG_DOMAIN_DISALLOW_RENAME in its systemFlags");
    BOOST_TEST(renamed(users, "newrdn: CN=Users\ndeleteoldrdn: 1\nnewsuperior: OU=Sales,DC=contoso,DC=com") ==
               "expected an object that may be moved, found FLAG_DOMAIN_DISALLOW_MOVE in its systemFlags");
    BOOST_TEST(renamed("OU=Sales,DC=contoso,DC=com", "newrdn: OU=Trade\ndeleteoldrdn: 1") == "");
}

BOOST_AUTO_TEST_CASE(values) {
    BOOST_TEST(modified(mallory, "replace: title\ntitle:") ==
               "expected a value of title, found an empty value");
    BOOST_TEST(modified(mallory, "replace: title") == "");
    BOOST_TEST(modified(mallory, "replace: showInAdvancedViewOnly\nshowInAdvancedViewOnly: True") ==
               "expected TRUE or FALSE for showInAdvancedViewOnly, found 'True'");
    BOOST_TEST(modified(mallory, "replace: showInAdvancedViewOnly\nshowInAdvancedViewOnly: TRUE") == "");
    BOOST_TEST(modified(mallory, "replace: userAccountControl\nuserAccountControl: 0x200") ==
               "expected a whole number for userAccountControl, found '0x200'");
    BOOST_TEST(modified(mallory, "replace: accountExpires\naccountExpires: 9223372036854775807") == "");
    BOOST_TEST(modified(mallory, "replace: groupType\ngroupType: -2147483646") == "");
    BOOST_TEST(modified(mallory, "replace: title\ntitle: 0x200") == "");
    BOOST_TEST(modified(mallory, "add: description\ndescription: two") ==
               "expected one value of description, found 2");
    BOOST_TEST(modified(mallory, "delete: description\n-\nadd: description\ndescription: two") == "");
    BOOST_TEST(modified("OU=Sales,DC=contoso,DC=com", "add: description\ndescription: two") == "");
    BOOST_TEST(modified(mallory, "replace: pwdLastSet\npwdLastSet: 133900000000000000") ==
               "expected 0 or -1 for pwdLastSet, found '133900000000000000'");
    BOOST_TEST(modified(mallory, "replace: pwdLastSet\npwdLastSet: -1") == "");
    BOOST_TEST(modified(mallory, "replace: nTSecurityDescriptor\nnTSecurityDescriptor: D:(A;;GA;;;WD)") ==
               "expected the octets of a descriptor for nTSecurityDescriptor, found SDDL text");
    BOOST_TEST(modified(mallory, "increment: logonCount\nlogonCount: 1") ==
               "expected add, delete or replace, found increment");
    BOOST_TEST(
        modified("CN=Domain Admins,CN=Users,DC=contoso,DC=com",
                 "add: member\nmember: CN=Doe, Jane,CN=Users,DC=contoso,DC=com") ==
        "expected '=' after the attribute name (column 13 of the value of member), found ',' in 'CN=Doe, "
        "Jane,CN=Users,DC=contoso,DC=com'");
}

BOOST_AUTO_TEST_CASE(times_sids_and_data) {
    BOOST_TEST(modified(mallory, "replace: msTSExpireDate\nmsTSExpireDate: 2026-01-31") ==
               "expected a time for msTSExpireDate, found '2026-01-31'");
    BOOST_TEST(modified(mallory, "replace: msTSExpireDate\nmsTSExpireDate: 20260131120000") ==
               "expected a time for msTSExpireDate, found '20260131120000'");
    BOOST_TEST(modified(mallory, "replace: msTSExpireDate\nmsTSExpireDate: 20260131120000.0Z") == "");
    BOOST_TEST(modified(mallory, "replace: msTSExpireDate\nmsTSExpireDate: 20260131120000+0100") == "");
    BOOST_TEST(modified("OU=Sales,DC=contoso,DC=com", "replace: securityIdentifier\nsecurityIdentifier: x") ==
               "expected a SID for securityIdentifier, found 'x'");
    BOOST_TEST(modified("OU=Sales,DC=contoso,DC=com",
                        "replace: securityIdentifier\nsecurityIdentifier: S-1-5-32-544") == "");
    auto const keyed = [](std::string_view data) {
        return modified(mallory, fmt::format("add: msDS-KeyCredentialLink\nmsDS-KeyCredentialLink: {}:{}",
                                             data, mallory));
    };
    BOOST_TEST(keyed("B:8:0002000Z").starts_with("expected "));
    BOOST_TEST(keyed("B:10:00020000").starts_with("expected "));
    BOOST_TEST(keyed("B:8:00020000") == "");
}

BOOST_AUTO_TEST_CASE(accounts_keep_what_they_need) {
    BOOST_TEST(modified(mallory, "delete: primaryGroupID") ==
               "expected an account that keeps its primaryGroupID, found a modification that removes it");
    BOOST_TEST(modified(mallory, "replace: sAMAccountName") ==
               "expected an account that keeps its sAMAccountName, found a modification that removes it");
    BOOST_TEST(modified(mallory, "delete: sAMAccountName\nsAMAccountName: mallory\n-\n"
                                 "add: sAMAccountName\nsAMAccountName: mal") == "");
    BOOST_TEST(modified(mallory, "replace: sAMAccountName\nsAMAccountName: mal/ory") ==
               "expected an account name without /, found 'mal/ory'");
    BOOST_TEST(modified(mallory, "replace: sAMAccountName\nsAMAccountName: mal.o-ry_1 x") == "");
    BOOST_TEST(added("CN=G,OU=Sales,DC=contoso,DC=com", "objectClass: group\nsAMAccountName: a:b") == "");
    auto const named = [](std::string_view type, std::string_view name) {
        return applied(fmt::format("dn: CN=N,OU=Sales,DC=contoso,DC=com\nchangetype: add\nobjectClass: {}\n"
                                   "sAMAccountName: {}\n",
                                   type, name))
            .doubt;
    };
    BOOST_TEST(named("user", "abcdefghijklmnopqrstu") ==
               "expected an account name of at most 20 characters, found 'abcdefghijklmnopqrstu'");
    BOOST_TEST(named("user", "abcdefghijklmnopqrst") == "");
    BOOST_TEST(named("group", "abcdefghijklmnopqrstuvwxyz") == "");
    BOOST_TEST(named("usr", "u") == "expected a class of the schema, found 'usr'");
    BOOST_TEST(
        added("CN=PC,OU=Sales,DC=contoso,DC=com", "objectClass: computer\ndescription: a\ndescription: b") ==
        "expected one value of description, found 2");
    BOOST_TEST(added("CN=N,OU=Sales,DC=contoso,DC=com", "objectClass: user\nname: M") ==
               "expected name: N, as in the name, found 'M'");
    BOOST_TEST(added("CN=N,OU=Sales,DC=contoso,DC=com", "objectClass: user\nname: N") == "");
}

BOOST_AUTO_TEST_CASE(attributes) {
    BOOST_TEST(
        applied(fmt::format("dn: {}\nchangetype: modify\nreplace: email\nemail: x\n-\n", mallory)).doubt ==
        "expected an attribute of the schema, found 'email'");
    BOOST_TEST(
        applied(fmt::format("dn: {}\nchangetype: modify\nreplace: mail\nmail: x\n-\n", mallory)).doubt == "");
    auto const by_number =
        applied(fmt::format("dn: {}\nchangetype: modify\nreplace: 2.5.4.12\n2.5.4.12: Clerk\n-\n", mallory));
    BOOST_TEST(contains(by_number.after, "title: Clerk\n"), by_number.after);
    BOOST_TEST(applied(fmt::format("dn: {}\nchangetype: modify\nreplace: 1.2.3.4\n1.2.3.4: x\n-\n", mallory))
                   .doubt == "expected the number of an attribute, found '1.2.3.4'");
    attribute_schema schema;
    auto input =
        reader::from_text("dn: CN=a,DC=x\nobjectClass: attributeSchema\nlDAPDisplayName: contoso-Badge\n"
                          "attributeSyntax: 2.5.5.8\nattributeID: 1.2.3.4\nisSingleValued: TRUE\n");
    BOOST_TEST_REQUIRE(schema.add(**input.next_view()));
    auto const list = records_of("dn: CN=a,DC=x\nchangetype: modify\nreplace: 1.2.3.4\n1.2.3.4: yes\n-\n"
                                 "replace: email\nemail: x\n-\n");
    auto const report = check_alone(*with_attribute_names(list[0], schema), schema);
    BOOST_TEST_REQUIRE(report.refusals.size() == 2U);
    BOOST_TEST(message(report.refusals[1]) == "expected an attribute of the schema, found 'email'");
    BOOST_TEST(message(report.refusals[0]) == "expected TRUE or FALSE for contoso-Badge, found 'yes'");
}

BOOST_AUTO_TEST_CASE(passwords_are_judged_and_never_shown) {
    auto const good = utf16("\"Secret1\"");
    BOOST_TEST(password_refusal({{modification_operation::replace, "unicodePwd", {"Secret1"}}}) ==
               "expected a password in quotation marks, in UTF-16LE, found something else (not shown)");
    BOOST_TEST(password_refusal({{modification_operation::replace, "unicodePwd", {utf16("Secret1")}}}) ==
               "expected a password in quotation marks, in UTF-16LE, found something else (not shown)");
    BOOST_TEST(password_refusal({{modification_operation::replace, "unicodePwd", {good}}}) == "");
    BOOST_TEST(password_refusal({{modification_operation::add, "unicodePwd", {good}}}) ==
               "expected replace: unicodePwd, or the old value deleted before, found add: unicodePwd alone");
    BOOST_TEST(password_refusal({{modification_operation::delete_values, "unicodePwd", {good}},
                                 {modification_operation::add, "unicodePwd", {utf16("\"Secret2\"")}}}) == "");
}

BOOST_AUTO_TEST_CASE(values_that_stand_once) {
    BOOST_TEST(added("CN=M2,OU=Sales,DC=contoso,DC=com", "objectClass: user\nsAMAccountName: MALLORY") ==
               "expected a sAMAccountName that no other object has, found 'MALLORY', which "
               "'CN=Mallory,CN=Users,DC=contoso,DC=com' has");
    BOOST_TEST(added("CN=M2,OU=Sales,DC=contoso,DC=com", "objectClass: user\nsAMAccountName: mallory2") ==
               "");
    BOOST_TEST(modified("CN=Bob,CN=Users,DC=contoso,DC=com",
                        "replace: userPrincipalName\nuserPrincipalName: Mallory@contoso.com") ==
               "expected a userPrincipalName that no other object has, found 'Mallory@contoso.com', which "
               "'CN=Mallory,CN=Users,DC=contoso,DC=com' has");
    BOOST_TEST(modified(mallory, "replace: userPrincipalName\nuserPrincipalName: Mallory@contoso.com") == "");
    BOOST_TEST(modified("CN=Bob,CN=Users,DC=contoso,DC=com",
                        "add: servicePrincipalName\nservicePrincipalName: http/WEB1") ==
               "expected a servicePrincipalName that no other object has, found 'http/WEB1', which "
               "'CN=Mallory,CN=Users,DC=contoso,DC=com' has");
    BOOST_TEST(applied(fmt::format("dn: {0}\nchangetype: modify\ndelete: servicePrincipalName\n"
                                   "servicePrincipalName: HTTP/web1\n-\n\n"
                                   "dn: CN=Bob,CN=Users,DC=contoso,DC=com\nchangetype: modify\n"
                                   "add: servicePrincipalName\nservicePrincipalName: HTTP/web1\n-\n",
                                   mallory))
                   .refusal == "");
}

BOOST_AUTO_TEST_CASE(targets) {
    constexpr std::string_view group = "CN=Domain Admins,CN=Users,DC=contoso,DC=com";
    BOOST_TEST(
        modified(group, "add: member\nmember: CN=Anm,CN=Users,DC=contoso,DC=com") ==
        "expected an object that member can name, found 'CN=Anm,CN=Users,DC=contoso,DC=com', which the "
        "export does not hold");
    BOOST_TEST(modified(group, "add: member\nmember: CN=Anm,OU=Elsewhere,DC=contoso,DC=com") == "");
    BOOST_TEST(applied("dn: CN=Domain Admins,CN=Users,DC=contoso,DC=com\nchangetype: modify\nadd: member\n"
                       "member: CN=Anm,CN=Users,DC=contoso,DC=com\n-\n",
                       true)
                   .refusal == "");
    BOOST_TEST(applied("dn: CN=Anm,CN=Users,DC=contoso,DC=com\nchangetype: add\nobjectClass: user\n\n"
                       "dn: CN=Domain Admins,CN=Users,DC=contoso,DC=com\nchangetype: modify\nadd: member\n"
                       "member: CN=Anm,CN=Users,DC=contoso,DC=com\n-\n")
                   .refusal == "");
}

BOOST_AUTO_TEST_CASE(primary_groups) {
    auto const moved =
        applied("dn: CN=Bob,CN=Users,DC=contoso,DC=com\nchangetype: modify\nreplace: primaryGroupID\n"
                "primaryGroupID: 512\n-\n");
    BOOST_TEST(moved.refusal == "");
    BOOST_TEST(moved.doubt == "");
    BOOST_TEST(
        contains(moved.after, "sAMAccountName: Domain Users\nmember: CN=Bob,CN=Users,DC=contoso,DC=com\n"),
        moved.after);
    BOOST_TEST(contains(moved.after, "sAMAccountName: Domain Admins\n\n"), moved.after);
    BOOST_TEST(contains(moved.after, "memberOf: CN=Domain Users,CN=Users,DC=contoso,DC=com\n"), moved.after);
    BOOST_TEST(modified(mallory, "replace: primaryGroupID\nprimaryGroupID: 512") ==
               "expected a primary group that the account is a direct member of, found 'CN=Domain "
               "Admins,CN=Users,DC=contoso,DC=...' (primaryGroupID 512), which does not have it as a member");
    BOOST_TEST(modified(mallory, "replace: primaryGroupID\nprimaryGroupID: 513") == "");
    BOOST_TEST(added("CN=Ann,OU=Sales,DC=contoso,DC=com", "objectClass: user\nprimaryGroupID: 513") ==
               "expected an addition without primaryGroupID, found one with it");
}

BOOST_AUTO_TEST_CASE(members_by_primary_group) {
    constexpr std::string_view users = "CN=Domain Users,CN=Users,DC=contoso,DC=com";
    auto const member = fmt::format("member: {}", mallory);
    BOOST_TEST(modified(users, "add: member\n" + member) ==
               "expected an account that is no member of the group yet, found "
               "'CN=Mallory,CN=Users,DC=contoso,DC=com', whose primary group it is");
    BOOST_TEST(contains(modified(users, "replace: member\n" + member), "whose primary group it is"));
    BOOST_TEST(modified("CN=Domain Admins,CN=Users,DC=contoso,DC=com", "add: member\n" + member) == "");
    BOOST_TEST(modified(users, "add: member\nmember: CN=Domain Admins,CN=Users,DC=contoso,DC=com") == "");
}

BOOST_AUTO_TEST_CASE(alternative_names) {
    auto const by_sid = applied("dn: <SID=S-1-5-32-544>\nchangetype: modify\nadd: member\n"
                                "member: <GUID=04030201-0605-0807-090a-0b0c0d0e0f10>\n-\n");
    BOOST_TEST(by_sid.refusal == "");
    BOOST_TEST(
        contains(by_sid.after, "objectSid: S-1-5-32-544\nmember: CN=Mallory,CN=Users,DC=contoso,DC=com\n"),
        by_sid.after);
    auto const well_known =
        applied("dn: <WKGUID=a9d1ca15768811d1aded00c04fd8d5cd,DC=contoso,DC=com>\nchangetype: modify\n"
                "replace: description\ndescription: x\n-\n");
    BOOST_TEST(contains(well_known.after,
                        "dn: CN=Users,DC=contoso,DC=com\nobjectClass: container\nsystemFlags: "
                        "-1946157056\ndescription: x\n"),
               well_known.after);
    auto const foreign =
        applied("dn: CN=Domain Admins,CN=Users,DC=contoso,DC=com\nchangetype: modify\nadd: member\n"
                "member: <SID=S-1-5-21-7-7-7-1105>\n-\n");
    BOOST_TEST(contains(foreign.after,
                        "dn: CN=S-1-5-21-7-7-7-1105,CN=ForeignSecurityPrincipals,DC=contoso,DC=com\n"
                        "objectClass: top\nobjectClass: foreignSecurityPrincipal\n"),
               foreign.after);
    BOOST_TEST(contains(foreign.after,
                        "member: CN=S-1-5-21-7-7-7-1105,CN=ForeignSecurityPrincipals,DC=contoso,DC=com\n"));
    BOOST_TEST(applied("dn: CN=Domain Admins,CN=Users,DC=contoso,DC=com\nchangetype: modify\nadd: member\n"
                       "member: <SID=S-1-5-21-1111111111-2222222222-3333333333-9999>\n-\n")
                   .doubt ==
               "expected an object that <SID=S-1-5-21-1111111111-2222222222-3333333333-9999> names, "
               "found none in the export");
    BOOST_TEST(
        applied("dn: <SID=S-1-5-32-551>\nchangetype: modify\nreplace: description\ndescription: x\n-\n")
            .refusal == "expected an object that <SID=S-1-5-32-551> names, found none in the export");
}

BOOST_AUTO_TEST_CASE(names_that_stand_for_an_object_of_each_domain) {
    auto const two = std::string(base) + R"(
dn: DC=fabrikam,DC=com
objectClass: domainDNS
objectSid: S-1-5-21-7-7-7

dn: CN=Builtin,DC=fabrikam,DC=com
objectClass: builtinDomain

dn: CN=Administrators,CN=Builtin,DC=fabrikam,DC=com
objectClass: group
objectSid: S-1-5-32-544

dn: CN=Backup Operators,CN=Builtin,DC=fabrikam,DC=com
objectClass: group
objectSid: S-1-5-32-551

dn: CN=ForeignSecurityPrincipals,DC=fabrikam,DC=com
objectClass: container

dn: CN=S-1-5-21-9-9-9-1105,CN=ForeignSecurityPrincipals,DC=fabrikam,DC=com
objectClass: foreignSecurityPrincipal
objectSid: S-1-5-21-9-9-9-1105

dn: CN=Ann,CN=Builtin,DC=fabrikam,DC=com
objectClass: user
objectSid: S-1-5-21-7-7-7-1105
)";
    auto const in_two = [&](std::string_view changes) {
        return applied(changes, false, two);
    };
    std::string const tail = "\nchangetype: modify\nreplace: description\ndescription: x\n-\n";
    BOOST_TEST(in_two("dn: <SID=S-1-5-32-544>" + tail).refusal ==
               "expected one object that <SID=S-1-5-32-544> names, found "
               "'CN=Administrators,CN=Users,DC=contoso,DC...' and "
               "'CN=Administrators,CN=Builtin,DC=fabrikam...'");
    BOOST_TEST(in_two("dn: <SID=S-1-5-32-551>" + tail).refusal == "");
    BOOST_TEST(in_two("dn: <SID=S-1-5-21-7-7-7-1105>" + tail).refusal == "");
    auto const member = [&](std::string_view group, std::string_view sid) {
        return in_two(
            fmt::format("dn: {}\nchangetype: modify\nadd: member\nmember: <SID={}>\n-\n", group, sid));
    };
    std::string const admins = "CN=Domain Admins,CN=Users,DC=contoso,DC=com";
    auto const own = member(admins, "S-1-5-32-544");
    BOOST_TEST(contains(own.after, "member: CN=Administrators,CN=Users,DC=contoso,DC=com\n"), own.after);
    auto const of_forest = member(admins, "S-1-5-21-7-7-7-1105");
    BOOST_TEST(contains(of_forest.after, "member: CN=Ann,CN=Builtin,DC=fabrikam,DC=com\n"), of_forest.after);
    // What stands for an account in fabrikam.com does not stand for it in contoso.com.
    auto const foreign = member(admins, "S-1-5-21-9-9-9-1105");
    BOOST_TEST(contains(foreign.after,
                        "member: CN=S-1-5-21-9-9-9-1105,CN=ForeignSecurityPrincipals,DC=contoso,DC=com\n"),
               foreign.after);
    auto const elsewhere = in_two("dn: CN=g,DC=example,DC=com\nchangetype: add\nobjectClass: group\n"
                                  "member: <SID=S-1-5-32-544>\n\n");
    BOOST_TEST(contains(elsewhere.doubt + elsewhere.refusal, "none"), elsewhere.doubt + elsewhere.refusal);
}

BOOST_AUTO_TEST_CASE(ranges) {
    auto const unseen = applied("dn: CN=Big,CN=Users,DC=contoso,DC=com\nchangetype: modify\ndelete: member\n"
                                "member: CN=Domain Users,CN=Users,DC=contoso,DC=com\n-\n");
    BOOST_TEST(unseen.refusal == "");
    BOOST_TEST(unseen.doubt == "expected all values of member, found a range of them, without 'CN=Domain "
                               "Users,CN=Users,DC=contoso,DC=c...'");
    BOOST_TEST(contains(unseen.after, "member;range=0-1: CN=Bob,"), unseen.after);
    BOOST_TEST(
        modified("CN=Big,CN=Users,DC=contoso,DC=com",
                 "add: member\nmember: CN=Bob,CN=Users,DC=contoso,DC=com") ==
        "expected a new value of member, found 'CN=Bob,CN=Users,DC=contoso,DC=com', which is there already");
    auto const replaced =
        applied("dn: CN=Big,CN=Users,DC=contoso,DC=com\nchangetype: modify\nreplace: member\n"
                "member: CN=Bob,CN=Users,DC=contoso,DC=com\n-\n");
    BOOST_TEST(contains(replaced.after, "\nmember: CN=Bob,"), replaced.after);
    BOOST_TEST(replaced.doubt == "expected all values of member, found a range of them");
}

BOOST_AUTO_TEST_CASE(schema_objects) {
    auto const text = [](std::string_view name, std::string_view identifier, std::string_view om) {
        return fmt::format(
            "dn: CN={0},CN=Schema,CN=Configuration,DC=contoso,DC=com\nchangetype: add\n"
            "objectClass: attributeSchema\n"
            "lDAPDisplayName: {0}\nattributeID: {1}\nattributeSyntax: 2.5.5.12\noMSyntax: {2}\n"
            "isSingleValued: TRUE\n\n",
            name, identifier, om);
    };
    std::string const container =
        "dn: CN=Configuration,DC=contoso,DC=com\nchangetype: add\nobjectClass: configuration\n\n"
        "dn: CN=Schema,CN=Configuration,DC=contoso,DC=com\nchangetype: add\nobjectClass: dMD\n\n";
    BOOST_TEST(applied(container + text("a", "1.2.3", "64") + text("b", "1.2.4", "64")).refusal == "");
    BOOST_TEST(applied(container + text("a", "1.2.3", "64") + text("b", "1.2.3", "64")).refusal ==
               "expected a attributeID that no other object has, found '1.2.3', which "
               "'CN=a,CN=Schema,CN=Configuration,DC=conto...' has");
    BOOST_TEST(applied(container + text("a", "1.2.3", "20")).refusal ==
               "expected an oMSyntax of attributeSyntax 2.5.5.12, found '20'");
    auto const used =
        applied(container + text("contoso-Badge", "1.2.3", "64") +
                fmt::format("dn: {}\nchangetype: modify\nreplace: contoso-Badge\ncontoso-Badge: "
                            "x\n-\n",
                            mallory));
    BOOST_TEST(used.doubt == "");
}

BOOST_AUTO_TEST_CASE(deletes_a_tree_with_its_control) {
    BOOST_TEST(
        applied("dn: OU=Sales,DC=contoso,DC=com\nchangetype: delete\n").refusal ==
        "expected an object without others below it, found 'CN=Contact,OU=Sales,DC=contoso,DC=com' below it");
    auto const tree = applied("dn: OU=Sales,DC=contoso,DC=com\ncontrol: 1.2.840.113556.1.4.805 true\n"
                              "changetype: delete\n");
    BOOST_TEST(tree.refusal == "");
    BOOST_TEST(!contains(tree.after, "OU=Sales"), tree.after);
}

BOOST_AUTO_TEST_CASE(many_modifications_of_one_object) {
    std::string one = "dn: DC=contoso,DC=com\nchangetype: modify\n";
    std::string each;
    for (int i = 0; i < 20000; ++i) {
        auto const block = fmt::format("add: a{0}\na{0}: x\n-\n", i);
        one += block;
        each += "dn: DC=contoso,DC=com\nchangetype: modify\n" + block + "\n";
    }
    BOOST_TEST(contains(applied(one).after, "a19998: x\na19999: x\n"));
    BOOST_TEST(contains(applied(each).after, "a19998: x\na19999: x\n"));
}

BOOST_AUTO_TEST_CASE(undeletes) {
    constexpr std::string_view tombstone =
        "dn: DC=x\nobjectClass: domainDNS\n\ndn: CN=Bob\\0ADEL:1,CN=Deleted Objects,DC=x\nobjectClass: user\n"
        "isDeleted: TRUE\nsAMAccountName: bob\n";
    directory_tree tree;
    auto input = reader::from_text(tombstone);
    while (auto const* const next = *input.next())
        BOOST_TEST_REQUIRE(tree.put(to_entry(*next)).has_value());
    auto const changes = records_of("dn: CN=Bob\\0ADEL:1,CN=Deleted Objects,DC=x\nchangetype: modify\n"
                                    "delete: isDeleted\n-\nreplace: distinguishedName\n"
                                    "distinguishedName: CN=Bob,DC=x\n-\n");
    BOOST_TEST(tree.apply(changes[0]).has_value());
    BOOST_TEST_REQUIRE(tree.doubts().size() == 1U);
    BOOST_TEST(message(tree.doubts()[0]) == "expected an import with ldifde -x, found an undelete");
    BOOST_TEST(contains(show(tree), "dn: CN=Bob,DC=x\nobjectClass: user\nsAMAccountName: bob\n"), show(tree));
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
