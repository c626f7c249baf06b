#include <sddl/self_relative.hpp>
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/plan/obstacle_to_dsacls.hpp>
#include <tools/dsplan/plan/part_changes.hpp>
#include <tools/dsplan/render/effect.hpp>
#include <tools/dsplan/render/plan_text.hpp>
#include <tools/dsplan/words/applies_to.hpp>
#include <tools/dsplan/words/rights.hpp>
#include <tools/dsplan/words/shown_ace.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <set>
#include <string_view>

namespace dsplan::render {
namespace {

enum class ink { green, yellow, red, dim };

class text_renderer {
public:
    explicit text_renderer(text_options const& options) : options_(options) {}

    std::string render(plan::plan const& drawn) {
        legend(drawn);
        wishes(drawn);
        findings(drawn);
        for (plan::domain_changes const& changes : drawn.domains)
            domain(changes, drawn.domains.size() > 1);
        if (drawn.predicted)
            effect(drawn);
        if (drawn.stopped)
            line("Stopped: no change is planned, see the findings. No directory was contacted.");
        else if (!drawn.has_changes())
            line(fmt::format("No changes. {} No directory was contacted.",
                             printable(drawn.words.why_nothing)));
        else
            line(fmt::format("Plan: {} No directory was contacted.", summary_sentence(drawn)));
        return std::move(text_);
    }

private:
    [[nodiscard]] std::string paint(ink color, std::string_view text) const {
        constexpr std::array<std::string_view, 4> codes{"32", "33", "31", "2"};
        return options_.color ? fmt::format("\x1b[{}m{}\x1b[0m", codes[static_cast<std::size_t>(color)], text)
                              : std::string(text);
    }

    void line(std::string_view text) {
        text_ += text;
        text_ += '\n';
    }

    static bool is_new(plan::grant const& grant) { return !grant.is_left_over && !grant.is_copy; }

    static bool replaces_a_part(plan::domain_changes const& changes) {
        return std::any_of(changes.permissions.begin(), changes.permissions.end(), [](auto const& change) {
            return std::any_of(change.parts.begin(), change.parts.end(),
                               [](auto const& part) { return !part.before.empty() && !part.after.empty(); });
        });
    }

    static bool widens_access(plan::domain_changes const& changes) {
        return std::any_of(changes.permissions.begin(), changes.permissions.end(), [](auto const& change) {
            return std::any_of(change.grants.begin(), change.grants.end(),
                               [](auto const& grant) { return !grant.denies && is_new(grant); });
        });
    }

    static bool adds_anything(plan::domain_changes const& changes) {
        auto const adds = [](auto const& list) {
            return std::any_of(list.begin(), list.end(), [](auto const& each) { return !each.removes; });
        };
        return changes.group || adds(changes.members) ||
               std::any_of(changes.permissions.begin(), changes.permissions.end(), [](auto const& change) {
                   return std::any_of(change.grants.begin(), change.grants.end(), is_new) ||
                          std::any_of(change.parts.begin(), change.parts.end(),
                                      [](auto const& part) { return part.before.empty(); });
               });
    }

    static bool leaves_something_over(plan::domain_changes const& changes) {
        return std::any_of(changes.permissions.begin(), changes.permissions.end(), [](auto const& change) {
            return std::any_of(change.grants.begin(), change.grants.end(),
                               [](auto const& grant) { return grant.is_left_over; });
        });
    }

    static bool removes_anything(plan::domain_changes const& changes) {
        return std::any_of(changes.permissions.begin(), changes.permissions.end(),
                           [](auto const& change) {
                               return !change.removed.empty() ||
                                      std::any_of(change.parts.begin(), change.parts.end(),
                                                  [](auto const& part) { return part.after.empty(); });
                           }) ||
               std::any_of(changes.members.begin(), changes.members.end(),
                           [](auto const& member) { return member.removes; });
    }

    // Only the signs that occur.
    void legend(plan::plan const& drawn) {
        std::vector<std::string> signs;
        if (std::any_of(drawn.domains.begin(), drawn.domains.end(), adds_anything))
            signs.push_back(paint(ink::green, "+") + " add");
        if (std::any_of(drawn.domains.begin(), drawn.domains.end(), removes_anything))
            signs.push_back(paint(ink::red, "-") + " remove");
        if (std::any_of(drawn.domains.begin(), drawn.domains.end(), replaces_a_part))
            signs.push_back(paint(ink::yellow, "~") + " change");
        if (std::any_of(drawn.domains.begin(), drawn.domains.end(), leaves_something_over))
            signs.push_back(paint(ink::green, "<") + " left of what is removed");
        if (std::any_of(drawn.domains.begin(), drawn.domains.end(), widens_access))
            signs.push_back(paint(ink::yellow, "!") + " widens access");
        signs.push_back(paint(ink::green, "✓") + " checked");
        for (auto const& [level, sign, color, meaning] : legend_rows)
            if (std::any_of(drawn.findings.begin(), drawn.findings.end(),
                            [level = level](plan::finding const& found) { return found.level == level; }))
                signs.push_back(fmt::format("{} {}", paint(color, sign), meaning));
        line(fmt::format("  {}", fmt::join(signs, "   ")));
        line("");
    }

    struct legend_row {
        plan::severity level;
        std::string_view sign;
        ink color;
        std::string_view meaning;
    };
    static constexpr std::array<legend_row, 4> legend_rows{{
        {plan::severity::note, "·", ink::dim, "worth knowing"},
        {plan::severity::unknown, "?", ink::yellow, "the export does not say"},
        {plan::severity::warning, "✗", ink::yellow, "look at this"},
        {plan::severity::stop, "■", ink::red, "stops the plan"},
    }};

    [[nodiscard]] std::string sign_of(plan::severity level) const {
        for (legend_row const& row : legend_rows)
            if (row.level == level)
                return paint(row.color, row.sign);
        return paint(ink::green, "✓");
    }

    void wishes(plan::plan const& drawn) {
        if (drawn.words.wishes.empty())
            return;
        line("Asked for");
        for (auto const& wish : drawn.words.wishes)
            line("  " + printable(wish));
        line("");
    }

    void findings(plan::plan const& drawn) {
        if (drawn.findings.empty())
            return;
        line("Findings");
        for (plan::finding const& found : drawn.findings) {
            line(fmt::format("  {} {}", sign_of(found.level), printable(found.text)));
            std::size_t const shown =
                options_.all ? found.seen.size() : std::min<std::size_t>(found.seen.size(), 3);
            for (std::size_t index = 0; index < shown; ++index)
                line(paint(ink::dim, evidence_line(found.seen[index])));
            if (shown < found.seen.size())
                line(fmt::format("      … and {} more; --all shows them",
                                 with_thousands(found.seen.size() - shown)));
            if (!found.advice.empty())
                line(fmt::format("    → {}", printable(found.advice)));
        }
        line("");
    }

    [[nodiscard]] static std::string evidence_line(evidence const& seen) {
        auto const value = seen.value.empty() ? std::string{} : ": " + printable(seen.value);
        return fmt::format("      {}  {}{}", printable(seen.dn), seen.attribute, value);
    }

    void domain(plan::domain_changes const& changes, bool named) {
        if (named)
            line(fmt::format("Domain {}", printable(changes.dns_name)));
        if (changes.group) {
            line(fmt::format("  {} {}", paint(ink::green, "+"), printable(changes.group->dn)));
            line("    global security group");
        }
        for (plan::permission_change const& change : changes.permissions)
            permission(changes, change);
        members(changes);
        line("");
    }

    void members(plan::domain_changes const& changes) {
        std::string_view group;
        for (plan::member_addition const& member : changes.members) {
            if (member.group_dn != group)
                line(fmt::format("  ~ {}", printable(member.group_dn)));
            group = member.group_dn;
            line(fmt::format("    {} member  {}",
                             member.removes ? paint(ink::red, "-") : paint(ink::green, "+"),
                             printable(member.member_dn)));
        }
    }

    void permission(plan::domain_changes const& changes, plan::permission_change const& change) {
        line(fmt::format("  ~ {}", printable(change.dn)));
        for (plan::removed_ace const& each : change.removed)
            removed(each, changes.sids);
        for (plan::part_change const& each : change.parts)
            part(each);
        copies(change);
        for (plan::grant const& grant : change.grants) {
            if (grant.is_copy && !options_.all)
                continue;
            auto const position = grant.position ? fmt::format("{} ", *grant.position + 1) : std::string{};
            auto const ace = grant.ace();
            line(fit(fmt::format("    {} {}{}  {}   {}   {}   ", paint(ink::green, sign_of_origin(grant)),
                                 position, sign_of(grant), printable(grant.trustee_name),
                                 what_is_granted(grant), applies_to(grant)),
                     ace ? words::shown_ace(*ace, changes.sids) : "(the SID is not known yet)"));
        }
        if (auto const why = plan::obstacle_to_dsacls(change); !why.empty())
            line(paint(ink::dim, fmt::format("      # by LDIF alone: {}", printable(why))));
        auto const unchanged = unchanged_aces(change);
        if (options_.all)
            for (sddl::ace const& ace : unchanged)
                line(paint(ink::dim, fmt::format("      {}", words::shown_ace(ace, changes.sids))));
        else if (!unchanged.empty())
            line(paint(ink::dim, fmt::format("      # {} unchanged {} hidden; --all shows them",
                                             with_thousands(unchanged.size()),
                                             unchanged.size() == 1 ? "ACE" : "ACEs")));
    }

    void part(plan::part_change const& each) {
        if (each.before.empty() || each.after.empty())
            line(fmt::format("    {} {}  {}",
                             each.before.empty() ? paint(ink::green, "+") : paint(ink::red, "-"), each.part,
                             printable(each.before + each.after)));
        else
            line(fmt::format("    {} {}  {} → {}", paint(ink::yellow, "~"), each.part, printable(each.before),
                             printable(each.after)));
    }

    // What was inherited says nothing new, so that its number is enough.
    void copies(plan::permission_change const& change) {
        auto const count = std::count_if(change.grants.begin(), change.grants.end(),
                                         [](auto const& grant) { return grant.is_copy; });
        if (count != 0 && !options_.all)
            line(fmt::format(
                "    = {} the object's own; --all shows {}",
                counted(static_cast<std::size_t>(count), "inherited ACE becomes", "inherited ACEs become"),
                count == 1 ? "it" : "them"));
    }

    [[nodiscard]] static std::string_view sign_of_origin(plan::grant const& grant) {
        if (grant.is_copy)
            return "=";
        return grant.is_left_over ? "<" : "+";
    }

    [[nodiscard]] std::string sign_of(plan::grant const& grant) const {
        if (grant.denies)
            return "deny";
        return is_new(grant) ? paint(ink::yellow, "!") + "  allow" : "allow";
    }

    // "read, write msDS-KeyCredentialLink"
    [[nodiscard]] std::string what_is_granted(plan::grant const& grant) const {
        return words::describe(grant.mask, grant.property_guid, *options_.known).text;
    }

    // "descendant user objects"
    [[nodiscard]] std::string applies_to(plan::grant const& grant) const {
        return words::application_text(grant.flags, grant.inherited_class_guid, *options_.known);
    }

    void removed(plan::removed_ace const& each, sddl::domain_sids const& sids) {
        auto const& ace = each.value;
        auto const& known = *options_.known;
        line(fit(fmt::format("    {} {} {}  {}   {}   {}   ", paint(ink::red, "-"), each.position + 1,
                             sddl::is_deny(ace.type) ? "deny" : "allow", printable(each.trustee_name),
                             words::describe(ace.mask, ace.object_type, known).text,
                             words::application_text(ace.flags, ace.inherited_object_type, known)),
                 words::shown_ace(ace, sids)));
    }

    void effect(plan::plan const& drawn) {
        line(drawn.words.effect.empty() ? "Effect"
                                        : fmt::format("Effect  {}", printable(drawn.words.effect)));
        for (std::string const& headline : drawn.headlines)
            line(fmt::format("Tier 0  {}.", printable(headline)));
        effect_style const style{
            .sids = drawn.sids(), .names_at_most = options_.all ? SIZE_MAX : 3, .shows_all = options_.all};
        line(effect_lines(*drawn.predicted, style, "  "));
    }

    [[nodiscard]] static std::vector<sddl::ace> unchanged_aces(plan::permission_change const& change) {
        auto const before = sddl::read_self_relative(std::as_bytes(std::span(change.before)));
        auto kept = before && before->dacl ? before->dacl->aces : std::vector<sddl::ace>{};
        for (plan::removed_ace const& each : change.removed)
            if (auto const gone = std::find(kept.begin(), kept.end(), each.value); gone != kept.end())
                kept.erase(gone);
        auto const after = sddl::read_self_relative(std::as_bytes(std::span(change.after)));
        if (after && after->dacl) // without the inherited ones that leave the list
            std::erase_if(kept, [&list = after->dacl->aces](sddl::ace const& each) {
                return std::find(list.begin(), list.end(), each) == list.end();
            });
        return kept;
    }

    // The raw text comes last, so that it is what a narrow terminal cuts.
    [[nodiscard]] std::string fit(std::string line, std::string const& raw) const {
        if (options_.width != 0 && line.size() + raw.size() > options_.width) {
            std::size_t const room = options_.width > line.size() ? options_.width - line.size() : 0;
            return room < 12 ? line : fmt::format("{}{}…", line, raw.substr(0, room - 1));
        }
        return line + raw;
    }

    text_options const& options_;
    std::string text_;
};

} // namespace

std::string plan_text(plan::plan const& drawn, text_options const& options) {
    return text_renderer(options).render(drawn);
}

namespace {

struct change_counts {
    std::size_t groups = 0;
    std::set<std::string_view> objects;
    std::size_t aces_added = 0;
    std::size_t aces_removed = 0;
    std::size_t aces_narrowed = 0;
    std::size_t aces_copied = 0;
    std::size_t owners = 0;
    std::size_t blocked = 0;
    std::size_t allowed = 0;
    std::size_t reordered = 0;
    std::array<std::size_t, 2> audit_aces{}; ///< removed, added
    std::size_t members_added = 0;
    std::size_t members_removed = 0;
};

void count(change_counts& counts, plan::part_change const& part) {
    using namespace plan::part_names;
    if (part.part == owner)
        ++counts.owners;
    else if (part.part == inheritance || part.part == audit_inheritance)
        ++(part.after == "on" ? counts.allowed : counts.blocked);
    else if (part.part == order)
        ++counts.reordered;
    else if (part.part == audit_ace)
        ++counts.audit_aces[part.after.empty() ? 0 : 1];
}

void count(change_counts& counts, plan::permission_change const& change) {
    counts.objects.insert(change.dn);
    auto const left_over = static_cast<std::size_t>(std::count_if(
        change.grants.begin(), change.grants.end(), [](auto const& grant) { return grant.is_left_over; }));
    // Several ACEs may be left of one.
    auto const narrowed = std::min(left_over, change.removed.size());
    auto const copied = static_cast<std::size_t>(std::count_if(
        change.grants.begin(), change.grants.end(), [](auto const& grant) { return grant.is_copy; }));
    counts.aces_copied += copied;
    counts.aces_added += change.grants.size() - left_over - copied;
    counts.aces_narrowed += narrowed;
    counts.aces_removed += change.removed.size() - narrowed;
    for (plan::part_change const& each : change.parts)
        count(counts, each);
}

void count(change_counts& counts, plan::member_addition const& member) {
    counts.objects.insert(member.group_dn);
    ++(member.removes ? counts.members_removed : counts.members_added);
}

void append_count(std::string& text, std::size_t count, std::string_view one, std::string_view several) {
    if (count != 0)
        text += "; " + counted(count, one, several);
}

std::string counted_parts(change_counts const& counts) {
    std::string text;
    append_count(text, counts.owners, "owner to change", "owners to change");
    append_count(text, counts.blocked, "object to inherit no longer", "objects to inherit no longer");
    append_count(text, counts.aces_copied, "inherited ACE to keep as the object's own",
                 "inherited ACEs to keep as the objects' own");
    append_count(text, counts.allowed, "object to inherit again", "objects to inherit again");
    append_count(text, counts.reordered, "list to reorder", "lists to reorder");
    append_count(text, counts.audit_aces[1], "auditing ACE to add", "auditing ACEs to add");
    append_count(text, counts.audit_aces[0], "auditing ACE to remove", "auditing ACEs to remove");
    return text;
}

std::string counted_things(std::size_t aces, std::size_t members, std::string_view what) {
    std::vector<std::string> parts;
    if (aces != 0)
        parts.push_back(counted(aces, "ACE", "ACEs"));
    if (members != 0)
        parts.push_back(counted(members, "member", "members"));
    return parts.empty() ? std::string() : fmt::format("; {} to {}", fmt::join(parts, " and "), what);
}

} // namespace

std::string summary_sentence(plan::plan const& drawn) {
    change_counts counts;
    for (plan::domain_changes const& changes : drawn.domains) {
        counts.groups += changes.group ? 1U : 0U;
        for (plan::permission_change const& change : changes.permissions)
            count(counts, change);
        for (plan::member_addition const& member : changes.members)
            count(counts, member);
    }
    return fmt::format("{}{} to change{}{}{}{}.",
                       counts.groups != 0 ? counted(counts.groups, "group", "groups") + " to create; " : "",
                       counted(counts.objects.size(), "object", "objects"),
                       counted_things(counts.aces_added, counts.members_added, "add"),
                       counted_things(counts.aces_removed, counts.members_removed, "remove"),
                       counted_things(counts.aces_narrowed, 0, "narrow"), counted_parts(counts));
}

} // namespace dsplan::render
