#include <ldif/attribute_description.hpp>
#include <ldif/changes/attribute_schema.hpp>
#include <tools/dsplan/effect/predict.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/paths/change_places.hpp>
#include <tools/dsplan/plan/verify.hpp>
#include <tools/dsplan/review/base_trial.hpp>
#include <tools/dsplan/review/effect_findings.hpp>
#include <tools/dsplan/review/path_findings.hpp>
#include <tools/dsplan/review/reach_picture.hpp>

#include <fmt/format.h>

#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace dsplan::review {
namespace {

// What of the objects of a plan is no longer as the plan was made from.
void find_outdated(plan::plan const& drawn, directory::snapshot const& exported,
                   finding_list const& findings) {
    constexpr std::size_t at_most = 8;
    std::vector<evidence> seen;
    std::size_t changed = 0;
    for (auto const& object : plan::compare_with_base(drawn.domains, exported)) {
        changed += object.differences.empty() ? 0U : 1U;
        for (auto const& each : object.differences)
            if (seen.size() < at_most)
                seen.push_back({object.dn, {}, each});
    }
    if (changed > 0)
        findings.add(
            "plan-outdated",
            fmt::format("{} as the plan was made from",
                        changed == 1 ? "1 object is not" : fmt::format("{} objects are not", changed)),
            std::move(seen));
}

} // namespace

result<void> base_trial::run() {
    auto const& base = *state_.request.base;
    effect::change_application applied(base.context.exported, base.objects(state_.kept.records));
    state_.names.find_changed = [&applied](std::string_view dn) {
        ldif::record named;
        named.dn = dn;
        auto const origin = applied.objects().origin_of(applied.objects().meant(named).dn);
        return origin ? applied.exported_as(*origin) : nullptr;
    };
    state_.records.follow(applied.objects());
    for (std::size_t index = 0; index < state_.kept.records.size(); ++index)
        try_record(applied, index);
    auto predicted = predict(applied);
    if (predicted)
        judge_all();
    state_.names.find_changed = nullptr;
    return predicted;
}

// Reads the record against the object as it is then, and does what it says.
void base_trial::try_record(effect::change_application& applied, std::size_t index) {
    // <SID=…> and numbers of attributes by their names
    state_.kept.records[index] = applied.objects().meant(state_.kept.records[index]);
    auto const& change = state_.kept.records[index];
    auto& reading = state_.made.records[state_.kept.readings[index]];
    auto const findings = state_.findings_of(reading, change.line);
    auto const before = find_before(applied.objects(), change);
    if (!state_.kept.commanded.contains(index))
        state_.records.read(reading, change, before ? &*before : nullptr, findings);
    auto const done = applied.apply(change);
    if (done) {
        for (auto const& doubt : applied.objects().doubts())
            if (doubt.fault == ldif::apply_fault::no_such_attribute) // it may lie behind a range
                findings.add("not-in-base", ldif::message(doubt), {{change.dn, {}, {}}});
        taken_.push_back(change);
        return;
    }
    auto const& error = done.error();
    if (error.fault == ldif::apply_fault::unknown_name || is_not_known(change, before.has_value())) {
        ++not_in_base_;
        findings.add("not-in-base", ldif::message(error), {{change.dn, {}, {}}});
        return;
    }
    ++state_.made.failing;
    tell_failure(applied, change, reading, findings);
}

// Every value that is refused, and the rest as if it were a record of its own.
void base_trial::tell_failure(effect::change_application& applied, ldif::record const& change,
                              record_reading& reading, finding_list const& findings) {
    for (auto const& each : applied.apply_rest(change))
        review_state::tell_failure(each, reading, findings);
}

// Whether the base, rather than the directory, is why a record cannot be tried.
bool base_trial::is_not_known(ldif::record const& change, bool is_there) {
    if (!coverage_)
        coverage_.emplace(*state_.names.exported);
    bool const is_new_place =
        change.renamed && change.renamed->superior && coverage_->is_outside(*change.renamed->superior);
    return coverage_->is_outside(change.dn) || is_new_place || (state_.request.is_partial && !is_there);
}

// What the record is judged by: the class, and what it changes. Without the members of a group that it
// only adds to: they may be very many.
std::optional<ldif::entry> base_trial::find_before(ldif::directory_tree const& objects,
                                                   ldif::record const& change) {
    if (change.dn.empty())
        return std::nullopt;
    std::set<std::string, std::less<>> wanted{"objectClass"};
    auto const& schema = *objects.options().schema;
    for (auto const& each : change.modifications)
        if (each.operation != ldif::modification_operation::add ||
            !schema.rules_of(each.description).is_name_valued) {
            wanted.emplace(ldif::attribute_name(each.description));
            wanted.insert(each.description);
        }
    return objects.find(change.dn, wanted);
}

result<void> base_trial::predict(effect::change_application const& applied) {
    auto& made = state_.made;
    auto const& request = state_.request;
    if (request.predicted != nullptr) {
        made.predicted = *request.predicted;
        if (request.ways != nullptr)
            made.ways = *request.ways;
        return {};
    }
    auto const& context = request.base->context;
    auto const projected = effect::project(context, request.base->members, applied);
    if (!projected)
        return tl::unexpected(projected.error());
    made.predicted = effect::compare(context, *projected);
    if (wants_paths(request.is_wanted))
        made.ways = paths::compare_paths(
            {.exported = context.exported, .known = context.known, .sids = state_.names.sids}, *projected);
    return {};
}

// What all changes together do, and what of it is not known.
void base_trial::judge_all() {
    auto& made = state_.made;
    if (!made.unreadable.empty())
        made.predicted->unknown.push_back(
            fmt::format("what {}", counted(made.unreadable.size(), "record that cannot be read does",
                                           "records that cannot be read do")));
    if (not_in_base_ > 0)
        made.predicted->unknown.push_back(fmt::format("what {} to objects that the base does not hold",
                                                      counted(not_in_base_, "record does", "records do")));
    if (state_.request.drawn != nullptr)
        find_outdated(*state_.request.drawn, state_.request.base->context.exported, state_.findings_of_all());
    find_in_effect(*made.predicted, taken_, state_.names, state_.findings_of_all());
    draw_reach(made, *made.predicted, state_.names);
    if (made.ways)
        tell_ways(*made.ways);
}

// Each with the record that changes it.
void base_trial::tell_ways(paths::path_report& ways) {
    std::vector<paths::placed_record> placed;
    for (std::size_t index = 0; index < state_.kept.records.size(); ++index)
        placed.push_back({&state_.kept.records[index],
                          state_.made.files[state_.made.records[state_.kept.readings[index]].file]});
    paths::place_changes(ways, placed);
    find_in_paths(ways, [this](std::size_t record) {
        if (record == 0)
            return state_.findings_of_all();
        auto const& reading = state_.made.records[state_.kept.readings[record - 1]];
        return state_.findings_of(reading, reading.line);
    });
    for (auto& each : ways.changes)
        if (each.record != 0)
            each.record = state_.made.records[state_.kept.readings[each.record - 1]].number;
    if (not_in_base_ > 0)
        ways.unknown.push_back(state_.made.predicted->unknown.back());
}

} // namespace dsplan::review
