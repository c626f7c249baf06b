#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/render/effect_html.hpp>
#include <tools/dsplan/render/html_page.hpp>
#include <tools/dsplan/render/page_top.hpp>
#include <tools/dsplan/render/paths_text.hpp>
#include <tools/dsplan/render/review_html.hpp>
#include <tools/dsplan/render/review_record_html.hpp>
#include <tools/dsplan/render/shortened_list.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
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

// What is left of the width of the picture behind the name.
std::size_t room_for_note(review::picture_node const& node) {
    constexpr std::size_t line = 115; // characters
    auto const taken = std::min(node.name.size(), std::size_t{50}) + 4 * static_cast<std::size_t>(node.depth);
    return line - std::min(taken, line - 20);
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
            {"note_label", shortened(node.note, room_for_note(node))}};
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

// ---- parts

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

void write_effect(review::review const& shown, text_sink const& write) {
    if (shown.predicted)
        write(effect_section(*shown.predicted, {.sids = shown.sids},
                             shown.records.empty() ? std::string() : effect_summary(*shown.predicted)));
    else if (!shown.not_predicted.empty())
        write(missing_effect_section(shown.not_predicted));
    auto const left_out = shown.pictures_left_out;
    write(fill_html(embedded::review_pictures_mustache,
                    {{"pictures", pictures_json(shown)},
                     {"pictures_left_out", left_out == 0 ? json(nullptr) : json(with_thousands(left_out))}}));
}

void write_records(review::review const& shown, text_sink const& write) {
    write("<h2 id=\"part-records\">Records</h2>\n");
    write(shown.records.empty() ? "<p>None.</p>\n" : "");
    review_part_drawer drawer(shown.files);
    for (auto const& record : shown.records)
        write(drawer.draw(record));
}

// Counts the findings of the frame, too.
frame_counts counts_of(review::review const& shown, page_frame const* frame) {
    auto counts = frame == nullptr ? frame_counts{} : frame->counts;
    for (auto const& each : shown.findings)
        switch (each.broken->level) {
        case review::severity::danger:
            ++counts.dangers;
            break;
        case review::severity::warning:
            ++counts.warnings;
            break;
        case review::severity::note:
            ++counts.notes;
            break;
        }
    if (shown.predicted)
        counts.unknown += shown.predicted->unknown.size() + shown.predicted->summary.not_followed.size();
    return counts;
}

void add_badges(verdict_box& made, frame_counts const& counts, review::review const& shown) {
    auto const add = [&made](std::string_view look, std::size_t count, std::string_view one,
                             std::string_view many) {
        if (count > 0)
            made.badges.emplace_back(look, counted(count, one, many));
    };
    add("bad", counts.dangers, "danger", "dangers");
    add("doubt", counts.warnings, "warning", "warnings");
    add("quiet", counts.notes, "note", "notes");
    if (made.badges.empty())
        made.badges.emplace_back("quiet", "no findings");
    add("doubt", counts.unknown, "thing not known", "things not known");
    add("bad", shown.unreadable.size(), "record could not be read", "records could not be read");
    add("bad", shown.failing, "record would fail on import", "records would fail on import");
}

// What the change comes to; nothing of it is good news by itself.
verdict_box verdict_of(review::review const& shown, page_frame const* frame) {
    verdict_box made;
    auto const counts = counts_of(shown, frame);
    bool const is_bad = counts.dangers > 0 || !shown.unreadable.empty() || shown.failing > 0;
    bool const is_in_doubt = counts.warnings + counts.notes + counts.unknown > 0;
    made.look = is_bad ? "bad" : is_in_doubt ? "doubt" : "quiet";
    made.sentence = frame == nullptr || frame->sentence.empty() ? review_headline(shown) : frame->sentence;
    add_badges(made, counts, shown);
    if (frame != nullptr)
        made.lines = frame->lines;
    if (shown.predicted)
        add_gains(made, *shown.predicted);
    if (!shown.has_base)
        made.lines.emplace_back(
            "Not known: what was there before and what the change does; the review had no base.");
    else if (!shown.not_predicted.empty())
        made.lines.push_back("The effect is not known: " + shown.not_predicted);
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
    auto const title =
        frame == nullptr ? fmt::format("Review of {}", shortened_list(shown.files, 10)) : frame->title;
    return {{"title", title},
            {"said", frame == nullptr ? std::string() : html_of(frame->head)},
            {"verdict", verdict_html(verdict_of(shown, frame))},
            {"head", frame != nullptr && shown.records.empty() ? std::string() : review_head(shown)},
            {"contents", contents_of(shown, frame)},
            {"has_unreadable", !unreadable.empty()},
            {"unreadable", std::move(unreadable)}};
}

} // namespace

void write_review_html(review::review const& shown, text_sink const& write, page_provenance const& from,
                       page_frame const* frame) {
    auto const title =
        frame == nullptr ? fmt::format("Review of {}", shortened_list(shown.files, 3)) : frame->title;
    bool const is_empty = frame != nullptr && shown.records.empty();
    html_page const page(title, embedded::review_css);
    write(page.head());
    write(fill_html(embedded::review_head_mustache, head_json(shown, frame)));
    if (frame != nullptr)
        write(html_of(frame->before));
    if (!is_empty)
        write_findings(shown, findings_title(frame), write);
    write_ways(shown, write);
    write_effect(shown, write);
    if (!is_empty)
        write_records(shown, write);
    if (frame != nullptr)
        write(html_of(frame->after));
    write(page.tail(from));
}

} // namespace dsplan::render
