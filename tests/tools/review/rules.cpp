#include <tools/dsplan/review/rules.hpp>
#include <tools/dsplan/words/judge/takeover_rights.hpp>

#include <boost/test/unit_test.hpp>
#include <nlohmann/json.hpp>

#include <set>
#include <tests/tools/command_run.hpp>
#include <tests/tools/review_text.hpp>

BOOST_AUTO_TEST_SUITE(review)
BOOST_AUTO_TEST_SUITE(rules)

namespace fs = std::filesystem;

namespace {

fs::path const cases = fs::path(DSPLAN_TESTDATA) / "review" / "rules";

// The part of a case after its line "--- name"; empty where it has none.
std::string part(std::string const& text, std::string const& name) {
    auto const mark = "--- " + name + "\n";
    auto const begin = text.find(mark);
    if (begin == std::string::npos)
        return {};
    auto const start = begin + mark.size();
    auto const end = text.find("--- ", start);
    return to_ldif(text.substr(start, end == std::string::npos ? end : end - start));
}

// How often the rule was broken.
std::size_t findings_of(std::string_view rule, std::string const& change, std::string const& base) {
    temporary_directory scratch;
    working_directory const here(scratch.path());
    write_file(scratch.path() / "change.ldf", change);
    std::vector<std::string> arguments{"review", "change.ldf", "--format", "json"};
    if (!base.empty()) {
        write_file(scratch.path() / "base.ldf", base);
        arguments.insert(arguments.end(), {"--base", "base.ldf"});
    }
    auto const run = run_command(arguments);
    BOOST_TEST_REQUIRE((run.status != dsplan::exit_status::error), run.err);
    auto const review = nlohmann::json::parse(run.out);
    for (auto const& each : review.at("findings"))
        if (each.at("rule") == rule)
            return each.at("found").size();
    return 0;
}

} // namespace

// A file is RULE.txt, or RULE.VARIANT.txt where one case does not say all.
BOOST_AUTO_TEST_CASE(every_rule_fires_where_it_should_and_not_where_it_looks_alike) {
    // Without the two that need a plan, see commands/review.
    std::set<std::string, std::less<>> covered{"plan-outdated", "removed-as-planned"};
    for (auto const& each : fs::directory_iterator(cases)) {
        if (each.path().extension() != ".txt")
            continue;
        auto const file = each.path().filename().string();
        auto const rule = file.substr(0, file.find('.'));
        BOOST_TEST(dsplan::review::find_rule(rule), "no rule " << rule);
        covered.insert(rule);
        auto const text = read_file(each.path());
        auto const base = part(text, "base");
        BOOST_TEST(findings_of(rule, part(text, "fires"), base) > 0U, file << " does not fire");
        BOOST_TEST(findings_of(rule, part(text, "alike"), base) == 0U,
                   file << " fires where it only looks alike");
    }
    for (auto const& rule : dsplan::review::rules())
        BOOST_TEST(covered.contains(rule.name), "no case for " << rule.name);
}

BOOST_AUTO_TEST_CASE(rules_are_found_by_name) {
    BOOST_TEST(dsplan::review::find_rule("acl-order")->name == "acl-order");
    BOOST_TEST((dsplan::review::find_rule("acl") == nullptr));
    BOOST_TEST((dsplan::review::find_rule("zz") == nullptr));
}

// The judge of an ACE is of a room that knows no rules: its table holds their names.
BOOST_AUTO_TEST_CASE(every_danger_of_an_ace_is_a_rule) {
    for (auto const& row : dsplan::words::takeover_rights())
        BOOST_TEST(dsplan::review::find_rule(row.rule) != nullptr, row.rule);
    for (auto const* const name : {"takeover-full-control", "takeover-permissions", "takeover-group",
                                   "takeover-write-all", "broad-trustee", "unknown-domain"})
        BOOST_TEST(dsplan::review::find_rule(name) != nullptr, name);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
