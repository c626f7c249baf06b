#include "directory_model.hpp"

#include <ldif/changes/compare.hpp>
#include <ldif/changes/directory_tree.hpp>

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>

using namespace dsplan::ldif;

namespace {

std::string difference(std::string const& before, std::string const& after,
                       compare_options const& options = {}) {
    auto old_export = reader::from_text(before, "before");
    auto new_export = reader::from_text(after, "after");
    std::string changes;
    auto const done = compare(
        old_export, new_export,
        [&](record const& it) { write(changes, it, {.profile = writer_profile::rfc2849, .fold_column = 0}); },
        options);
    return done ? changes : message(done.error());
}

directory_tree load(std::string const& text) {
    directory_tree tree;
    auto input = reader::from_text(text);
    while (auto next = input.next()) {
        if (*next == nullptr)
            return tree;
        BOOST_TEST_REQUIRE(tree.put(to_entry(**next)).has_value());
    }
    BOOST_FAIL("does not parse");
    return tree;
}

// Entries with sorted attributes and values, without objectGUID.
std::string canonical(std::vector<entry> entries) {
    std::vector<std::string> lines;
    for (auto& it : entries) {
        std::vector<std::string> values;
        for (auto const& attribute : it.attributes)
            for (auto const& value : attribute.values)
                if (attribute.description != "objectGUID")
                    values.push_back("  " + attribute.description + ": " + value + "\n");
        std::sort(values.begin(), values.end());
        std::string text = it.dn + "\n";
        for (auto const& value : values)
            text += value;
        lines.push_back(text);
    }
    std::sort(lines.begin(), lines.end());
    std::string text;
    for (auto const& line : lines)
        text += line;
    return text;
}

std::string canonical(directory_tree const& tree) {
    std::vector<entry> entries;
    tree.for_each([&](std::string_view, entry const& it) { entries.push_back(it); });
    return canonical(std::move(entries));
}

std::string entry_text(std::string const& dn, std::string const& lines) {
    return "dn: " + dn + "\n" + lines + "\n";
}

// The difference of two random exports, applied to the first, gives the other.
void try_differences(unsigned first) {
    for (unsigned seed = first; seed < first + 500; ++seed) {
        directory_model model(seed);
        model.mutate(static_cast<int>(seed % 40));
        auto const before = model.export_text();
        model.mutate(static_cast<int>(seed % 25));
        // Little memory makes the sorts use temporary files.
        auto const changes =
            difference(before, model.export_text(), {.memory = seed % 2 == 0 ? 1U << 20 : 64U});
        auto tree = load(before);
        auto input = reader::from_text(changes);
        for (;;) {
            auto const next = input.next();
            BOOST_TEST_REQUIRE(next.has_value(), "seed " << seed << "\n" << changes);
            if (*next == nullptr)
                break;
            auto const done = tree.apply(**next);
            BOOST_TEST_REQUIRE(done.has_value(), "seed " << seed << ": " << (*next)->dn << ": "
                                                         << (done ? std::string() : message(done.error()))
                                                         << "\n"
                                                         << before << "\n# changes\n"
                                                         << changes);
        }
        BOOST_TEST_REQUIRE(canonical(tree) == canonical(model.entries(false)), "seed " << seed << "\n"
                                                                                       << before
                                                                                       << "\n# changes\n"
                                                                                       << changes);
    }
}

} // namespace

BOOST_AUTO_TEST_SUITE(changes)
BOOST_AUTO_TEST_SUITE(compare)

BOOST_AUTO_TEST_CASE(equal_exports_have_no_difference) {
    auto const text = entry_text("DC=x", "objectClass: top\n");
    BOOST_TEST(difference(text, text) == "");
    BOOST_TEST(difference(text, "dn: dc=X\nobjectClass: top\nwhenChanged: 2\n\n") ==
               "dn: DC=x\nchangetype: modrdn\nnewrdn: dc=X\ndeleteoldrdn: 1\n\n");
}

BOOST_AUTO_TEST_CASE(modifies_values) {
    BOOST_TEST(
        difference(entry_text("DC=x", "a: 1\na: 2\nb: 1\nc: 1\ndescription: x\nmember: CN=a,DC=x\n"),
                   entry_text("DC=x", "a: 2\na: 3\nc: 2\nd: 1\ndescription: y\nmember: cn=A,DC=x\n")) ==
        "dn: DC=x\nchangetype: modify\ndelete: b\n-\ndelete: a\na: 1\n-\nadd: a\na: 3\n-\n"
        "replace: c\nc: 2\n-\nadd: d\nd: 1\n-\nreplace: description\ndescription: y\n-\n\n");
}

BOOST_AUTO_TEST_CASE(leaves_out_what_no_change_file_can_set) {
    auto const before =
        entry_text("DC=x", "uSNChanged: 1\nmemberOf: CN=a\ntokenGroups: 1\nlastLogon: 5\na: 1\n");
    auto const after = entry_text("DC=x", "uSNChanged: 2\nlastLogon: 6\na: 2\n");
    BOOST_TEST(difference(before, after) == "dn: DC=x\nchangetype: modify\nreplace: a\na: 2\n-\n\n");
    BOOST_TEST(difference(before, after, {.ignored = {"A"}}) == "");
    auto old_export = reader::from_text(before);
    auto new_export = reader::from_text(after);
    auto const summary = dsplan::ldif::compare(old_export, new_export, [](record const&) {}).value();
    BOOST_TEST(
        (summary.left_out == std::vector<std::string>{"lastLogon", "memberOf", "tokenGroups", "uSNChanged"}));
    BOOST_TEST(summary.modified == 1U);
}

BOOST_AUTO_TEST_CASE(adds_parents_first_and_deletes_children_first) {
    auto const root = entry_text("DC=x", "a: 1\n");
    auto const two = entry_text("OU=b,OU=a,DC=x", "a: 1\n") + entry_text("OU=a,DC=x", "a: 1\n");
    BOOST_TEST(difference(root, root + two) == "dn: OU=a,DC=x\nchangetype: add\na: 1\n\n"
                                               "dn: OU=b,OU=a,DC=x\nchangetype: add\na: 1\n\n");
    BOOST_TEST(difference(root + two, root) == "dn: OU=b,OU=a,DC=x\nchangetype: delete\n\n"
                                               "dn: OU=a,DC=x\nchangetype: delete\n\n");
}

BOOST_AUTO_TEST_CASE(recognises_renames_by_guid) {
    auto const root = entry_text("DC=x", "a: 1\nmember: CN=u,OU=a,DC=x\n");
    auto const before =
        root + entry_text("OU=a,DC=x", "objectGUID: 1\n") + entry_text("CN=u,OU=a,DC=x", "objectGUID: 2\n");
    auto const after = entry_text("DC=x", "a: 1\nmember: CN=u,OU=b,DC=x\n") +
                       entry_text("OU=b,DC=x", "objectGUID: 1\n") +
                       entry_text("CN=u,OU=b,DC=x", "objectGUID: 2\nc: 1\n");
    BOOST_TEST(difference(before, after) ==
               "dn: OU=a,DC=x\nchangetype: modrdn\nnewrdn: OU=b\ndeleteoldrdn: 1\n\n"
               "dn: CN=u,OU=b,DC=x\nchangetype: modify\nadd: c\nc: 1\n-\n\n");
}

// The SIDs are S-1-5-21-1-2-3-4, as octets and as ldbsearch writes it, and S-1-5-32-544, which every domain
// has.
BOOST_AUTO_TEST_CASE(recognises_renamed_accounts_by_sid) {
    auto const octets = entry_text("CN=u", "objectSid:: AQUAAAAAAAUVAAAAAQAAAAIAAAADAAAABAAAAA==\n");
    auto const text = entry_text("CN=v", "objectSid: S-1-5-21-1-2-3-4\n");
    BOOST_TEST(difference(octets, text) == "dn: CN=u\nchangetype: modrdn\nnewrdn: CN=v\ndeleteoldrdn: 1\n\n");
    BOOST_TEST(difference(entry_text("CN=u", "objectGUID: 1\nb: 1\n"),
                          entry_text("CN=u", "objectSid: S-1-5-21-1-2-3-4\nb: 1\n")) == "");
    auto const builtin = [](std::string const& name) {
        return entry_text(name, "objectSid: S-1-5-32-544\nb: 1\n");
    };
    BOOST_TEST(difference(builtin("CN=u"), builtin("CN=v")) ==
               "dn: CN=u\nchangetype: delete\n\ndn: CN=v\nchangetype: add\nb: 1\n\n");
}

BOOST_AUTO_TEST_CASE(an_object_made_anew_under_its_old_name_is_deleted_and_added) {
    BOOST_TEST(difference(entry_text("CN=a", "objectGUID: 1\nb: 1\n"),
                          entry_text("CN=a", "objectGUID: 2\nb: 1\n")) ==
               "dn: CN=a\nchangetype: delete\n\ndn: CN=a\nchangetype: add\nb: 1\n\n");
}

BOOST_AUTO_TEST_CASE(two_objects_that_swap_names_take_a_detour) {
    BOOST_TEST(difference(entry_text("CN=a", "objectGUID: 1\n") + entry_text("CN=b", "objectGUID: 2\n"),
                          entry_text("CN=b", "objectGUID: 1\n") + entry_text("CN=a", "objectGUID: 2\n")) ==
               "dn: CN=a\nchangetype: modrdn\nnewrdn: CN=b (on its way 1)\ndeleteoldrdn: 1\n\n"
               "dn: CN=b\nchangetype: modrdn\nnewrdn: CN=a\ndeleteoldrdn: 1\n\n"
               "dn: CN=b (on its way 1)\nchangetype: modrdn\nnewrdn: CN=b\ndeleteoldrdn: 1\n\n");
}

BOOST_AUTO_TEST_CASE(links_wait_for_the_objects_they_name) {
    BOOST_TEST(
        difference(entry_text("DC=x", "a: 1\n"), entry_text("DC=x", "a: 1\n") +
                                                     entry_text("CN=a,DC=x", "b: 1\nmember: CN=b,DC=x\n") +
                                                     entry_text("CN=b,DC=x", "b: 1\n")) ==
        "dn: CN=a,DC=x\nchangetype: add\nb: 1\n\ndn: CN=b,DC=x\nchangetype: add\nb: 1\n\n"
        "dn: CN=a,DC=x\nchangetype: modify\nadd: member\nmember: CN=b,DC=x\n-\n\n");
}

BOOST_AUTO_TEST_CASE(refuses_what_is_no_export) {
    BOOST_TEST(difference("dn: CN=a\nchangetype: delete\n", "") == "expected an entry, found a change");
    BOOST_TEST(difference("dn: nonsense\na: 1\n", "") ==
               "expected '=' after the attribute name, found the end of the name");
}

BOOST_AUTO_TEST_CASE(many_objects_change_places) {
    std::string before = entry_text("DC=x", "a: 1\n");
    std::string after = before;
    for (int i = 0; i < 2000; ++i) {
        auto const guid = fmt::format("objectGUID: {:016}\n", i);
        before += entry_text(fmt::format("CN={},DC=x", i), guid);
        after += entry_text(fmt::format("CN={},DC=x", i ^ 1), guid);
    }
    auto const changes = difference(before, after, {.memory = 64});
    BOOST_TEST(changes == difference(before, after));
    BOOST_TEST(changes.starts_with(
        "dn: CN=0,DC=x\nchangetype: modrdn\nnewrdn: CN=1 (on its way 1)\ndeleteoldrdn: 1\n\n"
        "dn: CN=1,DC=x\nchangetype: modrdn\nnewrdn: CN=0\ndeleteoldrdn: 1\n\n"));
    auto tree = load(before);
    auto input = reader::from_text(changes);
    for (auto next = input.next(); next && *next != nullptr; next = input.next())
        BOOST_TEST_REQUIRE(tree.apply(**next).has_value());
    BOOST_TEST(tree.find("CN=7,DC=x")->find("objectGUID")->values[0] == "0000000000000006");
}

BOOST_AUTO_TEST_CASE(a_name_below_a_renamed_container_is_taken_again) {
    auto const root = entry_text("DC=x", "objectClass: domain\n");
    auto const before = root + entry_text("OU=Sales,DC=x", "objectGUID: 1\n") +
                        entry_text("CN=Jane Doe,OU=Sales,DC=x", "objectGUID: 2\n") +
                        entry_text("CN=Jane Roe,OU=Sales,DC=x", "objectGUID: 3\n");
    auto const after = root + entry_text("OU=Vertrieb,DC=x", "objectGUID: 1\n") +
                       entry_text("CN=Jane Doe,OU=Vertrieb,DC=x", "objectGUID: 3\n");
    BOOST_TEST(difference(before, after) ==
               "dn: OU=Sales,DC=x\nchangetype: modrdn\nnewrdn: OU=Vertrieb\ndeleteoldrdn: 1\n\n"
               "dn: CN=Jane Roe,OU=Vertrieb,DC=x\nchangetype: modrdn\n"
               "newrdn: CN=Jane Doe (on its way 1)\ndeleteoldrdn: 1\n\n"
               "dn: CN=Jane Doe,OU=Vertrieb,DC=x\nchangetype: delete\n\n"
               "dn: CN=Jane Doe (on its way 1),OU=Vertrieb,DC=x\nchangetype: modrdn\n"
               "newrdn: CN=Jane Doe\ndeleteoldrdn: 1\n\n");
}

BOOST_AUTO_TEST_CASE(what_stays_while_its_container_is_made_again_moves) {
    auto const root = entry_text("DC=x", "objectClass: domain\n");
    auto const user = entry_text("CN=u,OU=s,DC=x", "objectGUID: 2\n");
    BOOST_TEST(difference(root + entry_text("OU=s,DC=x", "objectGUID: 1\n") + user,
                          root + entry_text("OU=s,DC=x", "objectClass: organizationalUnit\nobjectGUID: 3\n") +
                              user) ==
               "dn: CN=u,OU=s,DC=x\nchangetype: moddn\nnewrdn: CN=u (on its way 1)\ndeleteoldrdn: 1\n"
               "newsuperior: DC=x\n\n"
               "dn: OU=s,DC=x\nchangetype: delete\n\n"
               "dn: OU=s,DC=x\nchangetype: add\nobjectClass: organizationalUnit\n\n"
               "dn: CN=u (on its way 1),DC=x\nchangetype: moddn\nnewrdn: CN=u\ndeleteoldrdn: 1\n"
               "newsuperior: OU=s,DC=x\n\n");
}

BOOST_AUTO_TEST_CASE(leaves_out_what_no_import_takes) {
    auto const account = "objectClass: user\nuserAccountControl: 512\n";
    auto const before = entry_text("CN=u,DC=x", account + std::string("pwdLastSet: 133800000000000000\n"));
    BOOST_TEST(
        difference(before,
                   entry_text("CN=u,DC=x", account + std::string("pwdLastSet: 133900000000000000\n"))) == "");
    BOOST_TEST(difference(before, entry_text("CN=u,DC=x", account + std::string("pwdLastSet: 0\n"))) ==
               "dn: CN=u,DC=x\nchangetype: modify\nadd: pwdLastSet\npwdLastSet: 0\n-\n\n");
    BOOST_TEST(difference("", entry_text("CN=u,DC=x", "objectClass: user\nprimaryGroupID: 513\n"
                                                      "pwdLastSet: 133900000000000000\n")) ==
               "dn: CN=u,DC=x\nchangetype: add\nobjectClass: user\n\n");
}

BOOST_AUTO_TEST_CASE(moves_accounts_to_other_primary_groups_as_the_server_does) {
    auto const group = [](std::string const& name, std::string const& rid, std::string const& members) {
        return entry_text("CN=" + name + ",DC=x",
                          "objectClass: group\nobjectSid: S-1-5-21-1-2-3-" + rid + "\n" + members);
    };
    auto const user = [](std::string const& rid) {
        return entry_text("CN=u,DC=x", "objectClass: user\nprimaryGroupID: " + rid + "\n");
    };
    std::string const member = "member: CN=u,DC=x\n";
    auto const set =
        "dn: CN=u,DC=x\nchangetype: modify\nreplace: primaryGroupID\nprimaryGroupID: 1200\n-\n\n";
    auto const join = "dn: CN=staff,DC=x\nchangetype: modify\nadd: member\nmember: CN=u,DC=x\n-\n\n";
    auto const after = group("all", "513", member) + group("staff", "1200", "") + user("1200");
    BOOST_TEST(difference(group("all", "513", "") + group("staff", "1200", member) + user("513"), after) ==
               set);
    BOOST_TEST(difference(group("all", "513", "") + group("staff", "1200", "") + user("513"), after) ==
               join + std::string(set));
    BOOST_TEST(difference(group("all", "513", "") + group("staff", "1200", ""), after) ==
               "dn: CN=u,DC=x\nchangetype: add\nobjectClass: user\n\n" + std::string(join) + set);
    BOOST_TEST(difference(group("all", "513", "") + group("staff", "1200", member) + user("513"),
                          group("all", "513", "") + group("staff", "1200", "") + user("1200")) ==
               std::string(set) +
                   "dn: CN=all,DC=x\nchangetype: modify\ndelete: member\nmember: CN=u,DC=x\n-\n\n");
}

// The server knows the group by its name after the change.
BOOST_AUTO_TEST_CASE(a_primary_group_that_was_renamed_gets_its_member_under_the_new_name) {
    auto const export_with = [](std::string const& name, std::string const& primary) {
        return entry_text("CN=" + name + ",DC=x",
                          "objectClass: group\nobjectGUID: 7\nobjectSid: S-1-5-21-1-2-3-1200\n") +
               entry_text("CN=u,DC=x", "objectClass: user\nobjectGUID: 8\nprimaryGroupID: " + primary + "\n");
    };
    BOOST_TEST(difference(export_with("staff", "513"), export_with("crew", "1200")) ==
               "dn: CN=staff,DC=x\nchangetype: modrdn\nnewrdn: CN=crew\ndeleteoldrdn: 1\n\n"
               "dn: CN=crew,DC=x\nchangetype: modify\nadd: member\nmember: CN=u,DC=x\n-\n\n"
               "dn: CN=u,DC=x\nchangetype: modify\nreplace: primaryGroupID\nprimaryGroupID: 1200\n-\n\n");
}

BOOST_AUTO_TEST_CASE(an_object_in_two_records_is_one) {
    auto const parts = entry_text("CN=u,DC=x", "objectClass: user\ntitle: a\n") +
                       entry_text("CN=u,DC=x", "objectClass: user\nobjectGUID: 1\n");
    BOOST_TEST(difference(parts, entry_text("CN=u,DC=x", "objectClass: user\nobjectGUID: 1\ntitle: a\n")) ==
               "");
    BOOST_TEST(difference(parts, entry_text("CN=v,DC=x", "objectClass: user\nobjectGUID: 1\ntitle: a\n")) ==
               "dn: CN=u,DC=x\nchangetype: modrdn\nnewrdn: CN=v\ndeleteoldrdn: 1\n\n");
}

BOOST_AUTO_TEST_CASE(matches_by_name_where_object_guids_are_left_out) {
    auto const before =
        entry_text("DC=x", "objectGUID: 1\n") + entry_text("CN=u,DC=x", "objectGUID: 2\ntitle: a\n");
    auto const after =
        entry_text("DC=x", "objectGUID: 3\n") + entry_text("CN=u,DC=x", "objectGUID: 4\ntitle: b\n");
    BOOST_TEST(difference(before, after, {.ignored = {"objectGUID"}}) ==
               "dn: CN=u,DC=x\nchangetype: modify\nreplace: title\ntitle: b\n-\n\n");
    auto old_export = reader::from_text(before);
    auto new_export = reader::from_text(after);
    BOOST_TEST(dsplan::ldif::compare(old_export, new_export, [](record const&) {}).value().remade == 2U);
}

BOOST_AUTO_TEST_CASE(what_lies_behind_a_range_is_told_and_left_out) {
    auto const group = [](std::string const& members) {
        return entry_text("CN=g,DC=x", "objectClass: group\n" + members);
    };
    auto const differs = [&](std::string const& before, std::string const& after) {
        std::string text;
        compare_options how;
        how.tell_partial = [&text](partial_values const& it) {
            text += fmt::format("{}{}{} {} of {}, {} left out\n", it.is_before ? "before" : "",
                                it.is_before && it.is_after ? ", " : "", it.is_after ? "after" : "",
                                it.description, it.dn, it.left_out);
        };
        auto const changes = difference(group(before), group(after), how);
        return text + changes;
    };
    std::string const head = "dn: CN=g,DC=x\nchangetype: modify\n";
    std::string const two = "member: CN=a\nmember: CN=b\n";
    std::string const open = "member;range=0-1: CN=a\nmember;range=0-1: CN=b\n";
    std::string const other = "member;range=0-1: CN=a\nmember;range=0-1: CN=c\n";
    BOOST_TEST(differs(two, two) == "");
    BOOST_TEST(differs(two, "member;range=0-*: CN=a\nmember;range=0-*: CN=b\n") == "");
    BOOST_TEST(differs(open, open) == "before, after member of CN=g,DC=x, 0 left out\n");
    BOOST_TEST(differs(open, other) == "before, after member of CN=g,DC=x, 2 left out\n");
    BOOST_TEST(differs(two, other) ==
               "after member of CN=g,DC=x, 1 left out\n" + head + "add: member\nmember: CN=c\n-\n\n");
    BOOST_TEST(differs(other, two) ==
               "before member of CN=g,DC=x, 1 left out\n" + head + "delete: member\nmember: CN=c\n-\n\n");
    BOOST_TEST(differs(open, "") == head + "delete: member\n-\n\n");
    BOOST_TEST(differs("", open) ==
               "after member of CN=g,DC=x, 0 left out\n" + head + "add: member\n" + two + "-\n\n");
    BOOST_TEST(difference("", group(open)) ==
               "dn: CN=g,DC=x\nchangetype: add\nobjectClass: group\n" + two + "\n");
}

BOOST_AUTO_TEST_CASE(applying_the_difference_gives_the_other_export) {
    try_differences(0);
}
BOOST_AUTO_TEST_CASE(applying_the_difference_gives_the_other_export_2) {
    try_differences(500);
}
BOOST_AUTO_TEST_CASE(applying_the_difference_gives_the_other_export_3) {
    try_differences(1000);
}
BOOST_AUTO_TEST_CASE(applying_the_difference_gives_the_other_export_4) {
    try_differences(1500);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
