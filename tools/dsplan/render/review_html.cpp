#include <tools/dsplan/console.hpp>
#include <tools/dsplan/number_text.hpp>
#include <tools/dsplan/render/effect.hpp>
#include <tools/dsplan/render/html_page.hpp>
#include <tools/dsplan/render/review_html.hpp>
#include <tools/dsplan/render/review_json.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

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

std::string joined(json const& texts, std::size_t at_most) {
    std::string all;
    std::size_t count = 0;
    for (auto const& text : texts) {
        if (count++ == at_most)
            return fmt::format("{} and {} more", all, with_thousands(texts.size() - at_most));
        all += (all.empty() ? "" : ", ") + text.get<std::string>();
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

json effect_rows(json const& effect) {
    auto rows = json::array();
    if (effect.is_null())
        return rows;
    for (auto const& change : effect.at("changes"))
        for (auto const& right : change.at("rights"))
            rows.push_back({{"accounts", joined(change.at("accounts"), 10)},
                            {"change", right.at("change")},
                            {"right", right.at("right")},
                            {"class", right.at("class")},
                            {"objects", right.at("objects")},
                            {"first", joined(right.at("first"), 3)}});
    return rows;
}

json findings_with_colours(review::review const& shown) {
    auto findings = findings_json(shown);
    for (auto& rule : findings) {
        rule["colour"] = rule.at("severity") == "danger"    ? "bad"
                         : rule.at("severity") == "warning" ? "doubt"
                                                            : "quiet";
        for (auto& found : rule["found"])
            if (found["record"] == 0)
                found["record"] = nullptr;
    }
    return findings;
}

json records_or_null(std::size_t count) {
    return count == 0 ? json(nullptr) : json(counted(count, "record", "records"));
}

json head_json(review::review const& shown) {
    auto unreadable = json::array();
    for (auto const& each : shown.unreadable)
        unreadable.push_back(
            {{"number", unreadable.size() + 1}, {"reason", each.reason}, {"place", lines_of(each.place)}});
    auto const effect = shown.predicted ? effect_json(*shown.predicted, {.sids = shown.sids}) : json(nullptr);
    auto rows = effect_rows(effect);
    bool const has_changes = !rows.empty();
    return {{"files", joined(shown.files, 10)},
            {"unreadable_count", records_or_null(shown.unreadable.size())},
            {"failing", records_or_null(shown.failing)},
            {"head", review_head(shown)},
            {"has_base", shown.has_base},
            {"has_unreadable", !unreadable.empty()},
            {"unreadable", std::move(unreadable)},
            {"findings", findings_with_colours(shown)},
            {"has_effect", shown.predicted.has_value() || !shown.not_predicted.empty()},
            {"effect_unknown", shown.not_predicted},
            {"has_changes", has_changes},
            {"effect_rows", std::move(rows)},
            {"nobody", shown.predicted && !has_changes},
            {"unknown", effect.is_null() ? json::array() : effect.at("unknown")},
            {"pictures", pictures_json(shown)},
            {"record_count", records_or_null(shown.records.size())}};
}

// The record with what the template asks besides.
json record_for_page(review::record_reading const& record, std::vector<std::string> const& files) {
    auto made = record_json(record, files);
    std::size_t tables = 0;
    for (auto& attribute : made["attributes"]) {
        attribute["has_notes"] = !attribute["notes"].empty();
        for (auto& value : attribute["values"]) {
            value["has_parts"] = !value["parts"].empty();
            if (!value["descriptor"].is_null())
                for (auto& list : value["descriptor"]["lists"]) {
                    list["has_aces"] = !list["aces"].empty();
                    list["table"] = ++tables;
                }
        }
    }
    return made;
}

} // namespace

void write_review_html(review::review const& shown, text_sink const& write) {
    html_page const page(fmt::format("Review of {}", joined(shown.files, 3)), embedded::review_css);
    write(page.head());
    write(fill_html(embedded::review_head_mustache, head_json(shown)));
    html_template const record_template(embedded::review_record_mustache);
    for (auto const& record : shown.records)
        write(record_template.fill(record_for_page(record, shown.files)));
    write(page.tail());
}

} // namespace dsplan::render
