#include <tools/dsplan/ground/sha256.hpp>

#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include <tests/tools/command_run.hpp>
#include <tests/tools/expected_files.hpp>
#include <tests/tools/sddl_export.hpp>

BOOST_AUTO_TEST_SUITE(commands)
BOOST_AUTO_TEST_SUITE(verify)

namespace fs = std::filesystem;
using dsplan::exit_status;

namespace {

fs::path const exports = fs::path(DSPLAN_TESTDATA) / "exports";

constexpr char const* grant =
    "(OA;CIIO;RPWP;5b47d60f-6090-40b2-9f37-2a4de88f3063;bf967aba-0de6-11d0-a285-00aa003049e2;"
    "S-1-5-21-1111111111-2222222222-3333333333-1123)";

// A plan on an export of a forest before Windows Server 2016, in a folder of its own.
class planned_change {
public:
    explicit planned_change(std::string const& base = "before-2016.ldf", std::vector<std::string> more = {})
        : base_((exports / base).string()) {
        std::vector<std::string> arguments{
            "plan", "whfb", "--base", base_, "--connector", "MSOL_4f2c9a1b7d3e", "--out", folder().string()};
        arguments.insert(arguments.end(), more.begin(), more.end());
        auto const run = run_command(arguments);
        BOOST_REQUIRE_MESSAGE(run.status == exit_status::success, run.err);
    }

    [[nodiscard]] fs::path folder() const { return scratch_.path() / "change"; }
    [[nodiscard]] std::string const& base() const { return base_; }
    [[nodiscard]] fs::path beside(std::string const& name) const { return scratch_.path() / name; }

    // What anybody can do who can write to the folder.
    void write_sums() const {
        std::string sums;
        for (auto const& [name, content] : files_below(folder()))
            if (name != "SHA256SUMS")
                sums += dsplan::sha256_hex(content) + "  " + name + "\n";
        write_file(folder() / "SHA256SUMS", sums);
    }

    void replace(std::string const& file, std::string const& from, std::string const& to) const {
        auto text = read_file(folder() / file);
        BOOST_REQUIRE(text.find(from) != std::string::npos);
        text.replace(text.find(from), from.size(), to);
        write_file(folder() / file, text);
    }

    [[nodiscard]] command_run verify(std::vector<std::string> more) const {
        more.insert(more.begin(), {"verify", "--plan", folder().string()});
        return run_command(more);
    }

    [[nodiscard]] command_run review(std::vector<std::string> more = {}) const {
        more.insert(more.begin(), {"review", folder().string()});
        return run_command(more);
    }

private:
    temporary_directory scratch_;
    std::string base_;
};

bool says(command_run const& run, std::string const& text) {
    return run.out.find(text) != std::string::npos;
}

std::string first_lines(std::string const& text, std::size_t count) {
    std::size_t end = 0;
    for (; count > 0 && end != std::string::npos; --count)
        end = text.find('\n', end) + 1;
    return text.substr(0, end);
}

} // namespace

BOOST_AUTO_TEST_CASE(a_plan_folder_has_one_digest_everywhere) {
    temporary_directory scratch;
    auto const out = (scratch.path() / "change").string();
    auto const planned = run_command({"plan", "whfb", "--base", (exports / "before-2016.ldf").string(),
                                      "--connector", "MSOL_4f2c9a1b7d3e", "--out", out});
    auto const digest = dsplan::sha256_hex(read_file(fs::path(out) / "SHA256SUMS"));
    BOOST_TEST(planned.out.ends_with(
        "Digest of the set, for the paper form (SHA-256 of SHA256SUMS): " + digest + "\n"));
    auto const line =
        "Files  ✓ 10 files are as written\nDigest of the set (SHA-256 of SHA256SUMS): " + digest + "\n";
    auto const reviewed = run_command({"review", out, "--fail-on", "danger"});
    BOOST_TEST(reviewed.out.starts_with(line + "\nReview of 01-permissions.ldf, 02-members.ldf\n"),
               reviewed.out);
    auto const verified =
        run_command({"verify", "--plan", out, "--before", (exports / "before-2016.ldf").string()});
    BOOST_TEST(verified.out.starts_with(line), verified.out);
    auto const json = nlohmann::json::parse(run_command({"review", out, "--format", "json"}).out);
    BOOST_TEST(json.at("plan_folder").at("set_sha256") == digest);
    auto const page = run_command({"review", out, "--format", "markdown"}).out;
    BOOST_TEST(page.starts_with(
                   "# Review of a plan folder\n\n**Files:** all as SHA256SUMS and plan.json have them.\n"),
               page);
    BOOST_TEST(page.find("(SHA-256 of SHA256SUMS): `" + digest + "`") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_review_says_that_the_base_is_no_longer_what_the_plan_was_made_from) {
    planned_change const change;
    auto const later = change.beside("later.ldf").string();
    BOOST_TEST_REQUIRE((run_command({"ldif", "apply", (change.folder() / "01-permissions.ldf").string(),
                                     "--to", change.base(), "-o", later})
                            .status == exit_status::success));
    BOOST_TEST(!says(change.review({"--base", change.base()}), "plan-outdated"));
    auto const run = change.review({"--base", later, "--rule", "plan-outdated", "--fail-on", "warning"});
    BOOST_TEST((run.status == exit_status::findings), run.out);
    BOOST_TEST(says(run, "plan-outdated"), run.out);
}

BOOST_AUTO_TEST_CASE(an_export_that_the_plan_was_not_made_from_is_named_in_the_answer) {
    planned_change const change;
    auto const same = change.beside("same.ldf").string();
    write_file(same, "# exported again\n" + read_file(change.base()));
    auto const line = "Export  · " + same + ": another file than the plan was made from\n";
    auto const verified = change.verify({"--before", same});
    BOOST_TEST((verified.status == exit_status::success), verified.out);
    BOOST_TEST(says(verified, line), verified.out);
    BOOST_TEST(says(verified, "Still what the plan was made from: yes\n"), verified.out);
    auto const others = [](command_run const& run, std::string const& of) {
        return nlohmann::json::parse(run.out).at(of).at("other_exports");
    };
    auto const none = nlohmann::json::array();
    BOOST_TEST(others(change.verify({"--before", same, "--json"}), "folder") == nlohmann::json{same});
    BOOST_TEST(others(change.verify({"--before", change.base(), "--json"}), "folder") == none);
    // After the import every export is another one.
    BOOST_TEST(others(change.verify({"--after", same, "--json"}), "folder") == none);
    auto const reviewed = change.review({"--base", same});
    BOOST_TEST(says(reviewed, line), reviewed.out);
    BOOST_TEST(reviewed.err == "");
    BOOST_TEST(others(change.review({"--base", same, "--format", "json"}), "plan_folder") ==
               nlohmann::json{same});
    BOOST_TEST(says(change.review({"--base", same, "--format", "markdown"}),
                    "another file than the plan was made from."));
    BOOST_TEST(!says(change.review({"--base", change.base()}), "another file"));
    BOOST_TEST(!says(change.review(), "another file"));
}

BOOST_AUTO_TEST_CASE(members_whom_plan_json_removes_are_removed_as_planned) {
    temporary_directory scratch;
    auto const base = (scratch.path() / "base.ldf").string();
    std::string const domain = "DC=contoso,DC=com";
    auto const account = [&](std::string const& name, std::string const& sid, std::string const& more) {
        return "dn: CN=" + name + ",CN=Users," + domain + "\n" + sid + "sAMAccountName: " + name + "\n" +
               more + "\n";
    };
    write_file(base, "dn: " + domain + "\nobjectClass: domainDNS\n" +
                         sid_line("S-1-5-21-1111111111-2222222222-3333333333") + "\ndn: CN=Users," + domain +
                         "\nobjectClass: container\n\n" +
                         account("Ann", sid_line("1200"), "objectClass: user\n") +
                         account("Ben", sid_line("1201"), "objectClass: user\n") +
                         account("Domain Admins", sid_line("512"),
                                 "objectClass: group\ngroupType: -2147483646\nmember: CN=Ann,CN=Users," +
                                     domain + "\nmember: CN=Ben,CN=Users," + domain + "\n"));
    auto const out = scratch.path() / "change";
    auto const planned = run_command({"plan", "members", "--group", "Domain Admins", "--remove", "Ann",
                                      "--base", base, "--out", out.string()});
    BOOST_TEST_REQUIRE((planned.status == exit_status::success), planned.err);
    auto const file = (out / "02-members.ldf").string();
    auto const run = run_command({"review", file, "--base", base});
    BOOST_TEST(says(run, "removed as planned: 1 member"), run.out);
    BOOST_TEST(!says(run, "administrators-removed"), run.out);
    // Alone, or with another member, nobody planned it.
    auto const alone = (scratch.path() / "02-members.ldf").string();
    write_file(alone, read_file(file));
    BOOST_TEST(says(run_command({"review", alone, "--base", base}), "administrators-removed"));
    auto text = read_file(file);
    auto const place = text.find("CN=Ann");
    BOOST_TEST_REQUIRE(place != std::string::npos);
    write_file(file, text.replace(place, 6, "CN=Ben"));
    auto const changed = run_command({"review", file, "--base", base});
    BOOST_TEST(says(changed, "administrators-removed"), changed.out);
    BOOST_TEST(!says(changed, "removed as planned: "), changed.out);
}

BOOST_AUTO_TEST_CASE(what_plan_json_beside_the_file_removes_is_removed_as_planned) {
    temporary_directory scratch;
    auto const out = scratch.path() / "change";
    auto const base = (fs::path(DSPLAN_TESTDATA) / "plan" / "delegated.ldf").string();
    BOOST_TEST_REQUIRE(
        (run_command({"plan", "revoke", "--from", "Helpdesk", "--on", "OU=Sales,DC=contoso,DC=com", "--right",
                      "read+write lockoutTime", "--applies-to", "descendant user objects", "--base", base,
                      "--out", out.string()})
             .status == exit_status::success));
    auto const file = out / "01-descriptors.ldf";
    auto const alone = (scratch.path() / "01-descriptors.ldf").string();
    write_file(alone, read_file(file));
    for (auto const& planned : {out.string(), file.string()}) {
        auto const run = run_command({"review", planned, "--base", base});
        BOOST_TEST(says(run, "removed as planned: 1 explicit ACE"), run.out);
        BOOST_TEST(!says(run, "stale-base"), run.out);
    }
    auto const without_plan = run_command({"review", alone, "--base", base});
    BOOST_TEST(says(without_plan, "stale-base"), without_plan.out);
    BOOST_TEST(!says(without_plan, "removed as planned"));
    // A folder that was tampered with excuses nothing.
    write_file(out / "SHA256SUMS", read_file(out / "SHA256SUMS") + std::string(64, '0') + "  more.ldf\n");
    BOOST_TEST(says(run_command({"review", file.string(), "--base", base}), "stale-base"));
}

BOOST_AUTO_TEST_CASE(a_changed_file_is_named) {
    for (std::string const name : {"01-permissions.cmd", "01-permissions.ldf", "02-members.ldf",
                                   "rollback.cmd", "review.md", "permissions-after.sddl"}) {
        planned_change const change;
        write_file(change.folder() / name, read_file(change.folder() / name) + "\r\n");
        auto const expected =
            "Files\n  ✗ " + name + ": changed since it was written: SHA256SUMS has another sum\n";
        for (auto const& run :
             {change.verify({"--before", change.base()}), change.review({"--fail-on", "danger"})}) {
            BOOST_TEST((run.status == exit_status::findings));
            BOOST_TEST(run.out.starts_with(expected), run.out);
        }
    }
}

// A second member in the file and the right sum for it beside: only plan.json tells.
BOOST_AUTO_TEST_CASE(a_file_that_was_changed_with_its_sum_is_named) {
    planned_change const change;
    change.replace("02-members.ldf", "\r\n-\r\n", "\r\nmember: CN=Eve,CN=Users,DC=contoso,DC=com\r\n-\r\n");
    change.write_sums();
    auto const run = change.review();
    BOOST_TEST((run.status == exit_status::findings));
    BOOST_TEST(first_lines(run.out, 2) ==
               "Files\n  ✗ 02-members.ldf: not what plan.json plans, though SHA256SUMS has its sum\n");
    BOOST_TEST(says(run, "CN=Eve,CN=Users,DC=contoso,DC=com"));
}

// Then the files to import name another plan.
BOOST_AUTO_TEST_CASE(a_plan_that_was_changed_with_its_sum_is_told_by_the_files) {
    planned_change const change;
    change.replace("plan.json", "MSOL_4f2c9a1b7d3e,CN=Users", "Eve,CN=Users");
    change.write_sums();
    auto const run = change.verify({"--before", change.base()});
    BOOST_TEST((run.status != exit_status::success));
    for (std::string const name :
         {"01-permissions.cmd", "01-permissions.ldf", "02-members.ldf", "rollback.ldf"})
        BOOST_TEST(says(run, "  ✗ " + name + ": not what plan.json plans"), name);
}

BOOST_AUTO_TEST_CASE(an_emptied_plan_is_refused) {
    for (bool const with_sums : {false, true}) {
        planned_change const change;
        auto plan = nlohmann::json::parse(read_file(change.folder() / "plan.json"));
        for (auto& domain : plan.at("domains")) {
            domain["permissions"] = nlohmann::json::array();
            domain["members"] = nlohmann::json::array();
        }
        write_file(change.folder() / "plan.json", plan.dump(2) + "\n");
        if (with_sums)
            change.write_sums();
        for (auto const& run : {change.verify({"--after", change.base()}),
                                change.verify({"--before", change.base()}), change.review()}) {
            BOOST_TEST((run.status == exit_status::error));
            BOOST_TEST(run.err ==
                       "error: expected plan.json to plan what 01-permissions.cmd changes, found a plan "
                       "without steps\n  plan.json was edited, or is of another plan: make the plan "
                       "again\n");
        }
    }
}

BOOST_AUTO_TEST_CASE(files_that_were_put_in_or_taken_out_are_named) {
    planned_change const change;
    write_file(change.folder() / "03-more.LDF", "dn: CN=x\r\nchangetype: delete\r\n\r\n");
    write_file(change.folder() / "SHA256SUMS.sig", "a detached signature");
    fs::remove(change.folder() / "rollback.ldf");
    auto const run = change.verify({"--before", change.base()});
    BOOST_TEST((run.status == exit_status::findings));
    BOOST_TEST(first_lines(run.out, 4) == "Files\n"
                                          "  ✗ 03-more.LDF: not named by SHA256SUMS: it was put here later\n"
                                          "  ✗ rollback.ldf: missing\n"
                                          "  · SHA256SUMS.sig: no file of the plan\n");
}

BOOST_AUTO_TEST_CASE(a_signature_or_a_note_beside_the_files_is_no_fault) {
    planned_change const change;
    write_file(change.folder() / "SHA256SUMS.p7s", "a detached signature");
    write_file(change.folder() / "ticket.txt", "CHG-1");
    BOOST_TEST((change.verify({"--before", change.base()}).status == exit_status::success));
}

BOOST_AUTO_TEST_CASE(a_folder_without_sums_is_named) {
    planned_change const change;
    fs::remove(change.folder() / "SHA256SUMS");
    auto const run = change.verify({"--before", change.base()});
    BOOST_TEST((run.status == exit_status::findings));
    BOOST_TEST(says(run, "  ✗ SHA256SUMS: missing\n"));
    BOOST_TEST(says(run, "Digest of the set (SHA-256 of SHA256SUMS): none, SHA256SUMS is missing\n"));
}

BOOST_AUTO_TEST_CASE(a_link_is_no_file_of_a_plan) {
    planned_change const change;
    fs::rename(change.folder() / "02-members.ldf", change.beside("members.ldf"));
    fs::create_symlink(change.beside("members.ldf"), change.folder() / "02-members.ldf");
    auto const run = change.verify({"--before", change.base()});
    BOOST_TEST((run.status == exit_status::findings));
    BOOST_TEST(says(run, "  ✗ 02-members.ldf: a link or something else that is no file\n"), run.out);
}

BOOST_AUTO_TEST_CASE(names_in_the_sums_lead_nowhere_else) {
    planned_change const change;
    write_file(change.beside("secret"), "x");
    auto sums = read_file(change.folder() / "SHA256SUMS");
    write_file(change.folder() / "SHA256SUMS", sums + std::string(64, '0') + "  ../secret\n");
    auto const run = change.verify({"--before", change.base()});
    BOOST_TEST((run.status == exit_status::findings));
    BOOST_TEST(says(run, "  ✗ ../secret: missing\n"), run.out);
}

BOOST_AUTO_TEST_CASE(a_plan_of_two_domains_and_one_with_a_group_to_create_are_as_written) {
    for (std::string const base : {"two-domains.ldf", "before-2016-no-group.ldf", "2016-default-aces.ldf"}) {
        planned_change const change(base, {"--create-group"});
        auto const run = change.verify({"--before", change.base()});
        BOOST_TEST(run.out.starts_with("Files  ✓ "), base << '\n' << run.out);
    }
}

// What `ldif apply` makes of the plan's files is what verify looks for.
BOOST_AUTO_TEST_CASE(a_plan_that_was_applied_is_done) {
    using options = std::vector<std::string>;
    for (auto const& [base, more] :
         std::vector<std::pair<std::string, options>>{{"before-2016.ldf", {}},
                                                      {"before-2016.ldf", {"--admin-sd-holder"}},
                                                      {"before-2016.ldf", {"--include", "inetOrgPerson"}},
                                                      {"2016-default-aces.ldf", {"--keep-off-controllers"}},
                                                      {"two-domains.ldf", {}}}) {
        planned_change const change(base, more);
        auto after = change.base();
        for (auto const* const name : {"01-permissions.ldf", "02-members.ldf"}) {
            if (!fs::exists(change.folder() / name))
                continue;
            auto const next = change.beside(std::string("after-") + name).string();
            auto const run =
                run_command({"ldif", "apply", (change.folder() / name).string(), "--to", after, "-o", next});
            BOOST_TEST_REQUIRE((run.status == exit_status::success), run.err);
            after = next;
        }
        auto const done = change.verify({"--after", after});
        BOOST_TEST((done.status == exit_status::success), done.out);
        BOOST_TEST(done.out.find("not planned") == std::string::npos, done.out);
        auto const undone = change.verify({"--after", change.base()});
        BOOST_TEST((undone.status == exit_status::findings), undone.out);
    }
}

BOOST_AUTO_TEST_CASE(the_export_of_the_plan_is_what_it_was_made_from) {
    planned_change const change;
    auto const run = change.verify({"--before", change.base()});
    BOOST_TEST((run.status == exit_status::success));
    BOOST_TEST(says(run, "Still what the plan was made from: yes\n"), run.out);
}

BOOST_AUTO_TEST_CASE(an_export_that_changed_since_says_which_aces_differ) {
    planned_change const change;
    // The first step, done: the list is not the one that 01-permissions.ldf was made from.
    auto const after = change.beside("after.ldf").string();
    BOOST_REQUIRE((run_command({"ldif", "apply", (change.folder() / "01-permissions.ldf").string(), "--to",
                                change.base(), "-o", after})
                       .status == exit_status::success));
    auto const run = change.verify({"--before", after});
    BOOST_TEST((run.status == exit_status::findings));
    BOOST_TEST(
        says(run, "Still what the plan was made from: no, 1 ACE differs\n  ! DC=contoso,DC=com\n      ACE "
                  "added: " +
                      std::string(grant) + "\n"),
        run.out);
}

BOOST_AUTO_TEST_CASE(a_member_that_came_since_is_a_difference) {
    planned_change const change;
    auto const after = change.beside("after.ldf").string();
    write_file(after,
               read_file(change.base()) +
                   "\ndn: CN=KeyCredential Admins,CN=Users,DC=contoso,DC=com\nmember: CN=Eve,OU=x,DC=contoso,"
                   "DC=com\n\n");
    auto const run = change.verify({"--before", after});
    BOOST_TEST((run.status == exit_status::findings), run.err);
    BOOST_TEST(says(run, "Still what the plan was made from: no, 1 difference\n"), run.out);
    BOOST_TEST(says(run, "      member added: CN=Eve,OU=x,DC=contoso,DC=com\n"), run.out);
}

BOOST_AUTO_TEST_CASE(an_export_that_lacks_the_list_is_not_known) {
    planned_change const change;
    auto const run = change.verify({"--before", (fs::path(DSPLAN_TESTDATA) / "plan/domain.ldf").string()});
    BOOST_TEST((run.status == exit_status::error));
    BOOST_TEST(
        says(run, "Still what the plan was made from: not known, the export lacks what would say it\n"),
        run.out);
}

BOOST_AUTO_TEST_CASE(one_of_the_two_questions_is_asked) {
    planned_change const change;
    BOOST_TEST((change.verify({}).status == exit_status::error));
    BOOST_TEST(
        (change.verify({"--before", change.base(), "--after", change.base()}).status == exit_status::error));
}

BOOST_AUTO_TEST_CASE(a_folder_is_reviewed_alone) {
    planned_change const change;
    auto const run = change.review({(change.folder() / "02-members.ldf").string()});
    BOOST_TEST((run.status == exit_status::error));
    BOOST_TEST(run.err == "error: expected change files or one plan folder, found a folder among others\n"
                          "  review the folder in a run of its own\n");
}

// Documents that verify.schema.json is held against.
BOOST_AUTO_TEST_CASE(answers_in_json_are_as_expected) {
    planned_change const change;
    auto const masked = [&](std::vector<std::string> arguments) {
        arguments.emplace_back("--json");
        auto text = change.verify(std::move(arguments)).out;
        for (std::string const name : {"SHA256SUMS", "plan.json"}) {
            auto const digest = dsplan::sha256_hex(read_file(change.folder() / name));
            auto const place = text.find(digest);
            if (place != std::string::npos)
                text.replace(place, digest.size(), digest.size(), '0');
        }
        return text;
    };
    check_expected(fs::path(DSPLAN_TESTDATA) / "verify/before-2016/expected",
                   {{"before.json", masked({"--before", change.base()})},
                    {"after.json", masked({"--after", change.base()})}});
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
