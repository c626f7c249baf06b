#include <sddl/write.hpp>
#include <tools/dsplan/console.hpp>
#include <tools/dsplan/number_text.hpp>
#include <tools/dsplan/render/effect.hpp>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <iterator>
#include <vector>

namespace dsplan::render {
namespace {

std::string list_text(std::vector<std::string> const& names, std::size_t at_most,
                      std::string_view separator) {
    std::string text;
    auto const shown = std::min(names.size(), at_most);
    for (std::size_t index = 0; index < shown; ++index) {
        text += index == 0 ? "" : separator;
        text += printable(names[index]);
    }
    if (names.size() > shown)
        text += fmt::format("{}and {} more", separator, with_thousands(names.size() - shown));
    return text;
}

void append_summary(std::string& text, effect::effect const& shown) {
    auto const& done = shown.summary;
    std::vector<std::string> parts;
    auto const add = [&](std::size_t number, std::string_view what) {
        if (number > 0)
            parts.push_back(fmt::format("{} {}", with_thousands(number), what));
    };
    add(done.descriptors, "descriptors written");
    add(done.members_added, "members added");
    add(done.members_removed, "members removed");
    add(done.added, "objects added");
    add(done.deleted, "objects deleted");
    add(done.moved, "objects moved");
    text += fmt::format("Change: {} records{}{}. The descriptors of {} objects become other ones.\n",
                        with_thousands(done.records), parts.empty() ? "" : ": ", fmt::join(parts, ", "),
                        with_thousands(shown.descriptors_changed));
}

void append_changes(std::string& text, effect::effect const& shown, effect_style const& style) {
    text += "\nEffect\n";
    for (auto const& change : shown.changes) {
        text += "  " + list_text(change.accounts, style.names_at_most, ", ") + '\n';
        for (auto const& row : change.rights)
            text += fmt::format(
                "    {} {}  on {} {} objects: {}\n", row.gained ? '+' : '-', printable(row.right),
                with_thousands(row.objects), printable(row.object_class),
                list_text(row.first, row.first.size(), "; ") + (row.objects > row.first.size() ? "; …" : ""));
    }
    text += shown.changes.empty() ? "  Nobody gains or loses anything.\n"
                                  : "  Nobody else gains or loses anything.\n";
}

void append_scope(std::string& text, effect::scope_of_ace const& scope, effect_style const& style) {
    text += fmt::format("\n  {} {} on {}: makes a difference on {} objects\n", scope.added ? '+' : '-',
                        sddl::write_ace(scope.value, style.sids), printable(scope.on),
                        with_thousands(scope.changed));
    for (auto const& row : scope.unchanged) {
        text += fmt::format("      {} {}: {}{}\n", with_thousands(row.objects),
                            row.object_class.empty() ? "objects" : printable(row.object_class),
                            reason_text(row.why), row.because.empty() ? "" : " at " + printable(row.because));
        if (!row.dns.empty())
            text += "          " + list_text(row.dns, style.names_at_most, "\n          ") + '\n';
    }
}

nlohmann::ordered_json scope_json(effect::scope_of_ace const& scope, effect_style const& style) {
    nlohmann::ordered_json made{{"change", scope.added ? "added" : "removed"},
                                {"ace", sddl::write_ace(scope.value, style.sids)},
                                {"on", scope.on},
                                {"objects_changed", scope.changed}};
    auto& unchanged = made["unchanged"] = nlohmann::ordered_json::array();
    for (auto const& row : scope.unchanged)
        unchanged.push_back({{"reason", reason_text(row.why)},
                             {"at", row.because},
                             {"class", row.object_class},
                             {"objects", row.objects},
                             {"dns", row.dns}});
    return made;
}

} // namespace

std::string_view reason_text(effect::unchanged_reason why) {
    switch (why) {
    case effect::unchanged_reason::protected_account:
        return "protected account";
    case effect::unchanged_reason::blocked_inheritance:
        return "blocked inheritance";
    case effect::unchanged_reason::denied:
        return "denied by another ACE";
    case effect::unchanged_reason::had_it:
        return "another ACE says the same";
    case effect::unchanged_reason::class_mismatch:
        return "another class";
    case effect::unchanged_reason::one_level:
        return "deeper than one level";
    case effect::unchanged_reason::unknown:
        break;
    }
    return "not known";
}

std::string effect_text(effect::effect const& shown, effect_style const& style) {
    std::string text;
    append_summary(text, shown);
    append_changes(text, shown, style);
    if (!shown.scopes.empty())
        text += "\nReach\n";
    for (auto const& scope : shown.scopes)
        append_scope(text, scope, style);
    if (shown.newly_protected > 0)
        text += fmt::format(
            "\n{} accounts become protected: AdminSDHolder's descriptor replaces theirs within the hour.\n",
            with_thousands(shown.newly_protected));
    if (shown.settled_first > 0)
        text += fmt::format(
            "\n{} protected accounts do not have AdminSDHolder's descriptor in the export; they are "
            "taken as if they had.\n",
            with_thousands(shown.settled_first));
    for (auto const* const reasons : {&shown.unknown, &shown.summary.not_followed}) {
        for (auto const& reason : *reasons)
            text += "Not known: " + printable(reason) + '\n';
    }
    return text;
}

nlohmann::ordered_json effect_json(effect::effect const& shown, effect_style const& style) {
    auto const& done = shown.summary;
    nlohmann::ordered_json made{{"records", done.records},
                                {"descriptors_written", done.descriptors},
                                {"descriptors_changed", shown.descriptors_changed},
                                {"members_added", done.members_added},
                                {"members_removed", done.members_removed},
                                {"objects_added", done.added},
                                {"objects_deleted", done.deleted},
                                {"objects_moved", done.moved},
                                {"newly_protected", shown.newly_protected},
                                {"settled_first", shown.settled_first}};
    auto& changes = made["changes"] = nlohmann::ordered_json::array();
    for (auto const& change : shown.changes) {
        nlohmann::ordered_json rights = nlohmann::ordered_json::array();
        for (auto const& row : change.rights)
            rights.push_back({{"change", row.gained ? "gains" : "loses"},
                              {"right", row.right},
                              {"class", row.object_class},
                              {"objects", row.objects},
                              {"first", row.first}});
        changes.push_back({{"accounts", change.accounts}, {"rights", std::move(rights)}});
    }
    auto& scopes = made["scopes"] = nlohmann::ordered_json::array();
    for (auto const& scope : shown.scopes)
        scopes.push_back(scope_json(scope, style));
    auto unknown = shown.unknown;
    unknown.insert(unknown.end(), done.not_followed.begin(), done.not_followed.end());
    made["unknown"] = unknown;
    return made;
}

} // namespace dsplan::render
