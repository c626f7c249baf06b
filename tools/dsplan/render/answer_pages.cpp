#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/render/answer_pages.hpp>
#include <tools/dsplan/render/table_page.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <string_view>
#include <vector>

namespace dsplan::render {
namespace {

using json = nlohmann::ordered_json;

std::string text_of(json const& value) {
    return value.get<std::string>();
}

void add_lines(verdict_box& verdict, json const& answer, char const* name) {
    if (answer.contains(name))
        for (auto const& each : answer.at(name))
            verdict.lines.push_back("Not known: " + text_of(each));
}

page_table holders_table(std::string_view title, json const& holders) {
    page_table made{.title = std::string(title),
                    .headings = {"who", "objects", "for example", "by", "account", "through"},
                    .rows = {}};
    for (auto const& holder : holders) {
        auto const start = std::vector{text_of(holder.at("trustee")),
                                       with_thousands(holder.at("objects").get<std::uint64_t>()),
                                       text_of(holder.at("example")), text_of(holder.at("basis"))};
        auto const add = [&](std::string account, std::string path) {
            auto cells = start;
            cells.push_back(std::move(account));
            cells.push_back(std::move(path));
            made.rows.push_back({{}, std::move(cells)});
        };
        for (auto const& account : holder.at("accounts"))
            add(text_of(account.at("account")),
                fmt::format("{}", fmt::join(account.at("path").get<std::vector<std::string>>(), " in ")));
        if (holder.at("accounts").empty())
            add("no account of the export", "");
    }
    return made;
}

std::size_t accounts_of(json const& holders) {
    std::vector<std::string> names;
    for (auto const& holder : holders)
        for (auto const& account : holder.at("accounts"))
            names.push_back(text_of(account.at("dn")));
    std::sort(names.begin(), names.end());
    return static_cast<std::size_t>(std::unique(names.begin(), names.end()) - names.begin());
}

// What a page and its Markdown say.
struct answer_content {
    std::string title;
    verdict_box verdict;
    std::vector<page_table> tables;
};

answer_content who_can_content(json const& answer) {
    auto const& holders = answer.at("holders");
    verdict_box verdict{.look = "quiet",
                        .sentence = fmt::format(
                            "{} of the export can {} on some of {}.",
                            counted(accounts_of(holders), "account", "accounts"), text_of(answer.at("right")),
                            counted(answer.at("objects").get<std::uint64_t>(), "object", "objects")),
                        .badges = {},
                        .lines = {}};
    add_lines(verdict, answer, "not_known");
    add_lines(verdict, answer, "gaps");
    if (auto const unknown = answer.at("unknown").get<std::uint64_t>(); unknown > 0)
        verdict.lines.push_back(fmt::format(
            "Not known for {}: descriptor missing or unreadable, or a class that the schema lacks.",
            counted(unknown, "object", "objects")));
    if (auto const conditional = answer.at("conditional").get<std::uint64_t>(); conditional > 0)
        verdict.lines.push_back(
            fmt::format("On {} a conditional ACE may allow it to more: the export does not hold the claims.",
                        counted(conditional, "object", "objects")));
    if (!verdict.lines.empty())
        verdict.look = "doubt";
    return {"Who can: " + text_of(answer.at("right")),
            std::move(verdict),
            {holders_table("Who can", holders),
             holders_table("Unless a conditional ACE denies it", answer.at("unless_denied"))}};
}

answer_content inherit_content(json const& answer, std::size_t equal) {
    page_table table{.title = "Differences", .headings = {"what", "object", "ACE"}, .rows = {}};
    std::size_t different = 0;
    std::size_t unknown = 0;
    for (auto const& object : answer.at("objects")) {
        auto const dn = text_of(object.at("dn"));
        for (auto const& value : object.at("missing"))
            table.rows.push_back({"removed", {"missing", dn, text_of(value)}});
        for (auto const& value : object.at("extra"))
            table.rows.push_back({"added", {"left over", dn, text_of(value)}});
        if (object.at("order").get<bool>())
            table.rows.push_back({"changed", {"another order", dn, "the parent's ACEs"}});
        if (!object.at("unknown").is_null())
            table.rows.push_back({"", {"not known", dn, text_of(object.at("unknown"))}});
        unknown += object.at("unknown").is_null() ? 0U : 1U;
        different += object.at("unknown").is_null() && !object.at("equal").get<bool>() ? 1U : 0U;
    }
    verdict_box verdict{.look = different > 0 ? "bad"
                                : unknown > 0 ? "doubt"
                                              : "good",
                        .sentence =
                            fmt::format("{} equal to what the parents make, {} different, {} not known.",
                                        counted(equal, "object", "objects"), different, unknown),
                        .badges = {},
                        .lines = {}};
    add_lines(verdict, answer, "gaps");
    if (!verdict.lines.empty() && verdict.look == "good")
        verdict.look = "doubt";
    return {"Inheritance, computed again", std::move(verdict), {std::move(table)}};
}

std::string answer_page(answer_content const& shown) {
    return table_page(shown.title, shown.verdict, shown.tables);
}

std::string answer_markdown(answer_content const& shown) {
    return table_markdown(shown.title, shown.verdict, shown.tables);
}

} // namespace

std::string who_can_page(json const& answer) {
    return answer_page(who_can_content(answer));
}

std::string who_can_markdown(json const& answer) {
    return answer_markdown(who_can_content(answer));
}

std::string inherit_page(json const& answer, std::size_t equal) {
    return answer_page(inherit_content(answer, equal));
}

std::string inherit_markdown(json const& answer, std::size_t equal) {
    return answer_markdown(inherit_content(answer, equal));
}

} // namespace dsplan::render
