#include <tools/dsplan/ground/sha256.hpp>
#include <tools/dsplan/render/identity_json.hpp>
#include <tools/dsplan/render/paths_json.hpp>

#include <fmt/format.h>

namespace dsplan::render {
namespace {

using json = nlohmann::ordered_json;

json end_json(paths::path_end const& end) {
    return {{"name", end.name},
            {"dn", text_or_null_json(end.dn)},
            {"sid", text_or_null_json(end.sid)},
            {"class", text_or_null_json(end.object_class)}};
}

json names_json(std::vector<paths::path_end> const& ends) {
    auto made = json::array();
    for (auto const& end : ends)
        made.push_back(end.name);
    return made;
}

json identities_json(std::vector<paths::path_end> const& ends) {
    auto made = json::array();
    for (auto const& end : ends)
        made.push_back(identity_json({end.name, end.sid, end.dn}));
    return made;
}

json path_ace_json(paths::path_ace const& ace) {
    return {
        {"sddl", text_or_null_json(ace.sddl)}, {"on", ace.on}, {"index", ace.index}, {"origin", ace.origin}};
}

json path_step_json(paths::path_step const& step) {
    return {{"kind", paths::row_of(step.kind).id},
            {"from", end_json(step.from)},
            {"to", end_json(step.to)},
            {"right", text_or_null_json(step.right)},
            {"new", step.is_new},
            {"condition", text_or_null_json(step.condition)},
            {"ace", step.ace ? path_ace_json(*step.ace) : json(nullptr)},
            {"alternatives", step.alternatives}};
}

json steps_json(paths::control_path const& path) {
    auto made = json::array();
    for (auto const& step : path.steps)
        made.push_back(path_step_json(step));
    return made;
}

json cuts_json(paths::control_path const& path) {
    auto made = json::array();
    for (auto const& cut : path.cuts)
        made.push_back({{"step", cut.step}, {"remaining", cut.remaining}});
    return made;
}

json sources_json(paths::path_sources const& sources) {
    return {{"accounts", sources.accounts},
            {"through", sources.through.name},
            {"through_sid", text_or_null_json(sources.through.sid)},
            {"through_dn", text_or_null_json(sources.through.dn)},
            {"first", names_json(sources.first)},
            {"first_identities", identities_json(sources.first)},
            {"everybody", sources.everybody}};
}

std::string_view strength_text(paths::control_path const& path) {
    return path.how == paths::strength::decisive ? "decisive" : "conditional";
}

// Of the step that makes it: tail, head, kind.
std::string id_of(paths::changed_path const& each) {
    auto const& steps = each.path.steps;
    auto const& step = steps[each.new_step == 0 ? 0 : each.new_step - 1];
    auto const text = fmt::format("{}\n{}\n{}\n{}", step.from.sid, step.to.dn, paths::row_of(step.kind).id,
                                  paths::name_of(each.what));
    return sha256_hex(text).substr(0, 16);
}

json change_json(paths::changed_path const& each) {
    return {{"id", id_of(each)},
            {"what", paths::name_of(each.what)},
            {"tier0_member", each.is_tier_zero_member},
            {"record", each.record == 0 ? json(nullptr) : json(each.record)},
            {"place", text_or_null_json(each.place)},
            {"strength", strength_text(each.path)},
            {"temporary", each.what == paths::path_change::for_an_hour},
            {"sources", sources_json(each.path.sources)},
            {"steps_before", each.steps_before ? json(*each.steps_before) : json(nullptr)},
            {"steps_after", each.path.length()},
            {"steps", steps_json(each.path)},
            {"cuts", cuts_json(each.path)}};
}

json path_json(paths::control_path const& path) {
    return {{"strength", strength_text(path)},
            {"sources", sources_json(path.sources)},
            {"length", path.length()},
            {"steps", steps_json(path)},
            {"cuts", cuts_json(path)}};
}

json cut_step_json(paths::path_step const& step) {
    auto made = path_step_json(step);
    made["source"] = step.ace ? json(step.ace->source) : json(nullptr);
    return made;
}

json choke_points_json(paths::path_report const& report) {
    auto made = json::array();
    for (auto const& each : report.choke_points)
        made.push_back({{"step", cut_step_json(each.step)}, {"remaining", each.remaining}, {"of", each.of}});
    return made;
}

json smallest_cut_json(paths::smallest_cut const& cut) {
    auto steps = json::array();
    for (auto const& step : cut.steps)
        steps.push_back(cut_step_json(step));
    return {{"steps", std::move(steps)}, {"possible", cut.is_possible}, {"proved", cut.is_proved}};
}

} // namespace

json control_paths_json(paths::path_report const& report, paths_style const& style) {
    auto opened = json::array();
    auto closed = json::array();
    auto ways = json::array();
    std::size_t shown = 0;
    for (auto const& each : report.changes)
        if (shown++ < style.at_most)
            (each.what == paths::path_change::closes ? closed : opened).push_back(change_json(each));
    for (auto const& each : report.paths)
        if (shown++ < style.at_most)
            ways.push_back(path_json(each));
    json made{{"target", style.target},
              {"tier0",
               {{"objects", report.tier_zero},
                {"added", names_json(report.tier_zero_added)},
                {"added_identities", identities_json(report.tier_zero_added)},
                {"unmatched", report.unmatched},
                {"kept", names_json(report.kept)},
                {"permissions_known", report.knows_tier_zero}}}};
    if (style.is_change) {
        made["opened"] = std::move(opened);
        made["closed"] = std::move(closed);
    } else {
        made["ways"] = std::move(ways);
        made["choke_points"] = choke_points_json(report);
        made["smallest_cut"] = report.cut ? smallest_cut_json(*report.cut) : json(nullptr);
    }
    made["refused"] = report.refused;
    made["left_out"] = shown > style.at_most ? shown - style.at_most : 0;
    made["cut_off"] = report.is_cut_off || report.ran_out > 0;
    made["unknown"] = report.unknown;
    made["not_looked_for"] = report.not_looked_for;
    return made;
}

json paths_json(paths::path_report const& report, paths_style const& style) {
    return json{{"format", "dsplan.paths"},
                {"version", 1},
                {"from_tier0", report.from_tier_zero},
                {"control_paths", control_paths_json(report, style)}};
}

} // namespace dsplan::render
