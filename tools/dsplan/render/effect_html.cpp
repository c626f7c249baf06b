#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/render/effect_html.hpp>
#include <tools/dsplan/render/html_page.hpp>
#include <tools/dsplan/render/shortened_list.hpp>
#include <tools/dsplan/words/explanation.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <html_templates.hpp>
#include <string_view>
#include <vector>

namespace dsplan::render {
namespace {

using json = nlohmann::ordered_json;

// More rows than this stand behind a fold.
constexpr std::size_t rows_at_once = 25;

json effect_row(std::vector<std::string> const& accounts, effect::folded_right const& shown,
                effect_style const& style) {
    std::string classes;
    for (auto const& each : shown.classes)
        classes += (classes.empty() ? "" : ", ") + each.first;
    auto const& row = shown.row;
    auto made = right_json(row);
    auto const look = look_of(made.at("change").get<std::string>());
    return {{"accounts", shortened_list(accounts, style.names_at_most)},
            {"change", made.at("change")},
            {"look", look.name},
            {"sign", look.sign},
            {"right", row.right},
            {"when", made.value("when", std::string())},
            {"class", classes},
            {"objects", with_thousands(row.objects)},
            {"first", shortened_list(row.first, 3)}};
}

// The worst first.
std::vector<json> effect_rows(effect::effect const& shown, effect_style const& style) {
    std::vector<json> rows;
    if (style.shows_all)
        for (auto const& change : effect::worst_first(shown))
            for (auto const& each : change.rights)
                rows.push_back(
                    effect_row(change.accounts, {each, {{each.object_class, each.objects}}}, style));
    else
        for (auto const& change : effect::folded(shown))
            for (auto const& each : change.rights)
                rows.push_back(effect_row(change.accounts, each, style));
    return rows;
}

json effect_table(std::string_view label, std::string folded, json rows) {
    return {{"label", label}, {"folded", std::move(folded)}, {"rows", std::move(rows)}};
}

json effect_tables(std::vector<json> const& rows) {
    auto tables = json::array();
    auto const first = std::min(rows.size(), rows_at_once);
    auto const end = rows.begin() + static_cast<std::ptrdiff_t>(first);
    if (first > 0)
        tables.push_back(effect_table("Who gains and loses what", {}, json(std::vector(rows.begin(), end))));
    if (rows.size() > first)
        tables.push_back(
            effect_table("Who gains and loses what besides",
                         counted(rows.size() - first, "more gain or loss", "more gains and losses"),
                         json(std::vector(end, rows.end()))));
    return tables;
}

std::string unchanged_html(effect::scope_of_ace const& scope, effect_style const& style) {
    std::string items;
    for (auto const& each : unreached_by(scope))
        items += fmt::format(
            "<li>not on {}{}</li>\n", html_text(each.text),
            each.dns.empty() ? "" : ": " + html_text(shortened_list(each.dns, style.names_at_most)));
    return items;
}

// Where each changed ACE makes a difference, and where not and why.
std::string scopes_html(effect::effect const& shown, effect_style const& style) {
    std::string items;
    for (auto const& scope : shown.scopes) {
        auto const unchanged = unchanged_html(scope, style);
        auto const look = look_of(scope.added ? "added" : "removed");
        items += fmt::format(
            "<li><span class=\"sign {}\">{}</span> {} <code class=\"raw\">{}</code> on <code>{}</code>: "
            "makes a difference on {}{}</li>\n",
            look.name, look.sign, scope.added ? "added" : "removed",
            html_text(words::ace_text(scope.value, style.sids, scope.planned_trustee)), html_text(scope.on),
            counted(scope.changed, "object", "objects"),
            unchanged.empty() ? "" : "\n<ul>\n" + unchanged + "</ul>");
    }
    return items.empty()
               ? items
               : "<h3 id=\"part-scope\">Where it arrives, and where not</h3>\n<ul>\n" + items + "</ul>\n";
}

std::string refused_section(effect::effect const& shown) {
    std::string items;
    for (auto const& record : shown.summary.refused)
        items += fmt::format(
            "<li>record {} (line {}), <code>{}</code>: {}{}</li>\n", with_thousands(record.number),
            with_thousands(record.line), html_text(record.dn), html_text(record.reason),
            record.hint.empty() ? std::string()
                                : fmt::format(" <span class=\"quiet\">{}</span>", html_text(record.hint)));
    return items.empty() ? items
                         : "<section>\n<h2 id=\"part-refused\">Refused by the directory</h2>\n<ul>\n" +
                               items + "</ul>\n</section>\n";
}

// The gain of a right that takes over is what somebody has to look at first.
std::string_view look_of_effect(effect::effect const& shown) {
    if (!shown.summary.refused.empty())
        return "bad";
    bool gains = false;
    for (auto const& change : shown.changes)
        for (auto const& right : change.rights) {
            if (right.gained && right.takes_over)
                return "bad";
            gains = gains || right.gained;
        }
    return gains || !shown.is_all_known() ? "doubt" : "quiet";
}

void add_count(verdict_box& made, std::string_view look, std::size_t number, std::string_view one,
               std::string_view many) {
    if (number > 0)
        made.badges.emplace_back(look, counted(number, one, many));
}

verdict_box verdict_of(effect::effect const& shown) {
    verdict_box made{.look = look_of_effect(shown),
                     .sentence = effect_headline(shown),
                     .badges = {},
                     .lines = {effect_summary(shown)}};
    std::size_t gains = 0;
    std::size_t losses = 0;
    for (auto const& change : effect::folded(shown))
        for (auto const& right : change.rights)
            ++(right.row.gained ? gains : losses);
    add_count(made, "bad", shown.summary.refused.size(), "record refused", "records refused");
    add_count(made, made.look == "bad" ? "bad" : "doubt", gains, "gain", "gains");
    add_count(made, "quiet", losses, "loss", "losses");
    add_count(made, "doubt", shown.unknown.size() + shown.summary.not_followed.size(), "thing not known",
              "things not known");
    add_gains(made, shown);
    return made;
}

} // namespace

std::string effect_section(effect::effect const& shown, effect_style const& style,
                           std::string const& summary) {
    auto unknown = shown.unknown;
    unknown.insert(unknown.end(), shown.summary.not_followed.begin(), shown.summary.not_followed.end());
    return fill_html(embedded::effect_section_mustache, {{"summary", summary},
                                                         {"effect_unknown", ""},
                                                         {"tables", effect_tables(effect_rows(shown, style))},
                                                         {"nobody", nobody_sentence(shown)},
                                                         {"remarks", effect_remarks(shown)},
                                                         {"unknown", unknown},
                                                         {"scopes", scopes_html(shown, style)}});
}

std::string missing_effect_section(std::string const& why) {
    return fill_html(embedded::effect_section_mustache, {{"summary", ""},
                                                         {"effect_unknown", why},
                                                         {"tables", json::array()},
                                                         {"nobody", ""},
                                                         {"remarks", json::array()},
                                                         {"unknown", json::array()},
                                                         {"scopes", ""}});
}

void add_gains(verdict_box& made, effect::effect const& shown) {
    std::vector<std::string> gaining;
    for (auto const& change : effect::folded(shown))
        for (auto const& right : change.rights)
            if (right.row.gained)
                for (auto const& account : change.accounts)
                    if (std::find(gaining.begin(), gaining.end(), account) == gaining.end())
                        gaining.push_back(account);
    if (!gaining.empty())
        made.lines.push_back("Gains access: " + shortened_list(gaining, 5));
}

std::string effect_page(effect::effect const& shown, effect_style const& style, page_provenance const& from) {
    html_page const page("Effect of the change");
    auto const refused = refused_section(shown);
    std::vector<page_place> places;
    if (!refused.empty())
        places.push_back({"part-refused", fmt::format("Refused ({})", shown.summary.refused.size())});
    places.push_back({"part-effect", "Effect"});
    if (!shown.scopes.empty())
        places.push_back({"part-scope", "Where it arrives"});
    return page.head() + "<h1>Effect of the change</h1>\n" + verdict_html(verdict_of(shown)) +
           contents_html(places) + refused + effect_section(shown, style, {}) + page.tail(from);
}

} // namespace dsplan::render
