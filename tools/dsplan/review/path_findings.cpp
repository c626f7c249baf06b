#include <tools/dsplan/paths/change_words.hpp>
#include <tools/dsplan/paths/path_advice.hpp>
#include <tools/dsplan/review/path_findings.hpp>
#include <tools/dsplan/review/rule_table.hpp>

#include <fmt/format.h>

#include <algorithm>
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
    if (findings.found.size() == known)
        return;
    findings.found.back().way = index;
    findings.found.back().advice = paths::advice_about(each);
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

} // namespace dsplan::review
