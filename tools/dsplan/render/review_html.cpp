#include <tools/dsplan/console.hpp>
#include <tools/dsplan/number_text.hpp>
#include <tools/dsplan/render/effect.hpp>
#include <tools/dsplan/render/html_page.hpp>
#include <tools/dsplan/render/review_html.hpp>
#include <tools/dsplan/render/review_json.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <html_templates.hpp>
#include <map>

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

std::string_view colour_of(review::severity level) {
    switch (level) {
    case review::severity::danger:
        return "bad";
    case review::severity::warning:
        return "doubt";
    case review::severity::note:
        break;
    }
    return "quiet";
}

// Finding by finding: of a large change there are many.
void write_findings(review::review const& shown, text_sink const& write) {
    html_template const rule_template(embedded::review_rule_mustache);
    html_template const finding_template(embedded::review_finding_mustache);
    write("<section>\n<h2>Findings</h2>\n");
    for (auto const& [broken, found] : by_rule(shown)) {
        auto rule = rule_json(*broken);
        rule["colour"] = colour_of(broken->level);
        write(rule_template.fill(rule));
        write("<ul>\n");
        for (auto const* const each : found) {
            auto finding = finding_json(*each);
            if (each->record == 0)
                finding["record"] = nullptr;
            write(finding_template.fill(finding));
        }
        write("</ul>\n");
    }
    write(shown.findings.empty() ? "<p>None.</p>\n</section>\n" : "</section>\n");
}

json records_or_null(std::size_t count) {
    return count == 0 ? json(nullptr) : json(counted(count, "record", "records"));
}

json head_json(review::review const& shown) {
    auto unreadable = json::array();
    for (auto const& each : shown.unreadable)
        unreadable.push_back(
            {{"number", unreadable.size() + 1}, {"reason", each.reason}, {"place", lines_of(each.place)}});
    return {{"files", joined(shown.files, 10)},
            {"unreadable_count", records_or_null(shown.unreadable.size())},
            {"failing", records_or_null(shown.failing)},
            {"head", review_head(shown)},
            {"has_base", shown.has_base},
            {"has_unreadable", !unreadable.empty()},
            {"unreadable", std::move(unreadable)}};
}

json effect_for_page(review::review const& shown) {
    auto const effect = shown.predicted ? effect_json(*shown.predicted, {.sids = shown.sids}) : json(nullptr);
    auto rows = effect_rows(effect);
    bool const has_changes = !rows.empty();
    return {{"has_effect", shown.predicted.has_value() || !shown.not_predicted.empty()},
            {"effect_unknown", shown.not_predicted},
            {"has_changes", has_changes},
            {"effect_rows", std::move(rows)},
            {"nobody", shown.predicted && !has_changes},
            {"unknown", effect.is_null() ? json::array() : effect.at("unknown")},
            {"pictures", pictures_json(shown)},
            {"pictures_left_out",
             shown.pictures_left_out == 0 ? json(nullptr) : json(with_thousands(shown.pictures_left_out))},
            {"record_count", records_or_null(shown.records.size())}};
}

// Draws records; the rows of a descriptor that several of them write are drawn once.
class record_drawer {
public:
    explicit record_drawer(std::vector<std::string> const& files)
        : files_(files)
        , record_(embedded::review_record_mustache)
        , ace_(embedded::review_ace_mustache) {}

    [[nodiscard]] std::string draw(review::record_reading const& record) {
        auto made = record_json(record, files_, ace_lists::left_out);
        std::size_t tables = 0;
        for (std::size_t at = 0; at < record.attributes.size(); ++at) {
            auto& attribute = made["attributes"][at];
            attribute["has_notes"] = !attribute["notes"].empty();
            for (std::size_t index = 0; index < record.attributes[at].values.size(); ++index)
                complete(attribute["values"][index], record.attributes[at].values[index], tables);
        }
        return record_.fill(made);
    }

private:
    // Adds what the template asks besides.
    void complete(json& drawn, review::value_reading const& value, std::size_t& tables) {
        drawn["has_parts"] = !value.parts.empty();
        if (!value.descriptor)
            return;
        auto& lists = drawn["descriptor"]["lists"];
        bool const is_shared = value.descriptor.use_count() > 1;
        lists[0]["rows"] = rows_of(value.descriptor->dacl, is_shared);
        lists[1]["rows"] = rows_of(value.descriptor->sacl, is_shared);
        for (auto& list : lists)
            list["table"] = ++tables;
    }

    [[nodiscard]] std::string rows_of(review::list_reading const& list, bool is_shared) {
        if (!is_shared)
            return draw_rows(list);
        auto const [place, is_new] = rows_.try_emplace(&list);
        if (is_new)
            place->second = draw_rows(list);
        return place->second;
    }

    [[nodiscard]] std::string draw_rows(review::list_reading const& list) const {
        std::string rows;
        for (auto const& ace : list.aces)
            rows += ace_.fill(ace_json(ace));
        return rows;
    }

    std::vector<std::string> const& files_;
    html_template record_;
    html_template ace_;
    std::map<review::list_reading const*, std::string> rows_;
};

} // namespace

void write_review_html(review::review const& shown, text_sink const& write) {
    html_page const page(fmt::format("Review of {}", joined(shown.files, 3)), embedded::review_css);
    write(page.head());
    write(fill_html(embedded::review_head_mustache, head_json(shown)));
    write_findings(shown, write);
    write(fill_html(embedded::review_effect_mustache, effect_for_page(shown)));
    record_drawer drawer(shown.files);
    for (auto const& record : shown.records)
        write(drawer.draw(record));
    write(page.tail());
}

} // namespace dsplan::render
