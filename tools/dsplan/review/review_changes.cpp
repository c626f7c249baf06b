#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/review/base_trial.hpp>
#include <tools/dsplan/review/change_reader.hpp>
#include <tools/dsplan/review/review_changes.hpp>
#include <tools/dsplan/review/review_state.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <utility>

namespace dsplan::review {
ldif::policies rules_for_changes() {
    auto rules = ldif::policies::ldifde();
    rules[ldif::policy::missing_changetype] = ldif::policy_action::warn;
    rules[ldif::policy::empty_file] = ldif::policy_action::accept; // what diff writes without a difference
    return rules;
}

result<review> review_changes(review_request const& request) {
    return with_temporary_files([&request]() -> result<review> {
        review_state state(request);
        change_reader reader(state);
        for (auto const& source : request.changes)
            if (auto done = reader.read(source); !done)
                return tl::unexpected(std::move(done).error());
        if (request.base != nullptr)
            if (auto tried = base_trial(state).run(); !tried)
                return tl::unexpected(std::move(tried).error());
        std::stable_sort(state.made.findings.begin(), state.made.findings.end(),
                         [](finding const& a, finding const& b) { return a.record < b.record; });
        return std::move(state.made);
    });
}

std::string count_text(review const& shown) {
    std::array<std::size_t, 3> counts{};
    for (auto const& each : shown.findings)
        ++counts[static_cast<std::size_t>(each.broken->level)];
    std::string text;
    for (auto const level : {severity::danger, severity::warning, severity::note}) {
        auto const count = counts[static_cast<std::size_t>(level)];
        if (count == 0)
            continue;
        text +=
            fmt::format("{}{} {}{}", text.empty() ? "" : ", ", count, name_of(level), count == 1 ? "" : "s");
    }
    bool const knows_ways = !shown.ways || shown.ways->knows_tier_zero;
    if (text.empty() && shown.unjudged.empty())
        return knows_ways ? "no findings" : "no rule fired; the base does not show all ways to tier 0";
    if (shown.unjudged.empty())
        return text;
    return fmt::format("{}; {} here {} no rule: {}", text.empty() ? "no rule fired" : text,
                       counted(shown.unjudged.size(), "attribute", "attributes"),
                       shown.unjudged.size() == 1 ? "has" : "have", fmt::join(shown.unjudged, ", "));
}

} // namespace dsplan::review
