#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/json_document.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/render/diff.hpp>
#include <tools/dsplan/render/effect.hpp>
#include <tools/dsplan/render/identity_json.hpp>
#include <tools/dsplan/render/markdown.hpp>
#include <tools/dsplan/render/review_json.hpp>
#include <tools/dsplan/render/text_lines.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

namespace dsplan::render {
namespace {

using json = nlohmann::ordered_json;

// "=" the same access, "+" more, "-" less, "~" else.
std::string_view sign_of(diff::claim_kind kind) {
    switch (kind) {
    case diff::claim_kind::same:
    case diff::claim_kind::same_access:
        return "=";
    case diff::claim_kind::wider:
        return "+";
    case diff::claim_kind::narrower:
        return "-";
    case diff::claim_kind::not_judged:
        return "?";
    default:
        return "~";
    }
}

// A member that is no object has its SID for a name.
std::string const& name_of_member(directory::identity const& member) {
    return member.dn.empty() ? member.sid : member.dn;
}

// One line that sums up.
std::string summary_of(diff::diff const& shown) {
    if (!shown.is_of_exports)
        return shown.differs() ? "The descriptors differ." : "No difference.";
    auto text = fmt::format(
        "{} with other descriptors, {} only before, {} only after, {} with the same. Other "
        "attributes: dsplan ldif diff.",
        counted(shown.objects.size(), "object", "objects"), with_thousands(shown.only_before.size()),
        with_thousands(shown.only_after.size()), with_thousands(shown.equal));
    for (auto const& reason : shown.not_known)
        text += fmt::format(" Not known: {}.", reason);
    return text;
}

class text_writer : text_lines {
public:
    explicit text_writer(diff::diff const& shown) : shown_(shown) {}

    std::string write() && {
        line("before  {}\nafter   {}\n", printable(shown_.before), printable(shown_.after));
        for (auto const& name : shown_.only_before)
            line("- {}", printable(name));
        for (auto const& name : shown_.only_after)
            line("+ {}", printable(name));
        for (auto const& object : shown_.objects)
            add(object);
        for (auto const& group : shown_.memberships)
            add(group);
        if (!shown_.accounts.empty())
            line("Who may do more or less, with all memberships\n{}",
                 account_lines(shown_.accounts, {}, "  "));
        line("{}", printable(summary_of(shown_)));
        return std::move(text_);
    }

private:
    void add(diff::membership_difference const& group) {
        line("~ members of {}", printable(group.group.dn));
        for (auto const& member : group.added)
            line("  + {}", printable(name_of_member(member)));
        for (auto const& member : group.removed)
            line("  - {}", printable(name_of_member(member)));
        line("");
    }

    void add(diff::object_diff const& object) {
        if (!object.dn.empty())
            line("~ {}", printable(object.dn));
        if (!object.obstacle.empty())
            line("  ? {}", printable(object.obstacle));
        for (auto const& claim : object.descriptor.claims)
            line("  {} {}", sign_of(claim.kind), printable(claim.text));
        add("DACL", object.descriptor.aces.dacl);
        add("SACL", object.descriptor.aces.sacl);
        line("");
    }

    void add(std::string_view name, words::list_reading const& list) {
        if (list.aces.empty())
            return;
        line("  {}", name);
        for (auto const& ace : list.aces) {
            auto const was = ace.was ? fmt::format(" (was {})", *ace.was) : std::string();
            line("    {} {}{}  {}  {}  {}  {}  {}", render::sign_of(ace.what), ace.position, was,
                 ace.words.effect, printable(ace.words.who), printable(ace.words.may),
                 printable(ace.words.applies_to), printable(ace.words.raw));
            if (!ace.changed_from.empty())
                line("        was {}", printable(ace.changed_from));
        }
        if (list.unchanged > 0)
            line("    # {} hidden", counted(list.unchanged, "unchanged ACE", "unchanged ACEs"));
    }

    diff::diff const& shown_;
};

class markdown_writer : text_lines {
public:
    explicit markdown_writer(diff::diff const& shown) : shown_(shown) {}

    std::string write() && {
        line("# Difference\n\n- before: {}\n- after: {}\n", markdown_code(shown_.before),
             markdown_code(shown_.after));
        line("{}\n", markdown_text(summary_of(shown_)));
        add("Only before", shown_.only_before);
        add("Only after", shown_.only_after);
        for (auto const& object : shown_.objects)
            add(object);
        for (auto const& group : shown_.memberships)
            add(group);
        add(shown_.accounts);
        while (text_.ends_with("\n\n"))
            text_.pop_back();
        return std::move(text_);
    }

private:
    void add(std::string_view title, std::vector<std::string> const& objects) {
        if (objects.empty())
            return;
        line("## {}\n", title);
        for (auto const& name : objects)
            line("- {}", markdown_code(name));
        line("");
    }

    void add(diff::membership_difference const& group) {
        line("## Members of {}\n", markdown_code(group.group.dn));
        for (auto const& member : group.added)
            line("- added: {}", markdown_code(name_of_member(member)));
        for (auto const& member : group.removed)
            line("- removed: {}", markdown_code(name_of_member(member)));
        line("");
    }

    void add(std::vector<effect::account_change> const& accounts) {
        if (accounts.empty())
            return;
        line("## Who may do more or less, with all memberships\n");
        line("| who | change | right | objects |\n| --- | --- | --- | --- |");
        for (auto const& change : accounts)
            for (auto const& row : change.rights)
                line("| {} | {} | {} | {} {}: {} |",
                     markdown_text(fmt::format("{}", fmt::join(change.accounts, ", "))),
                     row.gained ? "gains" : "loses", markdown_text(row.right), with_thousands(row.objects),
                     markdown_text(row.object_class),
                     markdown_text(fmt::format("{}{}", fmt::join(row.first, "; "),
                                               row.objects > row.first.size() ? "; …" : "")));
        line("");
    }

    void add(diff::object_diff const& object) {
        if (!object.dn.empty())
            line("## {}\n", markdown_code(object.dn));
        if (!object.obstacle.empty())
            line("- {}", markdown_text(object.obstacle));
        for (auto const& claim : object.descriptor.claims)
            line("- **{}**: {}", diff::name_of(claim.kind), markdown_text(claim.text));
        line("");
        add("DACL", object.descriptor.aces.dacl);
        add("SACL", object.descriptor.aces.sacl);
    }

    void add(std::string_view name, words::list_reading const& list) {
        if (list.aces.empty())
            return;
        line("### {}, {} not shown\n", name, counted(list.unchanged, "unchanged ACE", "unchanged ACEs"));
        line("| change | place | effect | who | may | applies to | SDDL |");
        line("| --- | --- | --- | --- | --- | --- | --- |");
        for (auto const& ace : list.aces)
            line("| {} | {}{} | {} | {} | {} | {} | {}{} |", word_of(ace.what), ace.position,
                 ace.was ? fmt::format(" (was {})", *ace.was) : std::string(), ace.words.effect,
                 markdown_text(ace.words.who), markdown_text(ace.words.may),
                 markdown_text(ace.words.applies_to), markdown_cell(ace.words.raw),
                 ace.changed_from.empty() ? std::string() : " was " + markdown_cell(ace.changed_from));
        line("");
    }

    diff::diff const& shown_;
};

json object_json(diff::object_diff const& object) {
    auto claims = json::array();
    for (auto const& claim : object.descriptor.claims)
        claims.push_back({{"kind", diff::name_of(claim.kind)}, {"text", claim.text}});
    auto made = reading_json(object.descriptor.aces);
    return {{"dn", object.dn},
            {"obstacle", object.obstacle},
            {"claims", std::move(claims)},
            {"lists", std::move(made["lists"])}};
}

void add_members(json& to, std::string const& key, std::vector<directory::identity> const& members) {
    auto& names = to[key] = json::array();
    auto& identities = to[key + "_identities"] = json::array();
    for (auto const& member : members) {
        names.push_back(name_of_member(member));
        identities.push_back(identity_json(member));
    }
}

json membership_json(diff::membership_difference const& group) {
    json made{{"group", group.group.dn}, {"group_sid", text_or_null_json(group.group.sid)}};
    add_members(made, "added", group.added);
    add_members(made, "removed", group.removed);
    return made;
}

json to_json(diff::diff const& shown) {
    auto objects = json::array();
    for (auto const& object : shown.objects)
        objects.push_back(object_json(object));
    auto memberships = json::array();
    for (auto const& group : shown.memberships)
        memberships.push_back(membership_json(group));
    return {{"before", shown.before},
            {"after", shown.after},
            {"differs", shown.differs()},
            {"summary", summary_of(shown)},
            {"only_before", shown.only_before},
            {"only_after", shown.only_after},
            {"objects", std::move(objects)},
            {"equal", shown.equal},
            {"memberships", std::move(memberships)},
            {"changes", accounts_json(shown.accounts)},
            {"not_known", shown.not_known}};
}

} // namespace

std::string diff_text(diff::diff const& shown) {
    return text_writer(shown).write();
}

std::string diff_markdown(diff::diff const& shown) {
    return markdown_writer(shown).write();
}

std::string diff_json(diff::diff const& shown) {
    return json_document("diff", to_json(shown)).dump(2, ' ', true, json::error_handler_t::replace) + "\n";
}

std::string diff_summary(diff::diff const& shown) {
    return summary_of(shown);
}

nlohmann::ordered_json diff_values(diff::diff const& shown) {
    return to_json(shown);
}

} // namespace dsplan::render
