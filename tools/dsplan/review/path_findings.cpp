#include <ldif/distinguished_name.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/paths/change_words.hpp>
#include <tools/dsplan/review/path_findings.hpp>
#include <tools/dsplan/review/rule_table.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

namespace dsplan::review {
namespace {

using paths::changed_path;

std::string evidence_of(paths::path_step const& step, std::size_t number, bool is_closed) {
    auto text = fmt::format("step {}: {}", number, paths::text_of(step));
    if (step.ace && !step.ace->sddl.empty())
        text += fmt::format(", {}, {}", step.ace->sddl, step.ace->origin);
    if (!step.condition.empty())
        text += ", " + step.condition;
    return step.is_new ? text + (is_closed ? " (gone)" : " (new)") : text;
}

std::string length_text(changed_path const& each) {
    auto const length = each.path.length();
    if (paths::is_new_member(each))
        return {};
    if (length == 0)
        return ", by membership alone";
    return fmt::format("{} {}", each.what == paths::path_change::closes ? ", which took" : ", in",
                       counted(length, "step", "steps"));
}

std::string text_of_change(changed_path const& each) {
    auto const text = paths::sentence_of(each, "tier 0") + length_text(each);
    return each.remaining.empty() ? text : text + "; another remains: " + each.remaining;
}

void add_way(changed_path const& each, std::size_t index, finding_list const& findings) {
    std::vector<evidence> seen;
    for (auto const& step : each.path.steps)
        seen.push_back(
            {step.to.dn, {}, evidence_of(step, seen.size() + 1, each.what == paths::path_change::closes)});
    auto const known = findings.found.size();
    findings.add(rule_name::of(paths::rule_of(each)), text_of_change(each), std::move(seen));
    if (findings.found.size() > known)
        findings.found.back().way = index;
}

std::string normal_name(std::string_view dn) {
    return ldif::normalize(dn).value_or(std::string(dn));
}

} // namespace

bool wants_paths(std::function<bool(rule const&)> const& is_wanted) {
    return !is_wanted || std::any_of(rule_table.begin(), rule_table.end(), [&](rule const& each) {
        return is_about_paths(each) && is_wanted(each);
    });
}

void find_in_paths(paths::path_report const& report, list_of_record const& list_of) {
    for (std::size_t index = 0; index < report.changes.size(); ++index)
        add_way(report.changes[index], index, list_of(report.changes[index].record));
}

void drop_members_told_twice(std::vector<finding>& findings, paths::path_report const& report) {
    std::set<std::pair<std::size_t, std::string>> told; // record and member
    for (auto const& each : findings)
        if (each.way && each.broken->name == "tier0-member") {
            auto const& changed = report.changes[*each.way];
            auto const step = changed.new_step == 0 ? 0 : changed.new_step - 1;
            told.emplace(each.record, normal_name(changed.path.steps[step].from.dn));
        }
    std::erase_if(findings, [&told](finding const& each) {
        return each.broken->name == "privileged-member" &&
               std::all_of(each.seen.begin(), each.seen.end(), [&](evidence const& of) {
                   return told.contains({each.record, normal_name(of.value)});
               });
    });
}

} // namespace dsplan::review
