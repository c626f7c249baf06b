#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/paths/change_words.hpp>

#include <fmt/format.h>

#include <array>
#include <map>

namespace dsplan::paths {
namespace {

struct change_row {
    std::string_view rule;
    std::string_view one; ///< what one account gets; {} is where the way leads
    std::string_view several;
    std::string_view counted_as;
};
// By path_change.
constexpr std::array change_rows{
    change_row{"control-path-opens", "gets a way to {} that it did not have",
               "get a way to {} that they did not have", "opens"},
    change_row{"control-path-for-an-hour",
               "gets a way to {} until AdminSDHolder's task runs, for up to an hour",
               "get a way to {} until AdminSDHolder's task runs, for up to an hour", "for an hour"},
    change_row{"control-path-opens", "gets a way to {} within the hour, when AdminSDHolder's task runs",
               "get a way to {} within the hour, when AdminSDHolder's task runs", "within the hour"},
    change_row{"control-path-conditional", "gets a way to {} that depends on a condition",
               "get a way to {} that depends on a condition", "on a condition"},
    change_row{"control-path-shortens", "gets a shorter way to {}", "get a shorter way to {}", "shortens"},
    change_row{"control-path-closes", "loses its way to {}", "lose their way to {}", "closes"},
};

change_row const& row_of(path_change what) {
    return change_rows[static_cast<std::size_t>(what)];
}

// ", in 2 steps"
std::string length_text(changed_path const& changed) {
    auto const length = changed.path.length();
    if (is_new_member(changed))
        return {};
    if (length == 0)
        return ", by membership alone";
    return fmt::format("{} {}", changed.what == path_change::closes ? ", which took" : ", in",
                       counted(length, "step", "steps"));
}

// ", through IT and Server Ops"
std::string groups_between(control_path const& path) {
    std::string made;
    for (std::size_t index = 0; index + 1 < path.steps.size(); ++index)
        made += (made.empty() ? ", through " : " and ") + path.steps[index].to.name;
    return made;
}

} // namespace

std::string_view rule_of(changed_path const& changed) {
    return changed.is_tier_zero_member && changed.what == path_change::opens ? "tier0-member"
                                                                             : row_of(changed.what).rule;
}

bool is_new_member(changed_path const& changed) {
    return changed.is_tier_zero_member && changed.what == path_change::opens && changed.path.length() == 0;
}

std::string sentence_of(changed_path const& changed, std::string_view target) {
    auto const& sources = changed.path.sources;
    auto const& row = row_of(changed.what);
    bool const is_one = sources.accounts <= 1 || sources.everybody;
    if (is_new_member(changed))
        return fmt::format("{} {} of {}{}", text_of(sources), is_one ? "becomes a member" : "become members",
                           changed.path.steps.back().to.name, groups_between(changed.path));
    return fmt::format("{} {}", text_of(sources),
                       fmt::format(fmt::runtime(is_one ? row.one : row.several), target));
}

std::string whole_sentence_of(changed_path const& changed, std::string_view target) {
    auto const text = sentence_of(changed, target) + length_text(changed);
    return changed.remaining.empty() ? text : text + "; another remains: " + changed.remaining;
}

std::string evidence_of(changed_path const& changed, std::size_t step) {
    auto const& shown = changed.path.steps[step];
    auto text = text_of(shown);
    if (shown.ace && !shown.ace->sddl.empty())
        text += fmt::format(", {}, {}", shown.ace->sddl, shown.ace->origin);
    if (!shown.condition.empty())
        text += ", " + shown.condition;
    if (!shown.is_new)
        return text;
    return text + (changed.what == path_change::closes ? " (gone)" : " (new)");
}

std::string counts_text(path_report const& report) {
    std::map<path_change, std::size_t> ways;
    std::size_t gaining = 0;
    for (auto const& each : report.changes) {
        ++ways[each.what];
        gaining += each.what == path_change::opens ? each.path.sources.accounts : 0U;
    }
    std::string made;
    for (auto const& [what, count] : ways) {
        made += fmt::format("{}{} {}", made.empty() ? "" : ", ", row_of(what).counted_as, count);
        if (what == path_change::opens && gaining > 0)
            made += fmt::format(" ({})", counted(gaining, "account", "accounts"));
    }
    return made;
}

std::string text_of(path_step const& step) {
    return fmt::format("{} {} {}", step.from.name, row_of(step.kind).may, step.to.name);
}

} // namespace dsplan::paths
