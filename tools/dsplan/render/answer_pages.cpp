#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/render/answer_pages.hpp>
#include <tools/dsplan/render/shortened_list.hpp>
#include <tools/dsplan/render/table_page.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>
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
                    .rows = {},
                    .code = {3}};
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
    page_table table{.title = "Differences", .headings = {"what", "object", "ACE"}, .rows = {}, .code = {2}};
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

// ---- access

std::string joined(json const& texts) {
    return fmt::format("{}", fmt::join(texts.get<std::vector<std::string>>(), ", "));
}

page_table rights_table(json const& answer) {
    constexpr std::array<std::pair<std::string_view, char const*>, 7> kinds{
        {{"reads", "readable_attributes"},
         {"writes", "writable_attributes"},
         {"creates children", "creatable_classes"},
         {"deletes children", "deletable_classes"},
         {"extended rights", "extended_rights"},
         {"validated writes", "validated_writes"},
         {"on the object itself", "object_rights"}}};
    page_table made{.title = "What it may do", .headings = {"may", "number", "which"}, .rows = {}};
    for (auto const& [words, name] : kinds)
        if (auto const& names = answer.at(name); !names.empty())
            made.rows.push_back({{}, {std::string(words), with_thousands(names.size()), joined(names)}});
    if (answer.contains("deletes_it"))
        made.rows.push_back({{}, {"deletes it", "1", text_of(answer.at("deletes_it"))}});
    return made;
}

page_table deciding_table(json const& answer) {
    page_table made{.title = "Decided by",
                    .headings = {"ACE", "where it comes from", "number", "rights"},
                    .rows = {},
                    .code = {0}};
    for (auto const& each : answer.at("decided_by")) {
        auto const rights = each.value("rights", json::array());
        auto basis = text_of(each.at("basis"));
        if (each.contains("from"))
            basis += " from " + text_of(each.at("from"));
        made.rows.push_back(
            {{},
             {each.value("ace", std::string("–")), std::move(basis), with_thousands(rights.size()),
              shortened_list(rights.get<std::vector<std::string>>(), 12)}});
    }
    return made;
}

answer_content access_content(json const& answer) {
    auto const count = [&answer](char const* name) {
        return with_thousands(answer.at(name).size());
    };
    auto const who = text_of(answer.at("who"));
    bool const has_none = answer.at("decided_by").empty() && !answer.contains("deletes_it");
    verdict_box verdict{.look = "quiet",
                        .sentence =
                            has_none ? fmt::format("{} has no rights on {}.", who, text_of(answer.at("on")))
                                     : fmt::format("{} may do this with {}.", who, text_of(answer.at("on"))),
                        .badges = {},
                        .lines = {}};
    if (!has_none)
        verdict.lines.push_back(fmt::format("Reads {} attributes, writes {}, has {} extended rights.",
                                            count("readable_attributes"), count("writable_attributes"),
                                            count("extended_rights")));
    add_lines(verdict, answer, "unknown");
    if (!answer.at("unknown").empty())
        verdict.look = "doubt";
    return {fmt::format("Access of {} to {}", who, text_of(answer.at("on"))),
            std::move(verdict),
            {rights_table(answer), deciding_table(answer)}};
}

answer_content access_answer_content(json const& answer) {
    bool const is_granted = answer.at("granted").get<bool>();
    auto const& conditions = answer.at("unknown_conditions");
    bool const is_in_doubt = !answer.at("unknown").empty() || !conditions.empty();
    auto const who = text_of(answer.at("who"));
    auto const on = text_of(answer.at("on"));
    verdict_box verdict{.look = is_in_doubt  ? "doubt"
                                : is_granted ? "good"
                                             : "bad",
                        .sentence =
                            fmt::format("{}: {} {} {} on {}.", is_granted ? "Yes" : "No", who,
                                        is_granted ? "may" : "may not", text_of(answer.at("right")), on),
                        .badges = {{is_granted ? "good" : "bad", is_granted ? "yes" : "no"}},
                        .lines = {}};
    if (auto const remark = text_of(answer.at("remark")); !remark.empty())
        verdict.lines.push_back(remark);
    page_table decided{.title = "Decided by", .headings = {"what decides"}, .rows = {}};
    decided.rows.push_back({is_granted ? "added" : "removed", {text_of(answer.at("decided_by"))}});
    for (auto const& each : conditions)
        decided.rows.push_back(
            {"", {"not counted, its condition cannot be evaluated offline: " + text_of(each)}});
    add_lines(verdict, answer, "unknown");
    return {fmt::format("Access of {} to {}", who, on), std::move(verdict), {std::move(decided)}};
}

std::string answer_page(answer_content const& shown, page_provenance const& from) {
    return table_page(shown.title, shown.verdict, shown.tables, from);
}

std::string answer_markdown(answer_content const& shown) {
    return table_markdown(shown.title, shown.verdict, shown.tables);
}

} // namespace

std::string who_can_page(json const& answer, page_provenance const& from) {
    return answer_page(who_can_content(answer), from);
}

std::string who_can_markdown(json const& answer) {
    return answer_markdown(who_can_content(answer));
}

std::string access_page(json const& answer, page_provenance const& from) {
    return answer_page(access_content(answer), from);
}

std::string access_answer_page(json const& answer, page_provenance const& from) {
    return answer_page(access_answer_content(answer), from);
}

std::string inherit_page(json const& answer, std::size_t equal, page_provenance const& from) {
    return answer_page(inherit_content(answer, equal), from);
}

std::string inherit_markdown(json const& answer, std::size_t equal) {
    return answer_markdown(inherit_content(answer, equal));
}

} // namespace dsplan::render
