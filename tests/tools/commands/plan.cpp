#include <tools/dsplan/ground/sha256.hpp>

#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <tests/tools/command_run.hpp>
#include <tests/tools/expected_files.hpp>
#include <tuple>

BOOST_AUTO_TEST_SUITE(commands)
BOOST_AUTO_TEST_SUITE(plan)

namespace fs = std::filesystem;
using dsplan::exit_status;

namespace {

fs::path const testdata = DSPLAN_TESTDATA;

void replace_all(std::string& text, std::string const& from, std::string const& to) {
    for (auto place = text.find(from); place != std::string::npos; place = text.find(from, place + to.size()))
        text.replace(place, from.size(), to);
}

// Digests change with every word of a plan: the files of a case show where they stand, this what they are.
void check_and_mask_digests(named_files& files) {
    if (!files.contains("out/SHA256SUMS"))
        return;
    auto const plan = dsplan::sha256_hex(files.at("out/plan.json"));
    auto const set = dsplan::sha256_hex(files.at("out/SHA256SUMS"));
    std::string sums;
    std::string names;
    for (auto const& [name, content] : files)
        if (name.starts_with("out/") && name != "out/SHA256SUMS") {
            sums += dsplan::sha256_hex(content) + "  " + name.substr(4) + "\n";
            names += "SHA-256  " + name.substr(4) + "\n";
        }
    BOOST_TEST(files.at("out/SHA256SUMS") == sums);
    files.at("out/SHA256SUMS") = names;
    for (auto& [name, content] : files) {
        bool const names_plan = name.ends_with(".ldf") || name.ends_with(".cmd");
        BOOST_TEST((!names_plan || content.find(plan) != std::string::npos),
                   name << " does not name its plan");
        replace_all(content, plan, "DIGEST-OF-THE-PLAN");
        replace_all(content, set, "DIGEST-OF-THE-SET");
    }
}

// A case is a folder: `request` has one argument of `dsplan plan` a line, after the subcommand where that is
// not whfb; `expected` is what comes of it: stdout, stderr, status and, where files are written, out/. Run
// with DSPLAN_WRITE_EXPECTED=1 to write `expected` again, and read the difference before you keep it.
void check_case(fs::path const& directory) {
    BOOST_TEST_CONTEXT("case " << directory.filename().string()) {
        temporary_directory scratch;
        auto arguments = lines_of(read_file(directory / "request"));
        bool const writes = std::find(arguments.begin(), arguments.end(), "--out") != arguments.end();
        if (arguments.front().starts_with("--"))
            arguments.insert(arguments.begin(), "whfb");
        arguments.insert(arguments.begin(), "plan");
        auto const out = scratch.path() / "out";
        if (writes)
            arguments.insert(std::find(arguments.begin(), arguments.end(), "--out") + 1, out.string());

        working_directory const here(directory);
        auto run = run_command(arguments);
        if (auto const place = run.out.find(out.string()); place != std::string::npos)
            run.out.replace(place, out.string().size(), "DIR");
        named_files actual{{"status", std::to_string(static_cast<int>(run.status)) + "\n"},
                           {"stdout", run.out},
                           {"stderr", run.err}};
        for (auto& [name, content] : files_below(out))
            actual.emplace("out/" + name, content);
        check_and_mask_digests(actual);
        check_expected(directory / "expected", std::move(actual));
    }
}

std::vector<std::string> plan_of(std::string const& base, std::vector<std::string> more) {
    std::vector<std::string> arguments{"plan", "whfb", "--base", base, "--connector", "MSOL_4f2c9a1b7d3e"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
}

} // namespace

BOOST_AUTO_TEST_CASE(every_case_gives_what_its_folder_expects) {
    std::size_t cases = 0;
    for (auto const& each : fs::directory_iterator(testdata / "plan")) {
        if (!fs::exists(each.path() / "request"))
            continue;
        check_case(each.path());
        ++cases;
    }
    BOOST_TEST(cases >= 20U);
}

// But for what names the export: its digest in plan.json, and those that follow from it.
BOOST_AUTO_TEST_CASE(dialects_of_one_export_give_the_same_files) {
    working_directory const here(testdata / "exports");
    temporary_directory scratch;
    auto const from = [&](std::string const& base, std::string const& name) {
        auto const run = run_command(plan_of(base, {"--out", (scratch.path() / name).string()}));
        BOOST_TEST((run.status == exit_status::success), run.err);
        auto files = files_below(scratch.path() / name);
        auto const plan = dsplan::sha256_hex(files.at("plan.json"));
        files.erase("SHA256SUMS");
        auto const export_name = fs::path(base).filename().string();
        auto const octets = read_file(base);
        for (auto& [file, content] : files) {
            replace_all(content, plan, "DIGEST-OF-THE-PLAN");
            replace_all(content, dsplan::sha256_hex(octets), "DIGEST-OF-THE-EXPORT");
            replace_all(content, export_name, "EXPORT");
        }
        auto& description = files.at("plan.json");
        auto const size = description.find("\"size\": ");
        BOOST_TEST(description.substr(size + 8, std::to_string(octets.size()).size()) ==
                   std::to_string(octets.size()));
        description.erase(size + 8, std::to_string(octets.size()).size());
        for (auto const& [page, before, after] : {std::tuple("review.md", ", ", " bytes, SHA-256"),
                                                  std::tuple("review.html", "<td>", " bytes</td>")}) {
            auto& text = files.at(page);
            auto const bytes = text.find(after);
            auto const start = text.rfind(before, bytes);
            BOOST_REQUIRE((bytes != std::string::npos && start != std::string::npos));
            text.erase(start, bytes - start);
        }
        return files;
    };
    auto const plain = from("before-2016.ldf", "plain");
    BOOST_TEST(plain.size() == 10U);
    BOOST_TEST((from("dialects/before-2016.ldapsearch.ldf", "ldapsearch") == plain));
    BOOST_TEST((from("dialects/before-2016.ldifde.ldf", "ldifde") == plain));
}

// Whoever reads the first lines of the page only must not miss what the plan itself found.
BOOST_AUTO_TEST_CASE(the_verdict_of_the_page_counts_the_findings_of_the_plan) {
    working_directory const here(testdata / "exports");
    auto const page = run_command(plan_of("before-2016.ldf", {"--format", "html"})).out;
    auto const plan = nlohmann::json::parse(run_command(plan_of("before-2016.ldf", {"--json"})).out);
    std::size_t warnings = 0;
    for (auto const& finding : plan.at("findings"))
        warnings += finding.at("severity") == "warning" ? 1U : 0U;
    BOOST_TEST(warnings > 0U);
    auto const verdict = page.substr(0, page.find("</section>"));
    auto const badge = verdict.find(" warning");
    BOOST_REQUIRE(badge != std::string::npos);
    BOOST_TEST(std::stoul(verdict.substr(verdict.rfind('>', badge) + 1)) >= warnings);
}

// What a plan says of its effect is what `effect` says of the plan's files.
BOOST_AUTO_TEST_CASE(the_effect_is_that_of_the_files) {
    for (std::string const base : {"before-2016.ldf", "2016-default-aces.ldf"}) {
        working_directory const here(testdata / "exports");
        temporary_directory scratch;
        auto const out = scratch.path() / "change";
        BOOST_REQUIRE((run_command(plan_of(base, {"--default-aces", "--out", out.string()})).status ==
                       exit_status::success));
        std::vector<std::string> arguments{"effect"};
        for (std::string const file : {"01-permissions.ldf", "02-members.ldf"})
            if (fs::exists(out / file))
                arguments.push_back((out / file).string());
        arguments.insert(arguments.end(), {"--base", base, "--json"});
        auto const planned = nlohmann::json::parse(read_file(out / "plan.json")).at("effect");
        auto told = nlohmann::json::parse(run_command(arguments).out);
        BOOST_TEST((told.erase("format") == 1 && told.erase("version") == 1));
        BOOST_TEST(planned == told, base);
        BOOST_TEST(!planned.at("changes").empty(), base);
    }
}

BOOST_AUTO_TEST_CASE(any_name_of_the_connector_finds_it) {
    working_directory const here(testdata / "exports");
    auto const wanted = run_command(plan_of("before-2016.ldf", {})).out;
    for (std::string const name :
         {"msol_4f2c9a1b7d3e", "MSOL_4f2c9a1b7d3e@contoso.com", "CONTOSO\\MSOL_4f2c9a1b7d3e",
          "contoso.com\\MSOL_4f2c9a1b7d3e", "cn=msol_4f2c9a1b7d3e, cn=users, dc=contoso, dc=com",
          "S-1-5-21-1111111111-2222222222-3333333333-1120"}) {
        auto const run = run_command({"plan", "whfb", "--base", "before-2016.ldf", "--connector", name});
        BOOST_TEST(run.out == wanted, name);
    }
}

BOOST_AUTO_TEST_CASE(a_directory_with_files_is_refused_and_kept) {
    working_directory const here(testdata / "exports");
    temporary_directory scratch;
    write_file(scratch.path() / "out/notes.txt", "mine");
    auto const out = (scratch.path() / "out").string();
    auto const run = run_command(plan_of("before-2016.ldf", {"--out", out}));
    BOOST_TEST((run.status == exit_status::error));
    BOOST_TEST(run.err == "error: expected an empty directory for --out, found files in " + out +
                              "\n  name another one, or replace the plan in it with --force\n");
    auto const forced = run_command(plan_of("before-2016.ldf", {"--out", out, "--force"}));
    BOOST_TEST((forced.status == exit_status::error));
    BOOST_TEST(forced.err ==
               "error: expected only files of an earlier plan in " + out +
                   ", found notes.txt\n  --force removes nothing else: move the file away or name "
                   "another directory\n");
    BOOST_TEST((files_below(scratch.path()) == named_files{{"out/notes.txt", "mine"}}));
}

BOOST_AUTO_TEST_CASE(force_leaves_no_file_of_the_earlier_plan_behind) {
    working_directory const here(testdata / "exports");
    temporary_directory scratch;
    auto const out = (scratch.path() / "out").string();
    BOOST_TEST((run_command(plan_of("before-2016.ldf", {"--out", out})).status == exit_status::success));
    BOOST_TEST(fs::exists(scratch.path() / "out/01-permissions.ldf"));
    auto const run = run_command(plan_of("2016-default-aces.ldf", {"--out", out, "--force"}));
    BOOST_TEST((run.status == exit_status::success), run.err);
    BOOST_TEST(!fs::exists(scratch.path() / "out/01-permissions.ldf"));
    BOOST_TEST(fs::exists(scratch.path() / "out/02-members.ldf"));
    BOOST_TEST(std::distance(fs::directory_iterator(scratch.path()), {}) == 1);
}

BOOST_AUTO_TEST_CASE(nothing_is_left_behind_where_writing_fails) {
    working_directory const here(testdata / "exports");
    temporary_directory scratch;
    write_file(scratch.path() / "file", "not a directory");
    auto const run =
        run_command(plan_of("before-2016.ldf", {"--out", (scratch.path() / "file" / "out").string()}));
    BOOST_TEST((run.status == exit_status::error));
    BOOST_TEST(run.err.starts_with("error: cannot create "));
    BOOST_TEST(std::distance(fs::directory_iterator(scratch.path()), {}) == 1);
}

BOOST_AUTO_TEST_CASE(the_same_export_gives_the_same_octets) {
    working_directory const here(testdata / "exports");
    temporary_directory scratch;
    for (std::string const name : {"first", "second"}) {
        auto const run = run_command(plan_of("two-domains.ldf", {"--out", (scratch.path() / name).string()}));
        BOOST_TEST((run.status == exit_status::success), run.err);
    }
    BOOST_TEST((files_below(scratch.path() / "first") == files_below(scratch.path() / "second")));
}

// ----- a plan on top of another

namespace {

std::vector<std::string> grant(std::string const& right, std::string const& on, std::string const& below,
                               std::vector<std::string> const& more) {
    std::vector<std::string> arguments{
        "plan",         "grant", "--to",   "Helpdesk",
        "--right",      right,   "--on",   on,
        "--applies-to", below,   "--base", (testdata / "exports/before-2016.ldf").string()};
    arguments.insert(arguments.end(), more.begin(), more.end());
    return arguments;
}

std::vector<std::string> grant_below_sales(std::vector<std::string> const& more) {
    return grant("read+write lockoutTime", "OU=Sales,DC=contoso,DC=com", "descendant user objects", more);
}

std::vector<std::string> grant_on_anna(std::vector<std::string> const& more) {
    return grant("read+write description", "CN=Anna Becker,OU=Sales,DC=contoso,DC=com", "this object only",
                 more);
}

} // namespace

BOOST_AUTO_TEST_CASE(a_plan_on_top_of_another_holds_what_the_first_passes_on) {
    temporary_directory scratch;
    working_directory const here(scratch.path());
    BOOST_REQUIRE((run_command(grant_below_sales({"--out", "first"})).status == exit_status::success));
    auto const alone = run_command(grant_on_anna({"--out", "alone"}));
    BOOST_REQUIRE((alone.status == exit_status::success));
    auto const second = run_command(grant_on_anna({"--on-top-of", "first/", "--out", "second"}));
    BOOST_TEST_REQUIRE((second.status == exit_status::success), second.err);
    auto const digest = dsplan::sha256_hex(read_file("first/plan.json"));
    BOOST_TEST(second.out.find("builds on the plan in first (SHA-256 of its plan.json: " + digest + ")") !=
               std::string::npos);
    // What the first passes on stands in the list that the second was made from, and not without it.
    auto const before = read_file("second/anna-becker-before.sddl");
    BOOST_TEST(before != read_file("alone/anna-becker-before.sddl"));
    BOOST_TEST(before.find("(OA;CIID;RPWP;28630ebf-") != std::string::npos);

    // Imported one after the other both are done, and the directory is what the second one was made from.
    std::string base = (testdata / "exports/before-2016.ldf").string();
    for (std::string const name : {"first", "second"}) {
        auto const held = run_command({"verify", "--plan", name, "--before", base});
        BOOST_TEST((held.status == exit_status::success), held.out);
        auto const applied =
            run_command({"ldif", "apply", name + "/01-permissions.ldf", "--base", base, "-o", name + ".ldf"});
        BOOST_TEST_REQUIRE((applied.status == exit_status::success), applied.err);
        base = name + ".ldf";
        auto const done = run_command({"verify", "--plan", name, "--after", base});
        BOOST_TEST((done.status == exit_status::success), done.out);
    }
    BOOST_TEST(run_command(grant_on_anna({"--on-top-of", "first", "--on-top-of", "second"}))
                   .out.find("No changes") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_plan_that_is_not_the_one_before_is_refused) {
    temporary_directory scratch;
    working_directory const here(scratch.path());
    auto const refused = [](std::vector<std::string> const& arguments) {
        auto const run = run_command(arguments);
        BOOST_TEST((run.status == exit_status::error));
        BOOST_TEST(run.out == "");
        return run.err;
    };
    BOOST_REQUIRE((run_command(grant_below_sales({"--out", "first"})).status == exit_status::success));
    BOOST_TEST(refused(grant_on_anna({"--on-top-of", "first", "--on-top-of", "first"})) ==
               "error: expected the export that the plan in first was made from, found another one\n"
               "  OU=Sales,DC=contoso,DC=com: ACE added: (OA;CIIO;RPWP;28630ebf-41d5-11d1-a9c1-0000f80367c1;"
               "bf967aba-0de6-11d0-a285-00aa003049e2;S-1-5-21-1111111111-2222222222-3333333333-1103)\n"
               "  leave --on-top-of out where that plan is imported already; else make it again from this "
               "export\n");
    write_file("first/01-permissions.ldf", read_file("first/01-permissions.ldf") + "\n");
    BOOST_TEST(refused(grant_on_anna({"--on-top-of", "first"})) ==
               "error: expected the plan in first as it was written, found 01-permissions.ldf: changed since "
               "it was written: SHA256SUMS has another sum\n"
               "  make that plan again, or get its folder as its maker wrote it\n");
    BOOST_TEST(refused(grant_on_anna({"--on-top-of", "nowhere"})).starts_with("error: cannot open "));
}

// The server alone knows the SID of a group that is to be created.
BOOST_AUTO_TEST_CASE(a_plan_that_waits_for_a_new_group_carries_no_other) {
    temporary_directory scratch;
    working_directory const here(scratch.path());
    auto const base = (testdata / "exports/before-2016-no-group.ldf").string();
    auto const made = run_command({"plan", "whfb", "--base", base, "--connector", "MSOL_4f2c9a1b7d3e",
                                   "--create-group", "--out", "first"});
    BOOST_TEST_REQUIRE((made.status == exit_status::success), made.err);
    auto const run = run_command({"plan", "members", "--group", "Helpdesk", "--add", "abecker", "--base",
                                  base, "--on-top-of", "first"});
    BOOST_TEST((run.status == exit_status::error));
    BOOST_TEST(run.err ==
               "error: expected a plan in first that knows what becomes of DC=contoso,DC=com, found "
               "one that waits for a new group's SID, or for a list that its export lacks\n"
               "  import that plan, export the domain again and plan from there\n");
}

BOOST_AUTO_TEST_CASE(a_plan_is_shown_in_colour_only_where_it_is_wanted) {
    working_directory const here(testdata / "exports");
    auto const never = run_command(plan_of("before-2016.ldf", {}));
    BOOST_TEST(never.out.find('\x1b') == std::string::npos);
    auto const always = run_command(plan_of("before-2016.ldf", {"--color", "always"}));
    BOOST_TEST(always.out.find("\x1b[32m+\x1b[0m") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
