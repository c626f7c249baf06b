#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/paths/change_words.hpp>
#include <tools/dsplan/paths/path_advice.hpp>
#include <tools/dsplan/render/html_page.hpp>
#include <tools/dsplan/render/page_top.hpp>
#include <tools/dsplan/render/paths_html.hpp>
#include <tools/dsplan/review/rule_table.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <html_templates.hpp>

namespace dsplan::render {
namespace {

// A way with what the page says of it.
struct shown_way {
    paths::control_path const* path;
    paths::changed_path const* changed; // null without a change
};

constexpr int box_width = 160;
constexpr int box_height = 44;
constexpr int arrow_width = 200;
constexpr int row_height = 84;
constexpr int margin = 6;
constexpr std::size_t boxes_at_most = 25;
constexpr std::size_t columns_at_most = 6; // wider, nobody reads it on paper

std::vector<shown_way> shown_ways(paths::path_report const& report, paths_style const& style) {
    std::vector<shown_way> made;
    for (auto const& each : report.changes)
        made.push_back({&each.path, &each});
    for (auto const& each : report.paths)
        made.push_back({&each, nullptr});
    made.resize(std::min(made.size(), style.at_most));
    return made;
}

// In at most so many characters; the text below has it whole.
std::string picture_label(std::string_view text, std::size_t at_most) {
    std::string const shown = printable(text);
    std::size_t count = 0;
    for (std::size_t at = 0; at < shown.size(); ++at) {
        bool const begins = (static_cast<unsigned char>(shown[at]) & 0xC0U) != 0x80;
        if (begins && ++count > at_most)
            return html_text(shown.substr(0, at) + "…");
    }
    return html_text(shown);
}

std::string box_name(paths::path_end const& end) {
    auto const comma = end.name.find(',');
    bool const is_container =
        end.name == end.dn && end.object_class != "domainDNS" && comma != std::string::npos;
    return is_container ? end.name.substr(0, comma) : end.name;
}

std::string box(int x, int y, std::string const& name, std::string const& below, bool is_target) {
    auto const middle = x + box_width / 2;
    auto made = fmt::format("<g{}><rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" rx=\"6\"></rect>",
                            is_target ? " class=\"target\"" : "", x, y, box_width, box_height);
    made += fmt::format("<text x=\"{}\" y=\"{}\">{}{}</text>", middle, y + (below.empty() ? 27 : 19),
                        is_target ? "◆ " : "", name);
    if (!below.empty())
        made += fmt::format("<text class=\"small\" x=\"{}\" y=\"{}\">{}</text>", middle, y + 36, below);
    return made + "</g>\n";
}

std::string step_title(paths::path_step const& step) {
    auto text = paths::text_of(step);
    if (step.ace && !step.ace->sddl.empty())
        text += fmt::format(": {}, {}", step.ace->sddl, step.ace->origin);
    return step.condition.empty() ? text : text + ", " + step.condition;
}

std::string arrow(int x, int y, paths::path_step const& step, bool is_closed) {
    auto const middle = y + box_height / 2;
    auto const end = x + arrow_width;
    std::string classes = !step.is_new ? "" : is_closed ? "gone" : "new";
    if (!step.condition.empty())
        classes += classes.empty() ? "conditional" : " conditional";
    auto const sign = !step.is_new ? "" : is_closed ? "− " : "+ ";
    auto const what = step.right.empty() ? std::string(paths::row_of(step.kind).id) : step.right;
    auto made = fmt::format("<g class=\"{}\"><title>{}</title>", classes, html_text(step_title(step)));
    made += fmt::format("<line x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"></line>", x, middle, end - 8, middle);
    made += fmt::format("<path d=\"M{} {} L{} {} L{} {} Z\"></path>", end - 10, middle - 6, end, middle,
                        end - 10, middle + 6);
    made += fmt::format("<text x=\"{}\" y=\"{}\">{}{}</text>", x + arrow_width / 2, middle - 8, sign,
                        picture_label(what, 26));
    if (!step.condition.empty())
        made += fmt::format("<text class=\"small\" x=\"{}\" y=\"{}\">if …</text>", x + arrow_width / 2,
                            middle + 18);
    return made + "</g>\n";
}

// A row a way, its end at the right.
std::string row_of_way(shown_way const& way, std::size_t row, std::size_t columns) {
    auto const& steps = way.path->steps;
    auto const y = margin + static_cast<int>(row) * row_height;
    auto x = margin + static_cast<int>(columns - steps.size()) * (box_width + arrow_width);
    bool const is_closed = way.changed != nullptr && way.changed->what == paths::path_change::closes;
    auto const& sources = way.path->sources;
    auto const count = sources.everybody      ? "everybody"
                       : sources.accounts > 1 ? counted(sources.accounts, "account", "accounts")
                                              : std::string();
    auto made = box(x, y, picture_label(box_name(steps.front().from), 20), count, false);
    for (auto const& step : steps) {
        made += arrow(x + box_width, y, step, is_closed);
        x += box_width + arrow_width;
        made += box(x, y, picture_label(box_name(step.to), 18), {}, &step == &steps.back());
    }
    return made;
}

std::string picture_of(std::vector<shown_way> const& ways) {
    std::size_t boxes = 0;
    std::size_t columns = 0;
    for (auto const& way : ways) {
        boxes += way.path->steps.size() + 1;
        columns = std::max(columns, way.path->steps.size());
    }
    if (ways.empty() || boxes > boxes_at_most || columns > columns_at_most)
        return {};
    auto const width = 2 * margin + static_cast<int>(columns) * (box_width + arrow_width) + box_width;
    auto const height = 2 * margin + static_cast<int>(ways.size() - 1) * row_height + box_height;
    auto made = fmt::format(
        "<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"Picture of the ways\">\n"
        "<svg class=\"ways\" viewBox=\"0 0 {0} {1}\" width=\"{0}\" height=\"{1}\" role=\"img\" "
        "aria-labelledby=\"ways-title\" aria-describedby=\"steps\">\n"
        "<title id=\"ways-title\">The ways, from who has them to what they lead to</title>\n",
        width, height);
    for (std::size_t row = 0; row < ways.size(); ++row)
        made += row_of_way(ways[row], row, columns);
    return made + "</svg>\n</div>\n<p class=\"quiet\">A thick line with + is new, a broken one with − is "
                  "gone, a dotted "
                  "one depends on a condition; ◆ is where a way leads. The steps below say the same.</p>\n";
}

std::string step_row(paths::path_step const& step, std::size_t number, bool is_closed) {
    std::string const mark = !step.is_new ? "" : is_closed ? "− gone" : "+ new";
    std::string by =
        step.ace && !step.ace->sddl.empty()
            ? fmt::format("<code>{}</code>, {}", html_text(step.ace->sddl), html_text(step.ace->origin))
        : step.ace ? html_text(step.ace->origin)
                   : std::string();
    if (!step.condition.empty())
        by += (by.empty() ? "" : "; ") + html_text(step.condition);
    return fmt::format("<tr><td>{}{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>\n", number,
                       mark.empty() ? "" : " " + mark, html_text(step.from.name),
                       paths::row_of(step.kind).may, html_text(step.to.name), by);
}

std::string way_heading(shown_way const& way, paths_style const& style) {
    if (way.changed == nullptr)
        return html_text(fmt::format(
            "{}: {}{}", paths::text_of(way.path->sources), counted(way.path->length(), "step", "steps"),
            way.path->how == paths::strength::conditional ? ", on a condition" : ""));
    auto const& rule = review::rule_name::of(paths::rule_of(*way.changed)).get();
    return fmt::format("<span class=\"badge {}\">{}</span> {}",
                       rule.level == review::severity::danger    ? "bad"
                       : rule.level == review::severity::warning ? "doubt"
                                                                 : "good",
                       review::name_of(rule.level),
                       html_text(paths::whole_sentence_of(*way.changed, style.target)));
}

std::string way_section(shown_way const& way, std::size_t number, paths_style const& style) {
    bool const is_closed = way.changed != nullptr && way.changed->what == paths::path_change::closes;
    auto made = fmt::format("<section class=\"way\">\n<h3>{}</h3>\n", way_heading(way, style));
    if (way.changed != nullptr && way.changed->record != 0)
        made += fmt::format("<p>Record {}, <code>{}</code>: {}</p>\n", way.changed->record,
                            html_text(way.changed->place), html_text(way.changed->changed_object));
    made += fmt::format("<div class=\"scroll steps\" role=\"region\" tabindex=\"0\" "
                        "aria-label=\"Steps of way {}\">\n",
                        number);
    made += "<table>\n<thead><tr><th "
            "scope=\"col\">Step</th><th scope=\"col\">Who</th><th scope=\"col\">may</th><th "
            "scope=\"col\">what</th><th "
            "scope=\"col\">by</th></tr></thead>\n<tbody>\n";
    for (std::size_t index = 0; index < way.path->steps.size(); ++index)
        made += step_row(way.path->steps[index], index + 1, is_closed);
    made += "</tbody>\n</table>\n</div>\n";
    if (auto const cuts = cuts_sentence(*way.path); !cuts.empty())
        made += fmt::format("<p>{}</p>\n", html_text(cuts));
    auto const reason = way.changed == nullptr ? std::string_view() : paths::reason_of(*way.changed);
    auto const advice = way.changed == nullptr ? std::string() : paths::advice_about(*way.changed);
    if (!advice.empty())
        made += fmt::format("<p>{}<strong>To do:</strong> {}</p>\n",
                            reason.empty() ? "" : fmt::format("Why: {}. ", reason), html_text(advice));
    return made + "</section>\n";
}

// "2 ways", in the colour of the worst.
verdict_box verdict_of_ways(paths::path_report const& report, paths_style const& style) {
    verdict_box made;
    auto lines = paths_head(report, style);
    made.sentence = lines.front();
    made.lines.assign(lines.begin() + 1, lines.end());
    std::size_t dangers = 0;
    std::size_t warnings = 0;
    std::size_t notes = 0;
    for (auto const& each : report.changes) {
        auto const level = review::rule_name::of(paths::rule_of(each)).get().level;
        ++(level == review::severity::danger    ? dangers
           : level == review::severity::warning ? warnings
                                                : notes);
    }
    for (auto const& each : report.paths)
        ++(each.how == paths::strength::decisive ? dangers : warnings);
    if (dangers > 0)
        made.badges.emplace_back("bad", counted(dangers, "danger", "dangers"));
    if (warnings > 0)
        made.badges.emplace_back("doubt", counted(warnings, "warning", "warnings"));
    if (notes > 0)
        made.badges.emplace_back("good", counted(notes, "note", "notes"));
    bool const is_in_doubt = warnings > 0 || !report.knows_tier_zero || report.is_cut_off ||
                             report.ran_out > 0 || report.from_tier_zero;
    made.look = dangers > 0 ? "bad" : is_in_doubt ? "doubt" : "good";
    return made;
}

std::string cuts_section(paths::path_report const& report) {
    auto const lines = cut_lines(report);
    if (lines.empty())
        return {};
    std::string made = "<h2 id=\"cuts\">Cuts</h2>\n<ul>\n";
    for (auto const& line : lines)
        made += fmt::format("<li>{}</li>\n", html_text(line));
    return made + "</ul>\n";
}

} // namespace

std::string paths_html(paths::path_report const& report, paths_style const& style,
                       page_provenance const& from) {
    auto const ways = shown_ways(report, style);
    auto const title = fmt::format("Ways to {}", style.target);
    html_page const page(title, embedded::paths_css);
    auto made = page.head() + fmt::format("<h1>{}</h1>\n", html_text(title));
    auto const picture = picture_of(ways);
    auto const cuts = cuts_section(report);
    std::vector<page_place> places;
    if (!picture.empty())
        places.push_back({"picture", "Picture"});
    if (!ways.empty())
        places.push_back({"step-by-step", "Step by step"});
    if (!cuts.empty())
        places.push_back({"cuts", "Cuts"});
    places.push_back({"not-known", "Not known"});
    made += verdict_html(verdict_of_ways(report, style)) + contents_html(places);
    made += (picture.empty() ? "" : "<h2 id=\"picture\">Picture</h2>\n") + picture;
    made += std::string("<div id=\"steps\">\n") +
            (ways.empty() ? "" : "<h2 id=\"step-by-step\">Step by step</h2>\n");
    for (std::size_t index = 0; index < ways.size(); ++index)
        made += way_section(ways[index], index + 1, style);
    made += "</div>\n" + cuts + "<h2 id=\"not-known\">Not known</h2>\n<ul>\n";
    for (auto const& line : not_known_lines(report))
        made += fmt::format("<li>{}</li>\n", html_text(line));
    return made + "</ul>\n" + page.tail(from);
}

} // namespace dsplan::render
