#include <ldif/distinguished_name.hpp>
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

void add_way(changed_path const& each, std::size_t index, finding_list const& findings) {
    std::vector<evidence> seen;
    for (std::size_t step = 0; step < each.path.steps.size(); ++step)
        seen.push_back({each.path.steps[step].to.dn,
                        {},
                        fmt::format("step {}: {}", step + 1, paths::evidence_of(each, step))});
    auto const known = findings.found.size();
    findings.add(rule_name::of(paths::rule_of(each)), paths::whole_sentence_of(each, "tier 0"),
                 std::move(seen));
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
