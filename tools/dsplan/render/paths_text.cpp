#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/paths/change_words.hpp>
#include <tools/dsplan/paths/path_advice.hpp>
#include <tools/dsplan/render/paths_text.hpp>
#include <tools/dsplan/review/rule_table.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace dsplan::render {
namespace {

constexpr std::string_view never_in_an_export =
    "policy files, logon sessions, local administrators, registries of authorities";

// A note about ways is good news.
std::string_view sign_of(review::severity level) {
    switch (level) {
    case review::severity::danger:
        return "✗";
    case review::severity::warning:
        return "!";
    case review::severity::note:
        break;
    }
    return "✓";
}

std::string added_text(paths::path_report const& report) {
    std::vector<std::string_view> names;
    for (auto const& end : report.tier_zero_added)
        names.push_back(end.name);
    return fmt::format("New in tier 0: {}", fmt::join(names, ", "));
}

std::string ace_text(paths::path_step const& step, bool is_closed) {
    if (!step.ace)
        return {};
    auto const& ace = *step.ace;
    std::string_view const mark = !step.is_new ? "" : is_closed ? ", gone" : ", new";
    if (ace.sddl.empty())
        return ace.origin == "owner" ? std::string(mark) : fmt::format("  {}{}", printable(ace.origin), mark);
    return fmt::format("  {}, {}{}", printable(ace.sddl), printable(ace.origin), mark);
}

std::size_t width_of(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char each) { return (each & 0xC0) != 0x80; }));
}

std::string padded(std::string text, std::size_t width) {
    auto const is = width_of(text);
    return is < width ? text + std::string(width - is, ' ') : text;
}

std::string trimmed(std::string line) {
    line.erase(line.find_last_not_of(" \n") + 1);
    return line;
}

// "2 steps", "a membership"
std::string length_text(paths::control_path const& path) {
    auto const length = path.length();
    return length == 0 ? "by membership alone" : "in " + counted(length, "step", "steps");
}

std::string not_known_text(paths::path_report const& report) {
    std::string made = "\n";
    for (auto const& each : not_known_lines(report))
        made += printable(each) + "\n";
    return made;
}

std::string target_text(paths::path_report const& report, paths_style const& style) {
    if (style.target != "tier 0")
        return printable(style.target);
    return fmt::format("tier 0 ({})", counted(report.tier_zero, "object", "objects"));
}

std::string refused_candidates(paths::path_report const& report) {
    return report.refused == 0 ? std::string()
                               : fmt::format(" {} refused: what they take is denied or not theirs.",
                                             counted(report.refused, "candidate was", "candidates were"));
}

std::string none_text(paths::path_report const& report, paths_style const& style) {
    if (report.from_tier_zero)
        return fmt::format("{} is tier 0 itself: it needs no way.\n", printable(style.from));
    auto const from = style.from.empty() ? std::string() : fmt::format(" from {}", printable(style.from));
    if (!report.knows_tier_zero)
        return fmt::format("No way{} to {} was found; the export lacks permissions of tier 0.{}\n", from,
                           target_text(report, style), refused_candidates(report));
    return fmt::format("No way{} to {} is known.{}\n", from, target_text(report, style),
                       refused_candidates(report));
}

std::string more_text(std::size_t all, std::size_t shown) {
    return all > shown ? fmt::format("\n  {} more; --all shows them\n", with_thousands(all - shown)) : "";
}

std::string cuts_text(paths::control_path const& path, std::string_view indent) {
    auto const said = cuts_sentence(path);
    return said.empty() ? said : fmt::format("{}{}\n", indent, said);
}

// "(A;;WD;;;…) on DC=contoso,DC=com", "the membership of sync in Server Admins"
std::string removal_text(paths::path_step const& step) {
    if (step.ace && !step.ace->sddl.empty())
        return fmt::format("{} on {}", step.ace->put.empty() ? step.ace->sddl : step.ace->put,
                           step.ace->source);
    if (step.kind == paths::edge_kind::member)
        return fmt::format("the membership of {} in {}", step.from.name, step.to.name);
    return paths::text_of(step);
}

std::string text_of_cuts(paths::path_report const& report) {
    std::string made;
    for (auto const& line : cut_lines(report))
        made += printable(line) + "\n";
    return made.empty() ? made : "\n" + made;
}

std::string none_changed(paths::path_report const& report, paths_style const& style) {
    if (report.from_tier_zero)
        return fmt::format("{} is tier 0 itself after the change: it needs no way.\n", printable(style.from));
    return fmt::format(
        "The change opens no way to {} that {}, and closes none.\n", target_text(report, style),
        report.knows_tier_zero ? "is known" : "the export shows, which lacks permissions of tier 0");
}

std::string counts_line(paths::path_report const& report, paths_style const& style) {
    return fmt::format("Control paths: {}. To {}.", paths::counts_text(report), target_text(report, style));
}

std::string all_ways(paths::path_report const& report, paths_style const& style) {
    if (report.paths.empty())
        return none_text(report, style);
    auto made = fmt::format("Ways to {}\n", target_text(report, style));
    std::size_t shown = 0;
    for (auto const& path : report.paths) {
        if (shown == style.at_most)
            break;
        ++shown;
        bool const is_conditional = path.how == paths::strength::conditional;
        made += fmt::format("\n  {} {}: {}{}\n", is_conditional ? '!' : '*', printable(text_of(path.sources)),
                            length_text(path), is_conditional ? ", on a condition" : "");
        made += steps_text(path, "    ") + cuts_text(path, "      ");
    }
    return made + more_text(report.paths.size(), shown) + text_of_cuts(report);
}

std::string headline(paths::changed_path const& each, paths_style const& style) {
    auto const& rule = review::rule_name::of(paths::rule_of(each)).get();
    return fmt::format("  {} {}  {}: {}\n", sign_of(rule.level), review::name_of(rule.level), rule.name,
                       printable(paths::sentence_of(each, style.target)));
}

std::string sum_text(paths::changed_path const& each) {
    auto const steps = counted(each.path.length(), "step", "steps");
    if (each.what == paths::path_change::closes)
        return each.steps_before ? fmt::format("    = {}; after the import another way is left.\n", steps)
                                 : fmt::format("    = {}; after the import there is none.\n", steps);
    if (!each.steps_before)
        return fmt::format("    = {}; before the import there was no way.\n", steps);
    return fmt::format("    = {}; before the import {}.\n", steps, *each.steps_before);
}

std::string changed_way(paths::changed_path const& each, paths_style const& style) {
    auto made = headline(each, style);
    if (each.record != 0)
        made += fmt::format("      record {}, {}: {}{}\n", each.record, printable(each.place),
                            printable(each.changed_object),
                            each.changed_attribute.empty() ? "" : ", " + each.changed_attribute);
    made += steps_text(each.path, "      ", each.what == paths::path_change::closes);
    made += sum_text(each);
    if (!each.remaining.empty())
        made += fmt::format("      another remains: {}\n", printable(each.remaining));
    made += cuts_text(each.path, "      ");
    if (auto const reason = paths::reason_of(each); !reason.empty())
        made += fmt::format("      why: {}.\n", reason);
    if (auto const advice = paths::advice_about(each); !advice.empty())
        made += fmt::format("      to do: {}\n", printable(advice));
    return made;
}

std::string all_changes(paths::path_report const& report, paths_style const& style) {
    std::string made;
    if (report.changes.empty())
        made = none_changed(report, style);
    std::size_t shown = 0;
    for (auto const& each : report.changes) {
        if (shown == style.at_most)
            break;
        made += fmt::format("{}{}", shown == 0 ? "" : "\n", changed_way(each, style));
        ++shown;
    }
    made += more_text(report.changes.size(), shown);
    if (!report.changes.empty())
        made += "\n" + counts_line(report, style) + "\n";
    if (!report.tier_zero_added.empty())
        made += printable(added_text(report)) + "\n";
    return made;
}

} // namespace

std::string steps_text(paths::control_path const& path, std::string_view indent, bool is_closed) {
    std::size_t from = 0;
    std::size_t may = 0;
    std::size_t to = 0;
    for (auto const& step : path.steps) {
        from = std::max(from, width_of(printable(step.from.name)));
        may = std::max(may, width_of(paths::row_of(step.kind).may));
        to = std::max(to, width_of(printable(step.to.name)));
    }
    std::string made;
    std::size_t number = 0;
    for (auto const& step : path.steps) {
        auto line = fmt::format("{}{} {:>2}  {}  {}  {}{}", indent,
                                !step.is_new ? " "
                                : is_closed  ? "−"
                                             : "+",
                                ++number, padded(printable(step.from.name), from),
                                padded(std::string(paths::row_of(step.kind).may), may),
                                padded(printable(step.to.name), to), ace_text(step, is_closed));
        made += trimmed(std::move(line)) + "\n";
        if (!step.condition.empty())
            made += fmt::format("{}       {}\n", indent, step.condition);
        if (step.alternatives > 0)
            made += fmt::format("{}       or {} that would do as well\n", indent,
                                counted(step.alternatives, "other object", "other objects"));
    }
    return made;
}

std::vector<std::string> not_known_lines(paths::path_report const& report) {
    std::vector<std::string> made;
    for (auto const& each : report.unknown)
        made.push_back(fmt::format("Not known: {}.", each));
    made.push_back(fmt::format("Not known: {}: no LDIF holds them.", never_in_an_export));
    for (auto const& each : report.not_looked_for)
        made.push_back(fmt::format("Not looked for: {}.", each));
    for (auto const& each : report.unmatched)
        made.push_back(fmt::format("Names no single object of the export: {}", each));
    for (auto const& each : report.kept)
        made.push_back(fmt::format("Stays in tier 0, since it holds the domain: {}", each.name));
    if (report.is_cut_off)
        made.emplace_back(
            "Longer ways than those that were looked at may be there: --max-steps asks for them.");
    return made;
}

std::vector<std::string> paths_head(paths::path_report const& report, paths_style const& style) {
    std::vector<std::string> made;
    auto const all = report.changes.size() + report.paths.size();
    if (all == 0)
        made.push_back(trimmed(style.is_change ? none_changed(report, style) : none_text(report, style)));
    else if (style.is_change)
        made.push_back(counts_line(report, style));
    else
        made.push_back(fmt::format("{} to {}.", counted(all, "way", "ways"), target_text(report, style)));
    if (!report.tier_zero_added.empty())
        made.push_back(added_text(report));
    if (all > style.at_most)
        made.push_back(fmt::format("{} more; --all shows them.", with_thousands(all - style.at_most)));
    return made;
}

std::vector<std::string> cut_lines(paths::path_report const& report) {
    std::vector<std::string> made;
    for (auto const& each : report.choke_points)
        made.push_back(fmt::format("Choke point: without {} {} of {} {} a way.", removal_text(each.step),
                                   with_thousands(each.remaining), with_thousands(each.of),
                                   each.of == 1 ? "keeps" : "keep"));
    if (!report.cut)
        return made;
    if (!report.cut->is_possible)
        made.emplace_back(
            "No cut closes all of these ways: one consists of what no ACE or membership gives.");
    else if (!report.cut->is_proved)
        made.emplace_back(
            "The fewest steps that close all of these ways were not found: there are too many.");
    else
        made.push_back(fmt::format("The smallest cut closes all of these ways with {}:",
                                   counted(report.cut->steps.size(), "removal", "removals")));
    for (auto const& step : report.cut->steps) {
        auto const command = paths::command_against(step);
        made.push_back(fmt::format("  {}{}{}", removal_text(step), command.empty() ? "" : ": ", command));
    }
    return made;
}

std::string cuts_sentence(paths::control_path const& path) {
    if (path.cuts.empty())
        return {};
    auto const all = path.sources.objects.size();
    std::string made;
    for (auto const& cut : path.cuts)
        if (cut.remaining < all)
            made += fmt::format("{}step {} alone ({} of {} {} a way)", made.empty() ? "" : ", ", cut.step,
                                cut.remaining, all, all == 1 ? "keeps" : "keep");
    if (!made.empty())
        return fmt::format("cut: {}.", made);
    return fmt::format("cut: {} tried, and none closes it alone for anybody.",
                       path.cuts.size() == 1 ? "1 step was" : fmt::format("{} steps were", path.cuts.size()));
}

std::vector<std::string> paths_summary(paths::path_report const& report) {
    if (report.changes.empty())
        return {};
    std::vector<std::string> made{fmt::format("{}. Tier 0: {}.", paths::counts_text(report),
                                              counted(report.tier_zero, "object", "objects"))};
    if (!report.tier_zero_added.empty())
        made.push_back(added_text(report));
    auto unknown = report.unknown;
    unknown.emplace_back(never_in_an_export);
    made.push_back(fmt::format("Not known: {}.", fmt::join(unknown, "; ")));
    if (!report.not_looked_for.empty())
        made.push_back(fmt::format("Not looked for: {}.", fmt::join(report.not_looked_for, "; ")));
    return made;
}

std::string paths_text(paths::path_report const& report, paths_style const& style) {
    return (style.is_change ? all_changes(report, style) : all_ways(report, style)) + not_known_text(report);
}

} // namespace dsplan::render
