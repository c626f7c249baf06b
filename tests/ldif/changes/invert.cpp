#include "directory_model.hpp"

#include <ldif/changes/compare.hpp>
#include <ldif/changes/invert.hpp>

#include <boost/test/unit_test.hpp>

using namespace dsplan::ldif;

namespace {

writer_options const style{.profile = writer_profile::rfc2849, .fold_column = 0, .line_end = line_ends::lf};

std::string show(std::vector<record> const& records) {
    std::string text;
    for (auto const& it : records)
        write(text, it, {.profile = writer_profile::rfc2849, .fold_column = 0});
    return text;
}

struct inversion {
    std::vector<record> rollback;
    std::vector<lost_state> lost;
};

tl::expected<inversion, invert_error> inverted(std::string const& base, std::string const& changes,
                                               bool is_complete = false) {
    auto source = reader::from_text(changes);
    auto const list = read_changes(source).value();
    directory_tree tree;
    std::set<std::string, std::less<>> seen;
    auto export_file = reader::from_text(base);
    change_reach reach;
    reach.reach_for_rollback();
    for (auto const& it : list)
        reach.add(it);
    BOOST_TEST_REQUIRE(load_reach(export_file, reach, tree, &seen).has_value());
    inversion made;
    auto const done = invert(
        changes_in_memory(list), tree, seen, [&](record const& it) { made.rollback.push_back(it); },
        [&](lost_state const& it) { made.lost.push_back(it); }, {}, is_complete);
    if (!done)
        return tl::unexpected(std::get<invert_error>(done.error()));
    return made;
}

std::string rollback(std::string const& base, std::string const& changes) {
    auto const done = inverted(base, changes);
    return done ? show(done->rollback) : message(done.error());
}

std::string const base = "dn: DC=x\na: 1\n\n"
                         "dn: OU=s,DC=x\nou: s\nobjectGUID: g\nname: s\n\n"
                         "dn: CN=u,OU=s,DC=x\nobjectClass: container\ncn: u\ndescription: d\nobjectSid: S\n\n"
                         "dn: CN=g,DC=x\ncn: g\nmember: CN=u,OU=s,DC=x\nmember: CN=g,DC=x\n\n";

void restore_directories(unsigned first) {
    for (unsigned seed = first; seed < first + 500; ++seed) {
        directory_model model(seed);
        model.mutate(static_cast<int>(seed % 40));
        auto const before = model.export_text();
        model.mutate(static_cast<int>(seed % 25));
        auto const after = model.export_text();
        std::string changes;
        auto old_export = reader::from_text(before);
        auto new_export = reader::from_text(after);
        BOOST_TEST_REQUIRE(compare(old_export, new_export, [&](record const& it) {
                               write(changes, it, style);
                           }).has_value());
        auto const done = inverted(before, changes, true);
        if (!done)
            BOOST_FAIL("seed " << seed << ": " << done.error().dn << ": " << message(done.error()) << "\n"
                               << before << "\n# changes\n"
                               << changes);
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE(changes)
BOOST_AUTO_TEST_SUITE(invert)

BOOST_AUTO_TEST_CASE(undoes_each_kind_of_change_last_first) {
    BOOST_TEST(
        rollback(base,
                 "dn: CN=n,DC=x\nchangetype: add\nobjectClass: container\ncn: n\n\n"
                 "dn: CN=g,DC=x\nchangetype: modify\nadd: member\nmember: CN=n,DC=x\n-\n\n"
                 "dn: OU=s,DC=x\nchangetype: modrdn\nnewrdn: OU=t\ndeleteoldrdn: 1\n\n"
                 "dn: CN=u,OU=t,DC=x\nchangetype: modify\nreplace: description\ndescription: e\n-\n\n") ==
        "dn: CN=u,OU=t,DC=x\nchangetype: modify\nreplace: description\ndescription: d\n-\n\n"
        "dn: OU=t,DC=x\nchangetype: modrdn\nnewrdn: OU=s\ndeleteoldrdn: 1\n\n"
        "dn: CN=g,DC=x\nchangetype: modify\ndelete: member\nmember: CN=n,DC=x\n-\n\n"
        "dn: CN=n,DC=x\nchangetype: delete\n\n");
}

BOOST_AUTO_TEST_CASE(brings_a_deleted_object_back_with_its_memberships_and_says_what_is_lost) {
    auto const done = inverted(base, "dn: CN=u,OU=s,DC=x\nchangetype: delete\n");
    BOOST_TEST_REQUIRE(done.has_value());
    BOOST_TEST(show(done->rollback) ==
               "dn: CN=u,OU=s,DC=x\nchangetype: add\nobjectClass: container\ncn: u\ndescription: d\n\n"
               "dn: CN=g,DC=x\nchangetype: modify\nadd: member\nmember: CN=u,OU=s,DC=x\n-\n\n");
    BOOST_TEST_REQUIRE(done->lost.size() == 1U);
    BOOST_TEST(done->lost[0].what ==
               "the object itself: another one is made, with a new objectGUID and objectSid and "
               "without a password; not set again: objectSid");
}

// The object comes back under the name that the export has, whatever its containers were called on the way.
BOOST_AUTO_TEST_CASE(brings_back_what_was_renamed_before_it_was_deleted) {
    auto const restored = [](std::string const& changes) {
        auto const done = inverted(base, changes);
        return done ? done->lost.size() : 0;
    };
    BOOST_TEST(restored("dn: OU=s,DC=x\nchangetype: modrdn\nnewrdn: OU=t\ndeleteoldrdn: 1\n\n"
                        "dn: CN=u,OU=t,DC=x\nchangetype: delete\n") == 1U);
    BOOST_TEST(restored("dn: CN=u,OU=s,DC=x\nchangetype: modrdn\nnewrdn: CN=v\ndeleteoldrdn: 1\n\n"
                        "dn: CN=v,OU=s,DC=x\nchangetype: delete\n") == 1U);
    BOOST_TEST(
        restored("dn: CN=u,OU=s,DC=x\nchangetype: moddn\nnewrdn: CN=v\ndeleteoldrdn: 1\nnewsuperior: DC=x\n\n"
                 "dn: OU=s,DC=x\nchangetype: modrdn\nnewrdn: OU=t\ndeleteoldrdn: 1\n\n"
                 "dn: CN=v,DC=x\nchangetype: delete\n\n"
                 "dn: CN=v,DC=x\nchangetype: add\nobjectClass: container\n") == 1U);
}

std::string const tree_of_sales =
    "dn: DC=x\na: 1\n\n"
    "dn: OU=s,DC=x\nobjectClass: organizationalUnit\nmanagedBy: CN=u,OU=s,DC=x\n\n"
    "dn: OU=t,OU=s,DC=x\nobjectClass: organizationalUnit\n\n"
    "dn: CN=g,OU=s,DC=x\nobjectClass: group\nmember: CN=u,OU=t,OU=s,DC=x\nmember: CN=o,DC=x\n\n"
    "dn: CN=u,OU=t,OU=s,DC=x\nobjectClass: contact\n\n"
    "dn: CN=u,OU=s,DC=x\nobjectClass: contact\n\n"
    "dn: CN=o,DC=x\nobjectClass: group\nmember: CN=g,OU=s,DC=x\n\n"
    "dn: CN=Gone\\0ADEL:1,CN=Deleted Objects,DC=x\nobjectClass: contact\nisDeleted: TRUE\ntitle: a\n\n";

BOOST_AUTO_TEST_CASE(makes_a_deleted_tree_again_and_then_its_links) {
    auto const done = inverted(tree_of_sales, "dn: OU=s,DC=x\ncontrol: 1.2.840.113556.1.4.805 true\n"
                                              "changetype: delete\n\n");
    BOOST_TEST_REQUIRE(done.has_value());
    BOOST_TEST(show(done->rollback) ==
               "dn: OU=s,DC=x\nchangetype: add\nobjectClass: organizationalUnit\n\n"
               "dn: CN=g,OU=s,DC=x\nchangetype: add\nobjectClass: group\nmember: CN=o,DC=x\n\n"
               "dn: CN=u,OU=s,DC=x\nchangetype: add\nobjectClass: contact\n\n"
               "dn: OU=t,OU=s,DC=x\nchangetype: add\nobjectClass: organizationalUnit\n\n"
               "dn: CN=u,OU=t,OU=s,DC=x\nchangetype: add\nobjectClass: contact\n\n"
               "dn: CN=o,DC=x\nchangetype: modify\nadd: member\nmember: CN=g,OU=s,DC=x\n-\n\n"
               "dn: OU=s,DC=x\nchangetype: modify\nadd: managedBy\nmanagedBy: CN=u,OU=s,DC=x\n-\n\n"
               "dn: CN=g,OU=s,DC=x\nchangetype: modify\nadd: member\nmember: CN=u,OU=t,OU=s,DC=x\n-\n\n");
    BOOST_TEST(done->lost.size() == 5U);
    auto const none = inverted(tree_of_sales, "dn: OU=n,DC=x\ncontrol: 1.2.840.113556.1.4.805 true\n"
                                              "changetype: delete\n\n");
    BOOST_TEST(message(none.error()) == "expected an object with this name, found none");
}

BOOST_AUTO_TEST_CASE(deletes_what_an_undelete_revived) {
    std::string const undelete =
        "dn: CN=Gone\\0ADEL:1,CN=Deleted Objects,DC=x\nchangetype: modify\ndelete: isDeleted\n-\n"
        "replace: distinguishedName\ndistinguishedName: CN=Gone,OU=s,DC=x\n-\nreplace: title\ntitle: "
        "b\n-\n\n";
    auto const done =
        inverted(tree_of_sales, undelete + "dn: CN=g,OU=s,DC=x\nchangetype: modify\nadd: member\n"
                                           "member: CN=Gone,OU=s,DC=x\n-\n\n");
    BOOST_TEST_REQUIRE(done.has_value());
    BOOST_TEST(show(done->rollback) == "dn: CN=g,OU=s,DC=x\nchangetype: modify\ndelete: member\n"
                                       "member: CN=Gone,OU=s,DC=x\n-\n\n"
                                       "dn: CN=Gone,OU=s,DC=x\nchangetype: delete\n\n");
    BOOST_TEST_REQUIRE(done->lost.size() == 1U);
    BOOST_TEST((done->lost[0].kind == lost_kind::revived_object));
    BOOST_TEST(rollback("dn: DC=x\ntitle: a\n\n", undelete) ==
               "expected an object with this name, found none");
}

BOOST_AUTO_TEST_CASE(refuses_what_it_cannot_know) {
    BOOST_TEST(rollback(base, "dn: CN=u,OU=s,DC=x\nchangetype: modify\nreplace: title\ntitle: e\n-\n") ==
               "expected the old values of title, found an export without that attribute");
    BOOST_TEST(
        rollback(base, "dn: CN=u,OU=s,DC=x\nchangetype: modify\nreplace: unicodePwd\nunicodePwd: e\n-\n") ==
        "expected an attribute that can be read, found 'unicodePwd'");
    BOOST_TEST(rollback(base, "dn: CN=none,DC=x\nchangetype: delete\n") ==
               "expected an object with this name, found none");
}

constexpr char const* accounts =
    "dn: DC=x\nobjectClass: domainDNS\nobjectSid: S-1-5-21-1-2-3\n\n"
    "dn: CN=Users,DC=x\nobjectClass: container\n\n"
    "dn: CN=Domain Users,CN=Users,DC=x\nobjectClass: group\nobjectSid: S-1-5-21-1-2-3-513\n"
    "member: CN=Ann,CN=Users,DC=x\n\n"
    "dn: CN=Staff,CN=Users,DC=x\nobjectClass: group\nobjectSid: S-1-5-21-1-2-3-1200\n\n"
    "dn: CN=Project,CN=Users,DC=x\nobjectClass: group\nmember: CN=Ann,CN=Users,DC=x\n"
    "member: CN=Ben,CN=Users,DC=x\n\n"
    "dn: CN=Ann,CN=Users,DC=x\nobjectClass: user\nobjectSid: S-1-5-21-1-2-3-1100\nuserAccountControl: 512\n"
    "pwdLastSet: 133900000000000000\nprimaryGroupID: 1200\n\n"
    "dn: CN=Ben,CN=Users,DC=x\nobjectClass: user\nobjectSid: S-1-5-21-1-2-3-1101\nuserAccountControl: 512\n"
    "pwdLastSet: 0\nprimaryGroupID: 513\n\n"
    "dn: CN=Big,CN=Users,DC=x\nobjectClass: group\nmember;range=0-0: CN=Ben,CN=Users,DC=x\n\n";

BOOST_AUTO_TEST_CASE(brings_accounts_back_in_a_form_that_imports) {
    auto const plain = inverted(accounts, "dn: CN=Ben,CN=Users,DC=x\nchangetype: delete\n");
    BOOST_TEST_REQUIRE(plain.has_value());
    BOOST_TEST(
        show(plain->rollback) ==
        "dn: CN=Ben,CN=Users,DC=x\nchangetype: add\nobjectClass: user\nuserAccountControl: 514\n"
        "pwdLastSet: 0\n\n"
        "dn: CN=Project,CN=Users,DC=x\nchangetype: modify\nadd: member\nmember: "
        "CN=Ben,CN=Users,DC=x\n-\n\n"
        "dn: CN=Big,CN=Users,DC=x\nchangetype: modify\nadd: member\nmember: CN=Ben,CN=Users,DC=x\n-\n\n");
    BOOST_TEST(plain->lost[0].what ==
               "the object itself: another one is made, with a new objectGUID and objectSid "
               "and without a password, disabled, with pwdLastSet 0; not set again: objectSid");
    auto const other = inverted(accounts, "dn: CN=Ann,CN=Users,DC=x\nchangetype: delete\n");
    BOOST_TEST_REQUIRE(other.has_value());
    BOOST_TEST(
        show(other->rollback) ==
        "dn: CN=Ann,CN=Users,DC=x\nchangetype: add\nobjectClass: user\nuserAccountControl: 514\n"
        "pwdLastSet: 0\n\n"
        "dn: CN=Project,CN=Users,DC=x\nchangetype: modify\nadd: member\nmember: "
        "CN=Ann,CN=Users,DC=x\n-\n\n"
        "dn: CN=Staff,CN=Users,DC=x\nchangetype: modify\nadd: member\nmember: CN=Ann,CN=Users,DC=x\n-\n\n"
        "dn: CN=Ann,CN=Users,DC=x\nchangetype: modify\nreplace: primaryGroupID\nprimaryGroupID: "
        "1200\n-\n\n");
}

BOOST_AUTO_TEST_CASE(loses_no_member_that_was_not_exported) {
    BOOST_TEST(rollback(accounts, "dn: CN=Big,CN=Users,DC=x\nchangetype: modify\nreplace: member\n"
                                  "member: CN=Ann,CN=Users,DC=x\n-\n") ==
               "expected all values of member, found a range of them");
    BOOST_TEST(rollback(accounts, "dn: CN=Big,CN=Users,DC=x\nchangetype: modify\nadd: member\n"
                                  "member: CN=Staff,CN=Users,DC=x\n-\n") ==
               "dn: CN=Big,CN=Users,DC=x\nchangetype: modify\ndelete: member\n"
               "member: CN=Staff,CN=Users,DC=x\n-\n\n");
    auto const unseen = inverted(accounts, "dn: CN=Big,CN=Users,DC=x\nchangetype: modify\ndelete: member\n"
                                           "member: CN=Staff,CN=Users,DC=x\n-\n");
    BOOST_TEST_REQUIRE(unseen.has_value());
    BOOST_TEST(show(unseen->rollback) == "dn: CN=Big,CN=Users,DC=x\nchangetype: modify\nadd: member\n"
                                         "member: CN=Staff,CN=Users,DC=x\n-\n\n");
    BOOST_TEST_REQUIRE(unseen->lost.size() == 1U);
    BOOST_TEST((unseen->lost[0].kind == lost_kind::unknown_values));
}

BOOST_AUTO_TEST_CASE(deletes_again_what_nobody_had_where_the_export_is_complete) {
    std::string const change =
        "dn: CN=Ann,CN=Users,DC=x\nchangetype: modify\nreplace: roomNumber\nroomNumber: 1\n-\n";
    BOOST_TEST(rollback(accounts, change) ==
               "expected the old values of roomNumber, found an export without that attribute");
    auto const done = inverted(accounts, change, true);
    BOOST_TEST_REQUIRE(done.has_value());
    BOOST_TEST(show(done->rollback) ==
               "dn: CN=Ann,CN=Users,DC=x\nchangetype: modify\ndelete: roomNumber\n-\n\n");
}

BOOST_AUTO_TEST_CASE(undoes_what_alternative_names_change) {
    BOOST_TEST(rollback(accounts, "dn: <SID=S-1-5-21-1-2-3-1200>\nchangetype: modify\nadd: member\n"
                                  "member: <SID=S-1-5-21-9-9-9-1105>\n-\n") ==
               "dn: CN=Staff,CN=Users,DC=x\nchangetype: modify\ndelete: member\n"
               "member:: PFNJRD1TLTEtNS0yMS05LTktOS0xMTA1Pg==\n-\n\n"
               "dn: CN=S-1-5-21-9-9-9-1105,CN=ForeignSecurityPrincipals,DC=x\nchangetype: delete\n\n");
    BOOST_TEST(rollback(accounts, "dn: CN=Staff,CN=Users,DC=x\nchangetype: modify\nadd: 2.5.4.31\n"
                                  "2.5.4.31: <SID=S-1-5-21-1-2-3-1101>\n-\n") ==
               "dn: CN=Staff,CN=Users,DC=x\nchangetype: modify\ndelete: member\n"
               "member: CN=Ben,CN=Users,DC=x\n-\n\n");
}

BOOST_AUTO_TEST_CASE(goes_over_schema_changes_that_did_nothing) {
    BOOST_TEST(rollback(base, "dn: CN=g,DC=x\nchangetype: ntdsSchemaAdd\nobjectClass: container\ncn: g\n\n"
                              "dn: CN=none,DC=x\nchangetype: ntdsSchemaDelete\n") == "");
    auto const done =
        inverted(base, "dn: CN=a,DC=x\nchangetype: ntdsSchemaAdd\nobjectClass: container\ncn: a\n");
    BOOST_TEST_REQUIRE(done.has_value());
    BOOST_TEST(done->lost.size() == 1U);
}

BOOST_AUTO_TEST_CASE(restores_random_directories) {
    restore_directories(0);
}
BOOST_AUTO_TEST_CASE(restores_random_directories_2) {
    restore_directories(500);
}
BOOST_AUTO_TEST_CASE(restores_random_directories_3) {
    restore_directories(1000);
}
BOOST_AUTO_TEST_CASE(restores_random_directories_4) {
    restore_directories(1500);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
