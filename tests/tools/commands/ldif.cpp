#include <ldif/text_encoding.hpp>

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <tests/tools/command_run.hpp>

BOOST_AUTO_TEST_SUITE(commands)
BOOST_AUTO_TEST_SUITE(ldif)

namespace {

using dsplan::exit_status;

constexpr char const* base = "dn: DC=contoso,DC=com\nobjectClass: domain\n\n"
                             "dn: OU=Sales,DC=contoso,DC=com\nobjectClass: organizationalUnit\nou: Sales\n"
                             "objectGUID:: D9ZHW5BgskCfNypN6I8wYw==\n\n"
                             "dn: CN=Staff,DC=contoso,DC=com\nobjectClass: group\ncn: Staff\n"
                             "member: CN=Theo,DC=contoso,DC=com\nwhenChanged: 1\n\n";
constexpr char const* rename_sales = "dn: OU=Sales,DC=contoso,DC=com\nchangetype: modrdn\nnewrdn: OU=Trade\n"
                                     "deleteoldrdn: 1\n\n";

using contents = std::vector<std::pair<std::string, std::string>>;

// Files by name in a directory of their own, which is the current one meanwhile.
class folder {
public:
    explicit folder(contents const& files) : here_(scratch_.path()) {
        for (auto const& [name, content] : files)
            write_file(scratch_.path() / name, content);
    }
    [[nodiscard]] std::string read(std::string const& name) const {
        return read_file(scratch_.path() / name);
    }
    [[nodiscard]] std::size_t count() const {
        std::size_t files = 0;
        for (auto it = std::filesystem::directory_iterator(scratch_.path());
             it != std::filesystem::directory_iterator(); ++it)
            ++files;
        return files;
    }

private:
    temporary_directory scratch_;
    working_directory here_;
};

std::string crlf(std::string const& text) {
    std::string made;
    for (char const c : text)
        made += c == '\n' ? "\r\n" : std::string(1, c);
    return made;
}

} // namespace

BOOST_AUTO_TEST_CASE(check_tells_every_finding_with_its_place) {
    folder const files(contents{{"a.ldf", "dn: CN=a\nchangetype: add\nb:: ?\n\ndn: CN=c\nchangetype: "
                                          "add\nobjectClass: contact\ntitle: 1 \n\n"},
                                {"clean.ldf", "dn: CN=a\nchangetype: delete\n\n"}});
    auto const run = run_command({"ldif", "check", "a.ldf"});
    BOOST_TEST(run.out ==
               "error: expected a base64 character (A-Z a-z 0-9 + /), found '?' [syntax]\n"
               "  a.ldf:3:5\n    b:: ?\n        ^\n"
               "  the value was edited, or is plain text that needs ':' in place of '::'\n"
               "warning: expected no blank at the end of a line, found 1 of them [trailing-blanks]\n"
               "  a.ldf:8:9\n    title: 1 \n            ^\n"
               "  they are part of the value: write it as base64 if they are meant\n"
               "2 records, 1 error, 1 warning.\n");
    BOOST_TEST((run.status == exit_status::findings));
    auto const clean = run_command({"ldif", "check", "clean.ldf"});
    BOOST_TEST(clean.out == "1 record, no findings.\n");
    BOOST_TEST((clean.status == exit_status::success));
    BOOST_TEST((run_command({"ldif", "check", "none.ldf"}).status == exit_status::error));
}

BOOST_AUTO_TEST_CASE(check_names_a_later_addition_only) {
    std::string const modification =
        "dn: OU=New,DC=contoso,DC=com\nchangetype: modify\nreplace: description\ndescription: x\n-\n\n";
    auto const told = [&](std::string const& changetype) {
        folder const files(contents{
            {"base.ldf", base},
            {"change.ldf",
             modification + (changetype.empty() ? modification
                                                : "dn: OU=New,DC=contoso,DC=com\nchangetype: " + changetype +
                                                      "\nobjectClass: organizationalUnit\n\n")}});
        return run_command({"ldif", "check", "change.ldf", "--base", "base.ldf"}).out;
    };
    for (std::string const changetype : {"add", "ntdsSchemaAdd"})
        BOOST_TEST(told(changetype).find("line 7 adds it: move that record before this one\n") !=
                       std::string::npos,
                   told(changetype));
    BOOST_TEST(told("").find("adds it") == std::string::npos, told(""));
}

BOOST_AUTO_TEST_CASE(check_tries_the_changes_on_an_export) {
    folder const files(contents{
        {"base.ldf", base},
        {"change.ldf", "dn: CN=u,OU=New,DC=contoso,DC=com\nchangetype: add\ncn: u\n\n"
                       "dn: OU=New,DC=contoso,DC=com\nchangetype: add\nobjectClass: organizationalUnit\n\n"
                       "dn: CN=Staff,DC=contoso,DC=com\nchangetype: modify\nadd: member\n"
                       "member: CN=Theo,DC=contoso,DC=com\n-\n\n"}});
    auto const run = run_command({"ldif", "check", "change.ldf", "--base", "base.ldf"});
    BOOST_TEST(run.out ==
               "error: expected the container 'OU=New,DC=contoso,DC=com', found none [no-parent]\n"
               "  change.ldf:1\n  line 5 adds it: move that record before this one\n"
               "    CN=u,OU=New,DC=contoso,DC=com\n"
               "error: expected a new value of member, found 'CN=Theo,DC=contoso,DC=com', which is there "
               "already [value-exists]\n"
               "  change.ldf:12\n  leave the value out; -k would pass over this error, and over a refused "
               "descriptor too\n"
               "    CN=Staff,DC=contoso,DC=com\n"
               "3 records, 2 errors, 0 warnings.\n");
    auto const json = run_command({"ldif", "check", "change.ldf", "--base", "base.ldf", "--json"});
    BOOST_TEST(json.out.starts_with("{\n  \"format\": \"dsplan.ldif-check\",\n  \"version\": 1,\n  "
                                    "\"findings\": [\n    {\n      \"column\": 0,\n"),
               json.out);
    BOOST_TEST(json.out.ends_with("\n    }\n  ],\n  \"records\": 3\n}\n"), json.out);
    BOOST_TEST(json.out.find("\"rule\": \"value-exists\"") != std::string::npos, json.out);
    BOOST_TEST(run_command({"ldif", "check", "base.ldf", "--policy", "missing-changetype=accept", "--json"})
                   .out.find("\"findings\": []") != std::string::npos);
}

// The places of the errors, and what was found there.
std::vector<std::string> refusals_in(std::string const& change, std::vector<std::string> more = {}) {
    write_file(std::filesystem::current_path() / "change.ldf", change);
    more.insert(more.begin(), {"ldif", "check", "change.ldf", "--json"});
    auto const run = run_command(more);
    std::vector<std::string> found;
    auto const document = nlohmann::json::parse(run.out);
    for (auto const& each : document.at("findings"))
        if (each.at("level") == "error")
            found.push_back(fmt::format("{} {}: {}", each.at("line").get<int>(),
                                        each.at("rule").get<std::string>(),
                                        each.at("found").get<std::string>()));
    return found;
}

BOOST_AUTO_TEST_CASE(check_names_every_bad_value_of_a_record_at_its_line) {
    folder const files(
        contents{{"base.ldf", std::string(base) + "dn: CN=Theo,DC=contoso,DC=com\nobjectClass: contact\n"
                                                  "memberOf: CN=Staff,DC=contoso,DC=com\n\n"}});
    std::vector<std::string> const with_base{"--base", "base.ldf"};
    auto const are = [](std::vector<std::string> const& found, std::vector<std::string> const& wanted) {
        BOOST_TEST(found == wanted, boost::test_tools::per_element());
    };
    std::string const addition = "dn: CN=Help,OU=Sales,DC=contoso,DC=com\nchangetype: add\n"
                                 "objectClass: group\nmember: CN=Teo,DC=contoso,DC=com\n"
                                 "member: CN=Theo,DC=contoso,DC=com\nadminCount: x\n"
                                 "member: CN=Tho,DC=contoso,DC=com\nshowInAdvancedViewOnly: no\n"
                                 "memberOf: CN=Staff,DC=contoso,DC=com\n\n";
    are(refusals_in(addition), {"6 value-syntax: 'x'", "8 value-syntax: 'no'", "9 system-owned: 'memberOf'"});
    are(refusals_in(addition, with_base),
        {"4 missing-target: 'CN=Teo,DC=contoso,DC=com', which the export does not hold",
         "6 value-syntax: 'x'",
         "7 missing-target: 'CN=Tho,DC=contoso,DC=com', which the export does not hold",
         "8 value-syntax: 'no'", "9 system-owned: 'memberOf'"});
    std::string const modification = "dn: CN=Staff,DC=contoso,DC=com\nchangetype: modify\nadd: member\n"
                                     "member: CN=Teo,DC=contoso,DC=com\nmember: CN=Theo,DC=contoso,\n"
                                     " DC=com\n-\nreplace: adminCount\nadminCount: y\n-\n"
                                     "delete: description\ndescription: none\n-\n"
                                     "add: info\ninfo: a\ninfo: b\n-\n\n";
    are(refusals_in(modification, with_base),
        {"4 missing-target: 'CN=Teo,DC=contoso,DC=com', which the export does not hold",
         "5 value-exists: 'CN=Theo,DC=contoso,DC=com', which is there already", "9 value-syntax: 'y'",
         "12 no-such-attribute: no value of it", "16 single-valued: 2"});
    // The rest of the object is there for the records that follow.
    std::string const later = "dn: CN=Help,OU=Sales,DC=contoso,DC=com\nchangetype: modify\n"
                              "delete: member\nmember: CN=Theo,DC=contoso,DC=com\n-\n\n";
    BOOST_TEST(refusals_in(addition + later, with_base).size() == 5U);
    // Nothing is wrong with the values of a record whose name is the fault.
    are(refusals_in("dn: CN=New,OU=None,DC=contoso,DC=com\nchangetype: add\nobjectClass: contact\n"
                    "title: a\ninfo: b\n\n",
                    with_base),
        {"1 no-parent: none"});
    are(refusals_in("dn: CN=None,DC=contoso,DC=com\nchangetype: modify\nreplace: title\ntitle: a\n-\n"
                    "replace: info\ninfo: b\n-\n\n",
                    with_base),
        {"1 no-such-entry: none"});
    are(refusals_in("dn: CN=Staff,DC=contoso,DC=com\nchangetype: modify\nreplace: info\ninfo: a\n-\n"
                    "add: member\nmember: OU=Sales,DC=contoso,DC=com\n-\n\n",
                    with_base),
        {});
}

BOOST_AUTO_TEST_CASE(diff_takes_an_empty_export_and_says_what_that_means) {
    folder const files(contents{{"base.ldf", base}, {"empty.ldf", ""}, {"comment.ldf", "# nothing\n\n"}});
    for (std::string const empty : {"empty.ldf", "comment.ldf"}) {
        auto const gone = run_command({"ldif", "diff", "base.ldf", empty});
        BOOST_TEST((gone.status == exit_status::findings), gone.err);
        BOOST_TEST(gone.err.find("warning: the later export is empty: the changes delete every object") !=
                       std::string::npos,
                   gone.err);
        BOOST_TEST(gone.out.find("changetype: delete") != std::string::npos);
        auto const made = run_command({"ldif", "diff", empty, "base.ldf"});
        BOOST_TEST((made.status == exit_status::findings), made.err);
        BOOST_TEST(made.err.find("warning: the earlier export is empty") != std::string::npos, made.err);
        auto const same = run_command({"ldif", "diff", empty, "empty.ldf"});
        BOOST_TEST((same.status == exit_status::success), same.err);
        BOOST_TEST(same.out == "");
        BOOST_TEST(same.err == "0 added, 0 deleted, 0 renamed, 0 modified, 0 unchanged.\n");
    }
    BOOST_TEST(run_command({"ldif", "diff", "base.ldf", "base.ldf"}).err.find("warning") ==
               std::string::npos);
}

BOOST_AUTO_TEST_CASE(check_names_some_of_very_many_bad_values) {
    folder const files(contents{{"base.ldf", base}});
    std::string change = "dn: CN=Staff,DC=contoso,DC=com\nchangetype: modify\ndelete: member\n";
    for (int number = 0; number < 5000; ++number)
        change += fmt::format("member: CN=u{},DC=contoso,DC=com\n", number);
    auto const found = refusals_in(change + "-\n\n", {"--base", "base.ldf", "--partial"});
    BOOST_TEST(found.size() == 100U);
    BOOST_TEST(found.front() == "4 no-such-attribute: 'CN=u0,DC=contoso,DC=com', which is not there");
}

BOOST_AUTO_TEST_CASE(format_writes_one_style_and_explains_base64) {
    folder const files(contents{
        {"a.ldf", "# head\n\n# one\ndn: DC=x\n# inside\nobjectGUID:: D9ZHW5BgskCfNypN6I8wYw==\nb:: eA==\n\n"
                  "# search result\nsearch: 2\nresult: 0 Success\n\n# numEntries: 1\n"}});
    auto const run = run_command({"ldif", "format", "a.ldf", "--explain"});
    BOOST_TEST(
        run.out ==
        crlf("# head\n\n# one\ndn: DC=x\nchangetype: add\n# inside\n# 5b47d60f-6090-40b2-9f37-2a4de88f3063\n"
             "objectGUID:: D9ZHW5BgskCfNypN6I8wYw==\nb: x\n\n"
             "# search result\n\n# numEntries: 1\n\n"));
    BOOST_TEST(run.err == "");
    BOOST_TEST(run_command({"ldif", "format", "a.ldf", "--for", "rfc2849", "--fold", "20"}).out ==
               "version: 1\n\n# head\n\n# one\ndn: DC=x\n# inside\nobjectGUID:: D9ZHW5B\n "
               "gskCfNypN6I8wYw==\nb: x\n\n"
               "# search result\n\n# numEntries: 1\n\n");
}

BOOST_AUTO_TEST_CASE(apply_writes_the_export_afterwards) {
    folder const files(contents{{"base.ldf", base}, {"change.ldf", rename_sales}});
    auto const run = run_command({"ldif", "apply", "change.ldf", "--to", "base.ldf", "-o", "after.ldf"});
    BOOST_TEST((run.status == exit_status::success), run.err);
    BOOST_TEST(run.err == "1 change applied: 1 entry changed, 0 added, 0 removed; 0 skipped.\n");
    auto const after = files.read("after.ldf");
    BOOST_TEST(after.find("dn: OU=Trade,DC=contoso,DC=com\n") != std::string::npos, after);
    BOOST_TEST(files.count() == 3U);
}

BOOST_AUTO_TEST_CASE(apply_writes_nothing_where_a_change_is_refused) {
    folder const files(
        contents{{"base.ldf", base}, {"change.ldf", "dn: DC=contoso,DC=com\nchangetype: delete\n\n"}});
    auto const run = run_command({"ldif", "apply", "change.ldf", "--to", "base.ldf", "-o", "after.ldf"});
    BOOST_TEST((run.status == exit_status::error));
    BOOST_TEST(run.err == "error: expected an object without others below it, found "
                          "'CN=Staff,DC=contoso,DC=com' below it\n"
                          "  change.ldf:1\n    DC=contoso,DC=com\n  delete what is below it first\n");
    BOOST_TEST(files.count() == 2U);
}

BOOST_AUTO_TEST_CASE(apply_goes_over_what_ldifde_k_ignores_when_asked) {
    folder const files(
        contents{{"base.ldf", base}, {"change.ldf", "dn: DC=contoso,DC=com\nchangetype: add\nb: 1\n\n"}});
    auto const run = run_command({"ldif", "apply", "change.ldf", "--to", "base.ldf", "-k"});
    BOOST_TEST((run.status == exit_status::findings));
    BOOST_TEST(run.out == base);
}

BOOST_AUTO_TEST_CASE(diff_gives_the_changes_and_says_what_it_left_out) {
    std::string after = base;
    after.replace(after.find("OU=Sales"), 8, "OU=Trade");
    after.replace(after.find("ou: Sales"), 9, "ou: Trade");
    after.replace(after.find("whenChanged: 1"), 14, "whenChanged: 2");
    folder const files(contents{{"base.ldf", base}, {"after.ldf", after}});
    auto const run = run_command({"ldif", "diff", "base.ldf", "after.ldf"});
    BOOST_TEST(run.out == crlf(rename_sales));
    BOOST_TEST(run.err ==
               "Left out: objectGUID whenChanged\n0 added, 0 deleted, 1 renamed, 0 modified, 3 unchanged.\n");
    BOOST_TEST((run.status == exit_status::findings));
    auto const same = run_command({"ldif", "diff", "base.ldf", "base.ldf", "-o", "none.ldf"});
    BOOST_TEST((same.status == exit_status::success));
    BOOST_TEST(files.read("none.ldf").empty());
}

BOOST_AUTO_TEST_CASE(invert_gives_the_rollback) {
    folder const files(contents{{"base.ldf", base}, {"change.ldf", rename_sales}});
    auto const run = run_command({"ldif", "invert", "change.ldf", "--base", "base.ldf"});
    BOOST_TEST(
        run.out ==
        crlf("dn: OU=Trade,DC=contoso,DC=com\nchangetype: modrdn\nnewrdn: OU=Sales\ndeleteoldrdn: 1\n\n"));
    BOOST_TEST(run.err == "1 record undoes 1 change, all completely.\n");
    BOOST_TEST((run.status == exit_status::success));
}

BOOST_AUTO_TEST_CASE(invert_refuses_what_it_cannot_know) {
    folder const files(
        contents{{"base.ldf", base},
                 {"change.ldf", "dn: DC=contoso,DC=com\nchangetype: modify\nreplace: info\ninfo: 1\n-\n\n"}});
    auto const run =
        run_command({"ldif", "invert", "change.ldf", "--base", "base.ldf", "-o", "rollback.ldf"});
    BOOST_TEST((run.status == exit_status::error));
    BOOST_TEST(run.err ==
               "error: expected the old values of info, found an export without that attribute\n"
               "  change.ldf:1\n    DC=contoso,DC=com\n  export it too (ldifde -l); if it was asked "
               "for and no object has it, say --complete\n");
    auto const complete = run_command({"ldif", "invert", "change.ldf", "--base", "base.ldf", "--complete"});
    BOOST_TEST(complete.err == "Taken as said (--complete): what the export holds nowhere, no object has.\n"
                               "1 record undoes 1 change, all completely.\n");
    BOOST_TEST(files.count() == 2U);
}

BOOST_AUTO_TEST_CASE(invert_names_the_first_twenty_of_what_is_lost) {
    std::string text = base;
    std::string deletions;
    for (int i = 0; i < 23; ++i) {
        text += fmt::format("dn: CN={},DC=contoso,DC=com\nobjectClass: contact\ncn: {}\n\n", i, i);
        deletions += fmt::format("dn: CN={},DC=contoso,DC=com\nchangetype: delete\n\n", i);
    }
    folder const files(contents{{"base.ldf", text}, {"change.ldf", deletions}});
    auto const run =
        run_command({"ldif", "invert", "change.ldf", "--base", "base.ldf", "-o", "rollback.ldf"});
    BOOST_TEST((run.status == exit_status::findings));
    BOOST_TEST(run.err.find("    CN=19,DC=contoso,DC=com\n"
                            "warning: 3 more: deleted objects, as above\n"
                            "23 records undo 23 changes; 23 not completely.\n") != std::string::npos,
               run.err);
}

BOOST_AUTO_TEST_CASE(expand_replaces_as_ldifde_c_does) {
    folder const files(
        contents{{"schema.ldf", "dn: CN=a,DC=X\nchangetype: ntdsSchemaAdd\nb: zz\nd:: REM9WA==\n\n"}});
    auto const run = run_command({"ldif", "expand", "schema.ldf", "-c", "DC=X", "#defaultNamingContext", "-c",
                                  "zz", "e", "--root-dse", "defaultNamingContext=DC=x"});
    BOOST_TEST(run.out == "dn: CN=a,DC=x\nchangetype: ntdsSchemaAdd\nb: e\nd:: REM9WA==\n\n");
    BOOST_TEST((run.status == exit_status::findings));
    auto const unknown = run_command({"ldif", "expand", "schema.ldf", "-c", "DC=X", "#defaultNamingContext"});
    BOOST_TEST(unknown.err == "error: expected a value for #defaultNamingContext, found none\n"
                              "  say what the directory says: --root-dse defaultNamingContext=DC=...\n");
}

BOOST_AUTO_TEST_CASE(expand_keeps_the_encoding_of_its_input) {
    using dsplan::ldif::text_encoding;
    auto const records = [](std::string const& root) {
        return "dn: CN=a," + root + "\r\nobjectClass: top\r\n\r\ndn: CN=b\u00fc," + root +
               "\r\nobjectClass: top\r\n\r\n";
    };
    auto const text = records("DC=contoso,DC=com");
    auto const expanded = [&](std::string const& input) {
        folder const files(contents{{"schema.ldf", input}});
        return run_command({"ldif", "expand", "schema.ldf", "-c", "DC=X", "DC=contoso,DC=com"}).out;
    };
    BOOST_TEST(expanded(records("DC=X")) == text);
    for (auto const encoding : {text_encoding::utf8, text_encoding::utf16_little_endian}) {
        auto input = dsplan::ldif::byte_order_mark(encoding);
        auto output = input;
        BOOST_TEST(dsplan::ldif::append_encoded(input, records("DC=X"), encoding));
        BOOST_TEST(dsplan::ldif::append_encoded(output, text, encoding));
        BOOST_TEST(expanded(input) == output);
    }
}

BOOST_AUTO_TEST_CASE(format_warns_of_a_control_that_ldifde_may_not_take) {
    std::string const text = "dn: CN=a\ncontrol: 1.2.840.113556.1.4.805\nchangetype: delete\n\n";
    folder const files(contents{{"a.ldf", text}});
    auto const run = run_command({"ldif", "format", "a.ldf"});
    BOOST_TEST(run.out == crlf(text));
    BOOST_TEST(run.err ==
               "warning: the record of line 1 has a control, and nothing says that ldifde takes one: see "
               "what the change is without it\n");
    BOOST_TEST(run_command({"ldif", "format", "a.ldf", "--for", "rfc2849"}).err == "");
}

// A controller computes the inherited ACEs below a changed list, and so does the export after the change.
BOOST_AUTO_TEST_CASE(an_applied_descriptor_is_inherited) {
    auto const base = (std::filesystem::path(DSPLAN_TESTDATA) / "exports" / "before-2016.ldf").string();
    temporary_directory scratch;
    working_directory const here(scratch.path());
    BOOST_TEST_REQUIRE(
        (run_command({"plan", "whfb", "--base", base, "--connector", "MSOL_4f2c9a1b7d3e", "--out", "change"})
             .status == exit_status::success));
    auto const different = [&](std::vector<std::string> more) {
        std::vector<std::string> arguments{"ldif", "apply",    "change/01-permissions.ldf", "--to", base,
                                           "-o",   "after.ldf"};
        arguments.insert(arguments.end(), more.begin(), more.end());
        BOOST_TEST((run_command(arguments).status == exit_status::success));
        auto const out = run_command({"inherit", "--base", "after.ldf"}).out;
        return out.substr(out.rfind("parents make, ") + 14,
                          out.rfind(" different") - out.rfind("parents make, ") - 14);
    };
    BOOST_TEST(different({}) == "0");
    BOOST_TEST(different({"--no-propagation"}) == "8");
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
