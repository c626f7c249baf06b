#include <ldif/changes/directory_tree.hpp>
#include <ldif/reader.hpp>
#include <ldif/writer.hpp>

#include <boost/test/unit_test.hpp>

using namespace dsplan::ldif;

namespace {

constexpr std::string_view base = R"(dn: DC=x
objectClass: domain

dn: OU=Sales,DC=x
objectClass: organizationalUnit
ou: Sales
name: Sales

dn: CN=Ruth,OU=Sales,DC=x
objectClass: user
cn: Ruth
name: Ruth
description: clerk
distinguishedName: CN=Ruth,OU=Sales,DC=x

dn: CN=Group,DC=x
objectClass: group
cn: Group
member: CN=Ruth,OU=Sales,DC=x
otherWellKnownObjects: B:4:ABCD:CN=Ruth,OU=Sales,DC=x
)";

directory_tree load(std::string_view text, apply_options options = {}) {
    directory_tree tree(options);
    auto input = reader::from_text(text);
    while (auto next = input.next()) {
        if (*next == nullptr)
            return tree;
        BOOST_TEST_REQUIRE(tree.put(to_entry(**next)).has_value());
    }
    BOOST_FAIL("the base does not parse");
    return tree;
}

std::string show(directory_tree const& tree) {
    std::string text;
    tree.for_each([&](std::string_view, entry const& it) {
        write(text, to_record(it), {.profile = writer_profile::rfc2849, .fold_column = 0});
    });
    return text;
}

// Applies the changes to the base; the entries after them, or the first refusal.
std::string after(std::string_view changes, apply_options options = {}) {
    auto tree = load(base, options);
    auto input = reader::from_text(changes, "changes.ldf");
    for (;;) {
        auto next = input.next();
        if (!next)
            return message(next.error());
        if (*next == nullptr)
            return show(tree);
        auto const before = show(tree);
        if (auto done = tree.apply(**next); !done) {
            BOOST_TEST(show(tree) == before, "a refused change must change nothing");
            return message(done.error());
        }
    }
}

bool contains(std::string const& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

} // namespace

BOOST_AUTO_TEST_SUITE(changes)
BOOST_AUTO_TEST_SUITE(directory_tree)

BOOST_AUTO_TEST_CASE(adds_and_deletes_entries) {
    auto const text = after("dn: CN=Theo,OU=Sales,DC=x\nchangetype: add\nobjectClass: user\n\n"
                            "dn: CN=Ruth,OU=Sales,DC=x\nchangetype: delete\n");
    BOOST_TEST(contains(text, "dn: CN=Theo,OU=Sales,DC=x\n"));
    BOOST_TEST(!contains(text, "dn: CN=Ruth"), text);
    BOOST_TEST(after("dn: CN=ruth,ou=sales,dc=X\nchangetype: add\nobjectClass: user\n") ==
               "expected a name that is free, found an object with it");
    BOOST_TEST(after("dn: CN=a,OU=None,DC=x\nchangetype: add\nobjectClass: user\n") ==
               "expected the container 'OU=None,DC=x', found none");
    BOOST_TEST(after("dn: OU=Sales,DC=x\nchangetype: delete\n") ==
               "expected an object without others below it, found 'CN=Ruth,OU=Sales,DC=x' below it");
    BOOST_TEST(after("dn: CN=None,DC=x\nchangetype: delete\n") ==
               "expected an object with this name, found none");
    BOOST_TEST(contains(
        after("dn: CN=a,OU=None,DC=x\nchangetype: add\nobjectClass: user\n", {.requires_parents = false}),
        "OU=None"));
}

BOOST_AUTO_TEST_CASE(modifies_values) {
    auto const modify = [](std::string_view block) {
        return after("dn: CN=Ruth,OU=Sales,DC=x\nchangetype: modify\n" + std::string(block) + "\n-\n");
    };
    BOOST_TEST(contains(modify("add: title\ntitle: x"), "title: x\n"));
    BOOST_TEST(!contains(modify("delete: description"), "clerk"));
    BOOST_TEST(!contains(modify("delete: description\ndescription: CLERK"), "clerk"));
    BOOST_TEST(contains(modify("replace: description\ndescription: y"), "description: y\n"));
    BOOST_TEST(modify("replace: none") == show(load(base)));
    BOOST_TEST(modify("add: uidNumber\nuidNumber: 5\n-\nincrement: uidNumber\nuidNumber: -7") ==
               "expected add, delete or replace, found increment");
    BOOST_TEST(modify("add: description\ndescription: Clerk") ==
               "expected a new value of description, found 'Clerk', which is there already");
    BOOST_TEST(modify("add: displayName\ndisplayName: a\n-\nadd: displayName\ndisplayName: b") ==
               "expected one value of displayName, found 2");
    BOOST_TEST(modify("delete: title") == "expected the attribute title to delete, found no value of it");
    BOOST_TEST(modify("delete: description\ndescription: x") ==
               "expected a value of description to delete, found 'x', which is not there");
    BOOST_TEST(modify("replace: cn\ncn: Theo") ==
               "expected an attribute that is not part of the name, found 'cn'");
    BOOST_TEST(modify("replace: whenChanged\nwhenChanged: x") ==
               "expected an attribute that may be written, found 'whenChanged'");
}

BOOST_AUTO_TEST_CASE(compares_names_as_names) {
    BOOST_TEST(
        after("dn: CN=Group,DC=x\nchangetype: modify\nadd: member\nmember: cn=ruth, OU=Sales,DC=x\n-\n") ==
        "expected a new value of member, found 'cn=ruth, OU=Sales,DC=x', which is there already");
}

BOOST_AUTO_TEST_CASE(renames_and_moves_subtrees) {
    auto const moved = after("dn: OU=Sales,DC=x\nchangetype: moddn\nnewrdn: OU=Trade\ndeleteoldrdn: 1\n");
    BOOST_TEST(!contains(moved, "Sales"), moved);
    BOOST_TEST(contains(moved, "dn: CN=Ruth,OU=Trade,DC=x\n"));
    BOOST_TEST(contains(moved, "member: CN=Ruth,OU=Trade,DC=x\n"));
    BOOST_TEST(contains(moved, "otherWellKnownObjects: B:4:ABCD:CN=Ruth,OU=Trade,DC=x\n"));
    BOOST_TEST(contains(moved, "distinguishedName: CN=Ruth,OU=Trade,DC=x\n"));
    BOOST_TEST(contains(moved, "ou: Trade\nname: Trade\n"));
    BOOST_TEST(
        contains(after("dn: CN=Ruth,OU=Sales,DC=x\nchangetype: modrdn\nnewrdn: CN=Ruth\ndeleteoldrdn: 1\n"
                       "newsuperior: DC=x\n"),
                 "dn: CN=Ruth,DC=x\n"));
    BOOST_TEST(
        contains(after("dn: CN=Ruth,OU=Sales,DC=x\nchangetype: modrdn\nnewrdn: CN=RUTH\ndeleteoldrdn: 1\n"),
                 "dn: CN=RUTH,OU=Sales,DC=x\n"));
    BOOST_TEST(after("dn: OU=Sales,DC=x\nchangetype: moddn\nnewrdn: OU=Sales\ndeleteoldrdn: 1\n"
                     "newsuperior: CN=Ruth,OU=Sales,DC=x\n") ==
               "expected a container elsewhere, found 'CN=Ruth,OU=Sales,DC=x'");
    BOOST_TEST(after("dn: OU=Sales,DC=x\nchangetype: moddn\nnewrdn: CN=Group\ndeleteoldrdn: 1\n") ==
               "expected a new name that is free, found an object with it");
}

BOOST_AUTO_TEST_CASE(removes_links_to_deleted_objects) {
    auto const text = after("dn: CN=Ruth,OU=Sales,DC=x\nchangetype: delete\n");
    BOOST_TEST(!contains(text, "member:"), text);
}

BOOST_AUTO_TEST_CASE(schema_changes_go_over_what_is_done) {
    BOOST_TEST(after("dn: DC=x\nchangetype: ntdsSchemaAdd\nobjectClass: domain\n\n"
                     "dn: CN=n,DC=x\nchangetype: ntdsSchemaModify\nreplace: a\na: b\n-\n\n"
                     "dn: CN=n,DC=x\nchangetype: ntdsSchemaDelete\n\n"
                     "dn: CN=n,DC=x\nchangetype: ntdsSchemaModRdn\nnewrdn: CN=m\ndeleteoldrdn: 1\n\n"
                     "dn:\nchangetype: modify\nadd: schemaUpdateNow\nschemaUpdateNow: 1\n-\n") ==
               show(load(base)));
}

BOOST_AUTO_TEST_CASE(a_modification_is_done_as_a_whole_or_not_at_all) {
    BOOST_TEST(
        after("dn: CN=Ruth,OU=Sales,DC=x\nchangetype: modify\nadd: title\ntitle: a\n-\ndelete: none\n-\n") ==
        "expected the attribute none to delete, found no value of it");
}

BOOST_AUTO_TEST_CASE(joins_values_that_a_server_gave_in_ranges) {
    auto const tree = load("dn: CN=G,DC=x\nmember;range=0-1: CN=a\nmember;range=0-1: CN=b\n\n"
                           "dn: CN=G,DC=x\nmember;range=2-*: CN=c\n");
    auto const group = tree.find("cn=g,dc=X");
    BOOST_TEST_REQUIRE(group.has_value());
    BOOST_TEST(group->find("MEMBER")->values.size() == 3U);
}

BOOST_AUTO_TEST_CASE(back_links_that_the_export_carries_follow) {
    constexpr std::string_view groups = "dn: DC=x\n\ndn: CN=u,DC=x\ncn: u\nmemberOf: CN=g,DC=x\n\n"
                                        "dn: CN=v,DC=x\ncn: v\n\n"
                                        "dn: CN=g,DC=x\ncn: g\nmember: CN=u,DC=x\n\n";
    auto const run = [&](std::string_view changes) {
        auto tree = load(groups);
        auto input = reader::from_text(changes);
        for (auto next = input.next(); *next != nullptr; next = input.next())
            BOOST_TEST_REQUIRE(tree.apply(**next).has_value());
        return show(tree);
    };
    auto const both = run("dn: CN=g,DC=x\nchangetype: modify\nadd: member\nmember: CN=v,DC=x\n-\n"
                          "delete: member\nmember: CN=u,DC=x\n-\n");
    BOOST_TEST(contains(both, "dn: CN=v,DC=x\ncn: v\nmemberOf: CN=g,DC=x\n"), both);
    BOOST_TEST(contains(both, "dn: CN=u,DC=x\ncn: u\n\n"), both);
    BOOST_TEST(contains(run("dn: CN=g,DC=x\nchangetype: modrdn\nnewrdn: CN=h\ndeleteoldrdn: 1\n"),
                        "memberOf: CN=h,DC=x\n"));
    BOOST_TEST(!contains(run("dn: CN=g,DC=x\nchangetype: delete\n"), "memberOf"));
    BOOST_TEST(contains(run("dn: CN=n,DC=x\nchangetype: add\nobjectClass: group\ncn: n\nmember: CN=v,DC=x\n"),
                        "cn: v\nmemberOf: CN=n,DC=x\n"));
    BOOST_TEST(!contains(run("dn: CN=g,DC=x\nchangetype: modify\nreplace: member\n-\n"), "memberOf"));
}

BOOST_AUTO_TEST_CASE(a_refused_modification_takes_its_links_back) {
    BOOST_TEST(
        after("dn: CN=Group,DC=x\nchangetype: modify\nreplace: member\nmember: DC=x\n-\ndelete: none\n-\n") ==
        "expected the attribute none to delete, found no value of it");
}

BOOST_AUTO_TEST_CASE(refuses_back_links_and_repeated_values) {
    BOOST_TEST(
        after("dn: CN=Ruth,OU=Sales,DC=x\nchangetype: modify\nadd: memberOf\nmemberOf: CN=Group,DC=x\n-\n") ==
        "expected an attribute that may be written, found 'memberOf'");
    BOOST_TEST(after("dn: CN=n,DC=x\nchangetype: add\ndescription: a\ndescription: A\n") ==
               "expected every value of description once, found 'A' twice");
}

BOOST_AUTO_TEST_CASE(knows_what_ldifde_k_ignores) {
    BOOST_TEST(is_ignored_by_ldifde_k(apply_fault::entry_exists));
    BOOST_TEST(!is_ignored_by_ldifde_k(apply_fault::has_children));
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
