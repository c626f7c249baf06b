#include <tools/dsplan/render/effect.hpp>
#include <tools/dsplan/render/identity_json.hpp>
#include <tools/dsplan/render/paths_json.hpp>
#include <tools/dsplan/render/review_json.hpp>
#include <tools/dsplan/render/verification.hpp>

#include <nlohmann/json.hpp>

namespace dsplan::render {
namespace {

using json = nlohmann::ordered_json;

json ace_json(words::ace_reading const& ace) {
    return {{"change", word_of(ace.what)},
            {"position", ace.position},
            {"was", ace.was ? json(*ace.was) : json(nullptr)},
            {"effect", ace.words.effect},
            {"who", ace.words.who},
            {"sid", text_or_null_json(ace.words.sid)},
            {"dn", text_or_null_json(ace.words.dn)},
            {"may", ace.words.may},
            {"applies_to", ace.words.applies_to},
            {"inherited", ace.words.is_inherited},
            {"condition", ace.words.condition ? json(*ace.words.condition) : json(nullptr)},
            {"sddl", ace.words.raw},
            {"changed_from", ace.changed_from}};
}

json list_json(std::string_view name, words::list_reading const& list) {
    auto aces = json::array();
    for (auto const& ace : list.aces)
        aces.push_back(ace_json(ace));
    return {{"list", name},
            {"notes", list.notes},
            {"only_order", list.only_order},
            {"unchanged", list.unchanged},
            {"aces", std::move(aces)}};
}

json value_json(review::value_reading const& value) {
    return {{"change", word_of(value.what)},
            {"text", value.text},
            {"raw", value.raw},
            {"parts", value.parts},
            {"descriptor", value.descriptor ? reading_json(*value.descriptor) : json(nullptr)}};
}

json attribute_json(review::attribute_reading const& attribute) {
    auto values = json::array();
    for (auto const& value : attribute.values)
        values.push_back(value_json(value));
    return {{"name", attribute.name},
            {"what", attribute.what},
            {"values", std::move(values)},
            {"notes", attribute.notes}};
}

json record_json(review::record_reading const& record, std::string const& file) {
    auto attributes = json::array();
    for (auto const& attribute : record.attributes)
        attributes.push_back(attribute_json(attribute));
    return {{"number", record.number},
            {"file", file},
            {"line", record.line},
            {"dn", record.dn},
            {"summary", record.summary},
            {"failure", record.failure},
            {"attributes", std::move(attributes)}};
}

json rule_json(review::rule const& broken) {
    return {{"rule", broken.name},
            {"severity", review::name_of(broken.level)},
            {"what", broken.what},
            {"why", broken.why},
            {"advice", broken.advice}};
}

json finding_json(review::finding const& found) {
    auto seen = json::array();
    for (auto const& each : found.seen)
        seen.push_back({{"dn", each.dn}, {"attribute", each.attribute}, {"value", each.value}});
    return {{"record", found.record}, {"file", found.file},     {"line", found.line},
            {"text", found.text},     {"advice", found.advice}, {"evidence", std::move(seen)}};
}

json picture_json(review::reach_picture const& picture) {
    auto nodes = json::array();
    for (auto const& node : picture.nodes)
        nodes.push_back(
            {{"dn", node.dn}, {"depth", node.depth}, {"arrives", node.arrives}, {"note", node.note}});
    return {{"ace", picture.ace},
            {"sddl", picture.raw},
            {"nodes", std::move(nodes)},
            {"left_out", picture.left_out}};
}

std::string in_one_line(json const& value) {
    return value.dump(-1, ' ', true, json::error_handler_t::replace);
}

void write_findings(review::review const& shown, text_sink const& write) {
    std::string_view before_rule = "\n";
    for (auto const& [broken, found] : by_rule(shown)) {
        auto text = in_one_line(rule_json(*broken));
        text.pop_back();
        write(std::string(before_rule) + text + ",\"found\":[");
        std::string_view before = "\n";
        for (auto const* const each : found) {
            write(std::string(before) + in_one_line(finding_json(*each)));
            before = ",\n";
        }
        write("\n]}");
        before_rule = ",\n";
    }
}

} // namespace

std::string entry_json(review::record_reading const& record, std::string const& file) {
    return in_one_line(record_json(record, file));
}

json reading_json(words::descriptor_reading const& descriptor) {
    return {{"is_difference", descriptor.is_difference},
            {"facts", descriptor.facts},
            {"lists", json::array({list_json("DACL", descriptor.dacl), list_json("SACL", descriptor.sacl)})}};
}

void write_review_json(review::review const& shown, text_sink const& write, plan_folder const* folder) {
    auto unreadable = json::array();
    for (auto const& each : shown.unreadable)
        unreadable.push_back({{"reason", each.reason}, {"place", each.place}});
    auto pictures = json::array();
    for (auto const& picture : shown.pictures)
        pictures.push_back(picture_json(picture));
    // Piece by piece, so that the text of a large file is never whole in memory.
    write("{\n\"format\": \"dsplan.review\",\n\"version\": 1,\n\"files\": " + in_one_line(shown.files) +
          ",\n\"has_base\": " + (shown.has_base ? "true" : "false") +
          ",\n\"unreadable\": " + in_one_line(unreadable) +
          ",\n\"failing\": " + std::to_string(shown.failing) + ",\n\"findings\": [");
    write_findings(shown, write);
    write("\n],\n\"records\": [");
    for (auto const& record : shown.records)
        write((&record == shown.records.data() ? "\n" : ",\n") +
              in_one_line(record_json(record, shown.files[record.file])));
    auto const effect = shown.predicted ? effect_json(*shown.predicted, {.sids = shown.sids}) : json(nullptr);
    auto const ways = shown.ways ? control_paths_json(*shown.ways, {.at_most = SIZE_MAX, .is_change = true})
                                 : json(nullptr);
    write("\n],\n\"effect\": " + in_one_line(effect) +
          ",\n\"effect_unknown\": " + in_one_line(shown.not_predicted) +
          ",\n\"control_paths\": " + in_one_line(ways) + ",\n\"reach\": " + in_one_line(pictures) +
          ",\n\"reach_left_out\": " + std::to_string(shown.pictures_left_out) +
          (folder == nullptr ? "" : ",\n\"plan_folder\": " + in_one_line(folder_json(*folder))) + "\n}\n");
}

} // namespace dsplan::render
