#include <tools/dsplan/review/value_rules.hpp>

#include <boost/test/unit_test.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <string>
#include <tests/tools/command_run.hpp>
#include <tests/tools/review_text.hpp>
#include <vector>

BOOST_AUTO_TEST_SUITE(review)

namespace {

namespace fs = std::filesystem;

fs::path const tables = fs::path(DSPLAN_TESTDATA) / "review" / "records";

struct table_record {
    std::string where; ///< "with" the base, "without" one, "both"
    std::string rule;  ///< empty for ordinary ones
    std::string text;

    [[nodiscard]] bool is_for(std::string const& wanted) const { return where == "both" || where == wanted; }
};

std::vector<table_record> read_table(std::string const& name) {
    std::istringstream lines(read_file(tables / name));
    std::vector<table_record> table;
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with("--- ")) {
            table.back().text += line + "\n";
            continue;
        }
        std::istringstream words(line.substr(4));
        auto& record = table.emplace_back();
        words >> record.where >> record.rule;
    }
    return table;
}

nlohmann::json review_of(std::string const& change, bool has_base) {
    write_file(fs::current_path() / "change.ldf", to_ldif(change));
    std::vector<std::string> arguments{"review", "change.ldf", "--format", "json"};
    if (has_base)
        arguments.insert(arguments.end(), {"--base", "base.ldf"});
    auto const run = run_command(arguments);
    BOOST_TEST_REQUIRE((run.status != dsplan::exit_status::error), run.err << change);
    return nlohmann::json::parse(run.out).at("findings");
}

bool has_rule(nlohmann::json const& findings, std::string const& rule) {
    for (auto const& each : findings)
        if (each.at("rule") == rule)
            return true;
    return false;
}

std::string dangers_in(nlohmann::json const& findings) {
    std::string names;
    for (auto const& each : findings)
        if (each.at("severity") == "danger")
            names += each.at("rule").get<std::string>() + " ";
    return names;
}

struct in_scratch {
    in_scratch() : here(scratch.path()) {
        write_file(scratch.path() / "base.ldf", to_ldif(read_file(tables / "base.txt")));
    }
    temporary_directory scratch;
    working_directory here;
};

} // namespace

BOOST_FIXTURE_TEST_SUITE(records, in_scratch)

BOOST_AUTO_TEST_CASE(no_dangerous_record_is_missed) {
    for (auto const& record : read_table("dangerous.txt"))
        for (std::string const where : {"with", "without"})
            if (record.is_for(where))
                BOOST_TEST(has_rule(review_of(record.text, where == "with"), record.rule),
                           record.rule << " is missed " << where << " the base:\n"
                                       << record.text);
}

// Whether a record writes the attribute.
bool writes(std::string const& record, std::string_view attribute) {
    return record.find(fmt::format("\n{}: ", attribute)) != std::string::npos ||
           record.find(fmt::format(": {}\n", attribute)) != std::string::npos;
}

BOOST_AUTO_TEST_CASE(each_attribute_with_a_rule_fires_and_has_a_look_alike_that_is_silent) {
    auto const table = read_table("attributes.txt");
    for (auto const& record : table) {
        bool const fires = record.where == "fires";
        BOOST_TEST(has_rule(review_of(record.text, true), record.rule) == fires,
                   record.rule << (fires ? " does not fire:\n" : " fires:\n") << record.text);
    }
    for (auto const& row : dsplan::review::value_rules()) {
        auto const name = row.rule.get().name;
        for (std::string const where : {"fires", "alike"})
            BOOST_TEST(std::any_of(table.begin(), table.end(),
                                   [&](auto const& each) {
                                       return each.where == where && each.rule == name &&
                                              writes(each.text, row.attribute);
                                   }),
                       "no record that " << where << ": " << row.attribute << ", " << name);
    }
}

BOOST_AUTO_TEST_CASE(no_ordinary_record_is_a_danger) {
    for (auto const& record : read_table("ordinary.txt"))
        for (std::string const where : {"with", "without"})
            if (record.is_for(where))
                BOOST_TEST(dangers_in(review_of(record.text, where == "with")) == "",
                           dangers_in(review_of(record.text, where == "with"))
                               << "is found " << where << " the base:\n"
                               << record.text);
}

BOOST_AUTO_TEST_SUITE_END()
BOOST_AUTO_TEST_SUITE_END()
