#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/paths/change_words.hpp>
#include <tools/dsplan/paths/path_advice.hpp>
#include <tools/dsplan/plan/ways_to_tier_zero.hpp>

#include <fmt/format.h>

namespace dsplan::plan {
namespace {

using paths::path_change;

// A condition is what the export does not say; a way less, or a shorter one, is nothing to do about.
severity level_of(path_change what) {
    switch (what) {
    case path_change::conditional:
        return severity::unknown;
    case path_change::shortens:
    case path_change::closes:
        return severity::note;
    default:
        return severity::warning;
    }
}

finding finding_of(paths::changed_path const& way) {
    std::vector<evidence> seen;
    for (std::size_t step = 0; step < way.path.steps.size(); ++step)
        seen.push_back(
            {way.path.steps[step].to.dn, fmt::format("step {}", step + 1), paths::evidence_of(way, step)});
    return {std::string(paths::rule_of(way)), level_of(way.what), paths::whole_sentence_of(way, "tier 0"),
            std::move(seen), paths::advice_about(way)};
}

} // namespace

void tell_ways(plan& drawn, std::function<bool(paths::changed_path const&)> const& is_told) {
    if (!drawn.ways)
        return;
    constexpr std::size_t at_most = 5;
    std::size_t told = 0;
    std::size_t left_out = 0;
    for (auto const& way : drawn.ways->changes) {
        if (is_told(way))
            continue;
        if (++told > at_most) {
            ++left_out;
            continue;
        }
        drawn.findings.push_back(finding_of(way));
        if (level_of(way.what) == severity::warning)
            drawn.headlines.push_back(paths::whole_sentence_of(way, "tier 0"));
    }
    if (left_out > 0)
        drawn.findings.push_back(
            {"control-paths",
             severity::note,
             fmt::format("the plan changes {} to tier 0", counted(left_out, "more way", "more ways")),
             {},
             "the review of the plan lists them"});
}

} // namespace dsplan::plan
