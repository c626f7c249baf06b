#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/render/effect.hpp>
#include <tools/dsplan/render/identity_json.hpp>
#include <tools/dsplan/render/text_lines.hpp>
#include <tools/dsplan/words/explanation.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <vector>

namespace dsplan::render {
namespace {

std::string list_text(std::span<std::string const> names, std::size_t at_most, std::string_view separator) {
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

std::string scope_ace(effect::scope_of_ace const& scope, sddl::domain_sids const& sids) {
    return words::ace_text(scope.value, sids, scope.planned_trustee);
}

// How many rows of each change are shown: every gain before the first loss, a line for the accounts included.
std::vector<std::size_t> rows_that_fit(std::vector<effect::folded_change> const& changes,
                                       std::size_t at_most) {
    std::vector<std::size_t> made(changes.size());
    std::size_t lines = 0;
    for (bool const gained : {true, false})
        for (std::size_t index = 0; index < changes.size(); ++index) {
            auto const& rights = changes[index].rights;
            auto& shown = made[index];
            for (; shown < rights.size() && rights[shown].row.gained == gained; ++shown) {
                lines += shown == 0 ? 2 : 1;
                if (lines > at_most)
                    return made;
            }
        }
    return made;
}

class line_writer : text_lines {
public:
    line_writer(effect_style const& style, std::string_view indent)
        : text_lines(nullptr, indent)
        , style_(style)
        , indent_(indent) {}

    std::string write(std::span<effect::account_change const> changes) && {
        every_change(changes);
        return std::move(text_);
    }

    std::string write(effect::effect const& shown) && {
        if (style_.shows_all)
            every_change(effect::worst_first(shown));
        else
            folded_changes(shown);
        line("{}", nobody_sentence(shown));
        for (auto const& scope : shown.scopes)
            reach(scope);
        remarks(shown);
        return std::move(text_);
    }

private:
    void every_change(std::span<effect::account_change const> changes) {
        for (auto const& change : changes) {
            line("{}", list_text(change.accounts, style_.names_at_most, ", "));
            for (auto const& row : change.rights)
                right(row,
                      fmt::format(
                          "{}: {}{}",
                          counted(row.objects, row.object_class + " object", row.object_class + " objects"),
                          fmt::join(row.first, "; "), row.objects > row.first.size() ? "; …" : ""));
        }
    }

    void folded_changes(effect::effect const& shown) {
        auto const changes = effect::folded(shown);
        auto const fitting = rows_that_fit(changes, style_.lines_at_most);
        std::size_t left_out = 0;
        for (std::size_t index = 0; index < changes.size(); ++index) {
            auto const& [accounts, rights] = changes[index];
            left_out += rights.size() - fitting[index];
            if (fitting[index] > 0)
                line("{}", list_text(accounts, style_.names_at_most, ", "));
            for (std::size_t row = 0; row < fitting[index]; ++row)
                right(rights[row].row, folded_objects_text(rights[row]));
        }
        if (left_out > 0)
            line("… {} hidden; --all shows them", counted(left_out, "gain or loss", "gains and losses"));
    }

    void right(effect::right_change const& row, std::string const& objects) {
        line("  {} {}  on {}{}", row.gained ? '+' : '-', printable(row.right), printable(objects),
             effect::time_text(row.when));
    }

    void reach(effect::scope_of_ace const& scope) {
        line("{} {} on {}: makes a difference on {}", scope.added ? '+' : '-',
             printable(scope_ace(scope, style_.sids)), printable(scope.on),
             counted(scope.changed, "object", "objects"));
        for (auto const& each : unreached_by(scope)) {
            line("    not on {}", printable(each.text));
            if (!each.dns.empty())
                line("      {}",
                     list_text(each.dns, style_.names_at_most, fmt::format("\n{}      ", indent_)));
        }
    }

    void remarks(effect::effect const& shown) {
        for (auto const& remark : effect_remarks(shown))
            line("{}", remark);
        for (auto const* const reasons : {&shown.unknown, &shown.summary.not_followed}) {
            for (auto const& reason : *reasons)
                line("Not known: {}", printable(reason));
        }
    }

    effect_style const& style_;
    std::string_view indent_;
};

std::string refused_text(effect::effect const& shown) {
    std::string text;
    for (auto const& record : shown.summary.refused) {
        text += fmt::format("Refused: record {} (line {}), {}\n  {}\n", with_thousands(record.number),
                            with_thousands(record.line), printable(record.dn), printable(record.reason));
        if (!record.hint.empty())
            text += fmt::format("  {}\n", printable(record.hint));
    }
    return text;
}

nlohmann::ordered_json scope_json(effect::scope_of_ace const& scope, effect_style const& style) {
    nlohmann::ordered_json made{{"change", scope.added ? "added" : "removed"},
                                {"ace", scope_ace(scope, style.sids)},
                                {"on", scope.on},
                                {"objects_changed", scope.changed}};
    auto& unchanged = made["unchanged"] = nlohmann::ordered_json::array();
    for (auto const& row : scope.unchanged)
        unchanged.push_back({{"reason", effect::reason_text(row.why)},
                             {"at", row.because},
                             {"class", row.object_class},
                             {"objects", row.objects},
                             {"dns", row.dns}});
    return made;
}

} // namespace

std::string nobody_sentence(effect::effect const& shown) {
    return fmt::format("{}obody {}gains or loses anything.",
                       shown.is_all_known() ? "N" : "As far as is known, n",
                       shown.changes.empty() ? "" : "else ");
}

std::string effect_summary(effect::effect const& shown) {
    auto const& done = shown.summary;
    std::vector<std::string> parts;
    auto const add = [&](std::size_t number, std::string_view one, std::string_view many,
                         std::string_view what) {
        if (number > 0)
            parts.push_back(fmt::format("{} {}", counted(number, one, many), what));
    };
    add(done.descriptors, "descriptor", "descriptors", "written");
    add(done.members_added, "member", "members", "added");
    add(done.members_removed, "member", "members", "removed");
    add(done.added, "object", "objects", "added");
    add(done.deleted, "object", "objects", "deleted");
    add(done.moved, "object", "objects", "moved");
    return fmt::format("Change: {}{}{}. {}.", counted(done.records, "record", "records"),
                       parts.empty() ? "" : ": ", fmt::join(parts, ", "),
                       counted(shown.descriptors_changed, "descriptor changes", "descriptors change"));
}

std::string folded_objects_text(effect::folded_right const& shown) {
    auto const& row = shown.row;
    std::string classes;
    for (auto const& [name, objects] : shown.classes)
        classes += fmt::format("{}{} {}", classes.empty() ? "" : ", ", with_thousands(objects), name);
    auto const objects =
        shown.classes.size() == 1
            ? counted(row.objects, row.object_class + " object", row.object_class + " objects")
            : fmt::format("{} ({})", counted(row.objects, "object", "objects"), classes);
    return fmt::format("{}: {}{}", objects, fmt::join(row.first, "; "),
                       row.objects > row.first.size() ? "; …" : "");
}

std::string effect_headline(effect::effect const& shown) {
    auto const changes = effect::folded(shown);
    if (changes.empty())
        return nobody_sentence(shown);
    auto const& worst = changes.front();
    auto const& row = worst.rights.front().row;
    auto const who = worst.accounts.size() == 1
                         ? worst.accounts.front()
                         : fmt::format("{} and {} more", worst.accounts.front(), worst.accounts.size() - 1);
    auto const on = row.objects == 1 && !row.first.empty()
                        ? row.first.front()
                        : fmt::format("{}{}", counted(row.objects, "object", "objects"),
                                      row.first.empty() ? "" : ", " + row.first.front() + " among them");
    return fmt::format("{} {} {} on {}{}.", who,
                       worst.accounts.size() == 1 ? (row.gained ? "gains" : "loses")
                                                  : (row.gained ? "gain" : "lose"),
                       row.right, on, effect::time_text(row.when));
}

std::vector<std::string> effect_remarks(effect::effect const& shown) {
    std::vector<std::string> made;
    if (shown.newly_protected > 0)
        made.push_back(
            fmt::format("{} protected: AdminSDHolder's descriptor replaces theirs within the hour.",
                        counted(shown.newly_protected, "account becomes", "accounts become")));
    if (shown.settled_first > 0)
        made.push_back(fmt::format(
            "{} not have AdminSDHolder's descriptor in the export; taken as if the hourly task had run.",
            counted(shown.settled_first, "protected account does", "protected accounts do")));
    if (shown.inherited_first > 0)
        made.push_back(fmt::format("{} other inherited ACEs in the export than the containers above give; "
                                   "taken as if these had been passed on.",
                                   counted(shown.inherited_first, "object has", "objects have")));
    return made;
}

std::string effect_text(effect::effect const& shown, effect_style const& style) {
    return effect_summary(shown) + "\n" + refused_text(shown) + "\nEffect\n" +
           effect_lines(shown, style, "  ");
}

std::string effect_lines(effect::effect const& shown, effect_style const& style, std::string_view indent) {
    return line_writer(style, indent).write(shown);
}

std::vector<unreached_objects> unreached_by(effect::scope_of_ace const& scope) {
    std::vector<unreached_objects> made;
    std::string other_classes;
    for (auto const& row : scope.unchanged) {
        auto const objects = fmt::format("{} {}", with_thousands(row.objects),
                                         row.object_class.empty() ? "of no known class" : row.object_class);
        if (row.why == effect::unchanged_reason::class_mismatch)
            other_classes += (other_classes.empty() ? "" : ", ") + objects;
        else
            made.push_back({fmt::format("{}: {}{}", objects, effect::reason_text(row.why),
                                        row.because.empty() ? "" : " at " + row.because),
                            row.dns});
    }
    if (!other_classes.empty())
        made.push_back({fmt::format("{}: {}", other_classes,
                                    effect::reason_text(effect::unchanged_reason::class_mismatch)),
                        {}});
    return made;
}

nlohmann::ordered_json right_json(effect::right_change const& row) {
    nlohmann::ordered_json made{{"change", row.gained ? "gains" : "loses"},
                                {"right", row.right},
                                {"class", row.object_class},
                                {"objects", row.objects},
                                {"first", row.first}};
    if (row.when != effect::right_time::lasting)
        made["when"] = row.when == effect::right_time::until_task ? "until AdminSDHolder's task runs"
                                                                  : "once AdminSDHolder's task has run";
    return made;
}

std::string account_lines(std::span<effect::account_change const> changes, effect_style const& style,
                          std::string_view indent) {
    return line_writer(style, indent).write(changes);
}

nlohmann::ordered_json accounts_json(std::span<effect::account_change const> changes) {
    auto made = nlohmann::ordered_json::array();
    for (auto const& change : changes) {
        auto rights = nlohmann::ordered_json::array();
        for (auto const& row : change.rights)
            rights.push_back(right_json(row));
        made.push_back({{"accounts", change.accounts},
                        {"identities", identities_json(change.identities)},
                        {"rights", std::move(rights)}});
    }
    return made;
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
    if (shown.inherited_first > 0)
        made["inherited_first"] = shown.inherited_first;
    made["changes"] = accounts_json(shown.changes);
    auto& scopes = made["scopes"] = nlohmann::ordered_json::array();
    for (auto const& scope : shown.scopes)
        scopes.push_back(scope_json(scope, style));
    auto unknown = shown.unknown;
    unknown.insert(unknown.end(), done.not_followed.begin(), done.not_followed.end());
    made["unknown"] = unknown;
    for (auto const& record : done.refused)
        made["refused"].push_back({{"record", record.number},
                                   {"line", record.line},
                                   {"dn", record.dn},
                                   {"reason", record.reason},
                                   {"hint", record.hint}});
    return made;
}

} // namespace dsplan::render
