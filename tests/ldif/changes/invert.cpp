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

tl::expected<inversion, invert_error> inverted(std::string const& base, std::string const& changes) {
    auto source = reader::from_text(changes);
    auto const list = read_changes(source).value();
    directory_tree tree;
    std::set<std::string, std::less<>> seen;
    auto export_file = reader::from_text(base);
    BOOST_TEST_REQUIRE(load_reach(export_file, change_reach(list), tree, &seen).has_value());
    inversion made;
    auto const done = invert(
        changes_in_memory(list), tree, seen, [&](record const& it) { made.rollback.push_back(it); },
        [&](lost_state const& it) { made.lost.push_back(it); });
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
                         "dn: CN=u,OU=s,DC=x\ncn: u\ndescription: d\nobjectSid: S\n\n"
                         "dn: CN=g,DC=x\ncn: g\nmember: CN=u,OU=s,DC=x\nmember: CN=g,DC=x\n\n";

} // namespace

BOOST_AUTO_TEST_SUITE(changes)
BOOST_AUTO_TEST_SUITE(invert)

BOOST_AUTO_TEST_CASE(undoes_each_kind_of_change_last_first) {
    BOOST_TEST(
        rollback(base,
                 "dn: CN=n,DC=x\nchangetype: add\ncn: n\n\n"
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
               "dn: CN=u,OU=s,DC=x\nchangetype: add\ncn: u\ndescription: d\n\n"
               "dn: CN=g,DC=x\nchangetype: modify\nadd: member\nmember: CN=u,OU=s,DC=x\n-\n\n");
    BOOST_TEST_REQUIRE(done->lost.size() == 1U);
    BOOST_TEST(done->lost[0].what ==
               "the object itself: another one is made, with a new objectGUID and objectSid and "
               "without a password; not set again: objectSid");
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

BOOST_AUTO_TEST_CASE(goes_over_schema_changes_that_did_nothing) {
    BOOST_TEST(rollback(base, "dn: CN=g,DC=x\nchangetype: ntdsSchemaAdd\ncn: g\n\n"
                              "dn: CN=none,DC=x\nchangetype: ntdsSchemaDelete\n") == "");
    auto const done = inverted(base, "dn: CN=a,DC=x\nchangetype: ntdsSchemaAdd\ncn: a\n");
    BOOST_TEST_REQUIRE(done.has_value());
    BOOST_TEST(done->lost.size() == 1U);
}

BOOST_AUTO_TEST_CASE(restores_random_directories) {
    std::size_t undone = 0;
    for (unsigned seed = 0; seed < 400; ++seed) {
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
        auto const done = inverted(before, changes);
        if (!done) { // the only reason there may be: no entry of the export has the attribute
            BOOST_TEST(message(done.error()).ends_with("found an export without that attribute"),
                       "seed " << seed << ": " << done.error().dn << ": " << message(done.error()) << "\n"
                               << before << "\n# changes\n"
                               << changes);
            continue;
        }
        ++undone;
    }
    BOOST_TEST(undone > 300U);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
