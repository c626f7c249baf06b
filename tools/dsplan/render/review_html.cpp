#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/render/effect.hpp>
#include <tools/dsplan/render/html_page.hpp>
#include <tools/dsplan/render/page_top.hpp>
#include <tools/dsplan/render/paths_text.hpp>
#include <tools/dsplan/render/review_html.hpp>
#include <tools/dsplan/render/review_record_html.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <html_templates.hpp>

namespace dsplan::render {
namespace {

using json = nlohmann::ordered_json;

json lines_of(std::string_view text) {
    auto lines = json::array();
    while (!text.empty()) {
        auto const end = std::min(text.find('\n'), text.size());
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

template <class Texts>
std::string joined(Texts const& texts, std::size_t at_most) {
    std::string all;
    std::size_t count = 0;
    for (auto const& text : texts) {
        if (count++ == at_most)
            return fmt::format("{} and {} more", all, with_thousands(texts.size() - at_most));
        all += (all.empty() ? "" : ", ") + std::string(text);
    }
    return all;
}

// ---- the picture: a line for each container, indented by its depth

constexpr int step = 28;
constexpr int indent = 26;

// `text` in at most so many characters, so that it stays in the picture; the list below has it whole.
std::string shortened(std::string const& text, std::size_t at_most) {
    auto const shown = printable(text);
    if (shown.size() <= at_most)
        return shown;
    auto end = at_most;
    while (end > 0 && (static_cast<unsigned char>(shown[end]) & 0xC0U) == 0x80)
        --end; // not within a character
    return shown.substr(0, end) + "…";
}

json node_json(std::vector<review::picture_node> const& nodes, std::size_t index) {
    auto const& node = nodes[index];
    auto const y = static_cast<int>(index) * step + step / 2;
    auto const x = node.depth * indent + 10;
    json parent_y = nullptr;
    for (auto above = index; above-- > 0;)
        if (nodes[above].depth < node.depth) {
            parent_y = static_cast<int>(above) * step + step / 2;
            break;
        }
    return {{"dn", node.dn},
            {"note", node.note},
            {"arrives", node.arrives},
            {"x", x},
            {"y", y},
            {"parent_y", parent_y},
            {"line_x", x - indent},
            {"left", x - 6},
            {"right", x + 6},
            {"top", y - 6},
            {"bottom", y + 6},
            {"text_x", x + 14},
            {"text_y", y + 5},
            {"label", shortened(node.name, 50)},
            {"note_label", shortened(node.note, 60)}};
}

json pictures_json(review::review const& shown) {
    auto pictures = json::array();
    for (auto const& picture : shown.pictures) {
        auto nodes = json::array();
        for (std::size_t index = 0; index < picture.nodes.size(); ++index)
            nodes.push_back(node_json(picture.nodes, index));
        pictures.push_back({{"number", pictures.size() + 1},
                            {"ace", picture.ace},
                            {"sddl", picture.raw},
                            {"height", static_cast<int>(picture.nodes.size()) * step},
                            {"nodes", std::move(nodes)},
                            {"left_out", picture.left_out == 0 ? json(nullptr) : json(picture.left_out)}});
    }
    return pictures;
}

// ---- head

json effect_row(std::vector<std::string> const& accounts, effect::folded_right const& shown) {
    std::string classes;
    for (auto const& each : shown.classes)
        classes += (classes.empty() ? "" : ", ") + each.first;
    auto const& row = shown.row;
    auto made = right_json(row);
    auto const look = look_of(made.at("change").get<std::string>());
    return {{"accounts", joined(json(accounts), 10)},
            {"change", made.at("change")},
            {"look", look.name},
            {"sign", look.sign},
            {"right", row.right},
            {"when", made.value("when", std::string())},
            {"class", classes},
            {"objects", row.objects},
            {"first", joined(json(row.first), 3)}};
}

// The worst first.
json effect_rows(effect::effect const& shown) {
    auto rows = json::array();
    for (auto const& change : effect::folded(shown))
        for (auto const& each : change.rights)
            rows.push_back(effect_row(change.accounts, each));
    return rows;
}

std::string unchanged_html(effect::scope_of_ace const& scope) {
    std::string items;
    for (auto const& each : unreached_by(scope))
        items += fmt::format("<li>not on {}{}</li>\n", html_text(each.text),
                             each.dns.empty() ? "" : ": " + html_text(joined(each.dns, 10)));
    return items;
}

// Where each changed ACE makes a difference, and where not and why.
std::string scopes_html(effect::effect const& shown, sddl::domain_sids const& sids) {
    std::string items;
    for (auto const& scope : shown.scopes) {
        auto const unchanged = unchanged_html(scope);
        items += fmt::format(
            "<li>{} <code class=\"raw\">{}</code> on <code>{}</code>: makes a difference on {}{}</li>\n",
            scope.added ? "added" : "removed",
            html_text(words::ace_text(scope.value, sids, scope.planned_trustee)), html_text(scope.on),
            counted(scope.changed, "object", "objects"),
            unchanged.empty() ? "" : "\n<ul>\n" + unchanged + "</ul>");
    }
    return items.empty() ? items : "<h3>Where it arrives, and where not</h3>\n<ul>\n" + items + "</ul>\n";
}

// Finding by finding: of a large change there are many.
void write_findings(review::review const& shown, std::string_view title, text_sink const& write) {
    write(fmt::format("<section>\n<h2 id=\"{}\">{}</h2>\n", anchor_of(title), title));
    for (auto const& [broken, found] : by_rule(shown)) {
        write(review_part_drawer::draw(*broken));
        write("<ul>\n");
        for (auto const* const each : found)
            write(review_part_drawer::draw(*each));
        write("</ul>\n");
    }
    write(shown.findings.empty() ? "<p>None.</p>\n</section>\n" : "</section>\n");
}

void write_ways(review::review const& shown, text_sink const& write) {
    auto const summary = shown.ways ? paths_summary(*shown.ways) : std::vector<std::string>();
    if (summary.empty())
        return;
    write("<section>\n<h2 id=\"part-control-paths\">Control paths</h2>\n");
    for (auto const& each : summary)
        write(fmt::format("<p>{}</p>\n", html_text(each)));
    write("</section>\n");
}

void write_records(review::review const& shown, text_sink const& write) {
    write("<h2 id=\"part-records\">Records</h2>\n");
    write(shown.records.empty() ? "<p>None.</p>\n" : "");
    review_part_drawer drawer(shown.files);
    for (auto const& record : shown.records)
        write(drawer.draw(record));
}

std::array<std::size_t, 3> finding_counts(review::review const& shown) {
    std::array<std::size_t, 3> counts{};
    for (auto const& each : shown.findings)
        ++counts[static_cast<std::size_t>(each.broken->level)];
    return counts;
}

void add_finding_badges(verdict_box& made, review::review const& shown) {
    auto const counts = finding_counts(shown);
    for (auto const level : {review::severity::danger, review::severity::warning, review::severity::note})
        if (auto const count = counts[static_cast<std::size_t>(level)]; count > 0) {
            auto const word = std::string(review::name_of(level));
            made.badges.emplace_back(look_of_severity(level), counted(count, word, word + "s"));
        }
}

void add_gains(verdict_box& made, effect::effect const& found) {
    std::vector<std::string> gaining;
    for (auto const& change : effect::folded(found))
        for (auto const& right : change.rights)
            if (right.row.gained)
                for (auto const& account : change.accounts)
                    if (std::find(gaining.begin(), gaining.end(), account) == gaining.end())
                        gaining.push_back(account);
    if (!gaining.empty())
        made.lines.push_back("Gains access: " + joined(gaining, 5));
}

void add_not_known(verdict_box& made, review::review const& shown) {
    if (!shown.has_base)
        made.lines.emplace_back(
            "Not known: what was there before and what the change does; the review had no base.");
    else if (!shown.not_predicted.empty())
        made.lines.push_back("The effect is not known: " + shown.not_predicted);
    else if (shown.predicted && !shown.predicted->unknown.empty())
        made.badges.emplace_back("doubt", fmt::format("{} not known", shown.predicted->unknown.size()));
}

// What the change comes to; nothing of it is good news by itself.
verdict_box verdict_of(review::review const& shown) {
    verdict_box made;
    auto const counts = finding_counts(shown);
    bool const is_bad = counts[static_cast<std::size_t>(review::severity::danger)] > 0 ||
                        !shown.unreadable.empty() || shown.failing > 0;
    made.look = is_bad ? "bad" : shown.findings.empty() ? "quiet" : "doubt";
    made.sentence = review_headline(shown);
    add_finding_badges(made, shown);
    if (made.badges.empty())
        made.badges.emplace_back("quiet", "no findings");
    if (!shown.unreadable.empty())
        made.badges.emplace_back("bad", counted(shown.unreadable.size(), "record", "records") +
                                            " could not be read");
    if (shown.failing > 0)
        made.badges.emplace_back("bad",
                                 counted(shown.failing, "record", "records") + " would fail on import");
    if (shown.predicted)
        add_gains(made, *shown.predicted);
    add_not_known(made, shown);
    return made;
}

void add_places(std::vector<page_place>& places, std::vector<page_section> const& sections) {
    for (auto const& each : sections)
        if (!each.is_part)
            places.push_back({anchor_of(each.title), each.title});
}

std::string_view findings_title(page_frame const* frame) {
    return frame == nullptr ? "Findings" : "Findings of the review";
}

std::string contents_of(review::review const& shown, page_frame const* frame) {
    std::vector<page_place> places;
    bool const is_empty = frame != nullptr && shown.records.empty();
    if (!shown.unreadable.empty())
        places.push_back({"part-not-read", "Not read"});
    if (frame != nullptr)
        add_places(places, frame->before);
    if (!is_empty)
        places.push_back({anchor_of(findings_title(frame)),
                          fmt::format("{} ({})", findings_title(frame), shown.findings.size())});
    if (shown.ways && !paths_summary(*shown.ways).empty())
        places.push_back({"part-control-paths", "Control paths"});
    if (shown.predicted || !shown.not_predicted.empty())
        places.push_back({"part-effect", "Effect"});
    if (!shown.pictures.empty())
        places.push_back({"part-reach-1", "How far it reaches"});
    if (!is_empty)
        places.push_back({"part-records", fmt::format("Records ({})", with_thousands(shown.records.size()))});
    if (frame != nullptr)
        add_places(places, frame->after);
    return contents_html(places);
}

json head_json(review::review const& shown, page_frame const* frame) {
    auto unreadable = json::array();
    for (auto const& each : shown.unreadable)
        unreadable.push_back(
            {{"number", unreadable.size() + 1}, {"reason", each.reason}, {"place", lines_of(each.place)}});
    auto const title = frame == nullptr ? fmt::format("Review of {}", joined(shown.files, 10)) : frame->title;
    return {{"title", title},
            {"said", frame == nullptr ? std::string() : html_of(frame->head)},
            {"verdict",
             frame != nullptr && shown.records.empty() ? std::string() : verdict_html(verdict_of(shown))},
            {"head", frame != nullptr && shown.records.empty() ? std::string() : review_head(shown)},
            {"contents", contents_of(shown, frame)},
            {"has_unreadable", !unreadable.empty()},
            {"unreadable", std::move(unreadable)}};
}

std::string nobody_text(review::review const& shown) {
    if (!shown.predicted)
        return {};
    auto const& found = *shown.predicted;
    return fmt::format("{}obody {}gains or loses anything.",
                       found.is_all_known() ? "N" : "As far as is known, n",
                       found.changes.empty() ? "" : "else ");
}

json effect_for_page(review::review const& shown) {
    auto const effect = shown.predicted ? effect_json(*shown.predicted, {.sids = shown.sids}) : json(nullptr);
    auto rows = shown.predicted ? effect_rows(*shown.predicted) : json::array();
    bool const has_changes = !rows.empty();
    return {{"has_effect", shown.predicted.has_value() || !shown.not_predicted.empty()},
            {"effect_unknown", shown.not_predicted},
            {"has_changes", has_changes},
            {"effect_rows", std::move(rows)},
            {"summary", shown.predicted && !shown.records.empty() ? effect_summary(*shown.predicted) : ""},
            {"nobody", nobody_text(shown)},
            {"scopes", shown.predicted ? scopes_html(*shown.predicted, shown.sids) : ""},
            {"remarks", shown.predicted ? json(effect_remarks(*shown.predicted)) : json::array()},
            {"unknown", effect.is_null() ? json::array() : effect.at("unknown")},
            {"pictures", pictures_json(shown)},
            {"pictures_left_out",
             shown.pictures_left_out == 0 ? json(nullptr) : json(with_thousands(shown.pictures_left_out))}};
}

} // namespace

void write_review_html(review::review const& shown, text_sink const& write, page_frame const* frame) {
    auto const title = frame == nullptr ? fmt::format("Review of {}", joined(shown.files, 3)) : frame->title;
    bool const is_empty = frame != nullptr && shown.records.empty();
    html_page const page(title, embedded::review_css);
    write(page.head());
    write(fill_html(embedded::review_head_mustache, head_json(shown, frame)));
    if (frame != nullptr)
        write(html_of(frame->before));
    if (!is_empty)
        write_findings(shown, findings_title(frame), write);
    write_ways(shown, write);
    write(fill_html(embedded::review_effect_mustache, effect_for_page(shown)));
    if (!is_empty)
        write_records(shown, write);
    if (frame != nullptr)
        write(html_of(frame->after));
    write(page.tail());
}

} // namespace dsplan::render
