#include <sddl/self_relative.hpp>
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/render/effect.hpp>
#include <tools/dsplan/render/plan_text.hpp>
#include <tools/dsplan/words/applies_to.hpp>
#include <tools/dsplan/words/rights.hpp>
#include <tools/dsplan/words/shown_ace.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <string_view>

namespace dsplan::render {
namespace {

enum class ink { green, yellow, red, dim };

class text_renderer {
public:
    explicit text_renderer(text_options const& options) : options_(options) {}

    std::string render(plan::plan const& drawn) {
        legend(drawn);
        findings(drawn);
        for (plan::domain_changes const& changes : drawn.domains)
            domain(changes, drawn.domains.size() > 1);
        if (drawn.predicted)
            effect(drawn);
        if (drawn.stopped)
            line("Stopped: no change is planned, see the findings. No directory was contacted.");
        else if (!drawn.has_changes())
            line(fmt::format("No changes. {} No directory was contacted.", reason_for_no_changes(drawn)));
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

    static bool widens_access(plan::domain_changes const& changes) {
        return std::any_of(changes.permissions.begin(), changes.permissions.end(),
                           [](auto const& change) { return !change.grants.front().denies; });
    }

    // Only the signs that occur.
    void legend(plan::plan const& drawn) {
        std::vector<std::string> signs;
        if (drawn.has_changes())
            signs.push_back(paint(ink::green, "+") + " add");
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

    void findings(plan::plan const& drawn) {
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
        for (plan::member_addition const& member : changes.members) {
            line(fmt::format("  ~ {}", printable(member.group_dn)));
            line(fmt::format("    {} member  {}", paint(ink::green, "+"), printable(member.member_dn)));
        }
        line("");
    }

    void permission(plan::domain_changes const& changes, plan::permission_change const& change) {
        line(fmt::format("  ~ {}", printable(change.dn)));
        for (plan::grant const& grant : change.grants) {
            auto const position = grant.position ? fmt::format("{} ", *grant.position + 1) : std::string{};
            auto const ace = grant.ace();
            line(fit(fmt::format("    {} {}{}  {}   {}   {}   ", paint(ink::green, "+"), position,
                                 grant.denies ? "deny" : paint(ink::yellow, "!") + "  allow",
                                 printable(grant.trustee_name), what_is_granted(grant), applies_to(grant)),
                     ace ? words::shown_ace(*ace, changes.sids) : "(the SID is not known yet)"));
        }
        auto const unchanged = unchanged_aces(change);
        if (options_.all)
            for (sddl::ace const& ace : unchanged)
                line(paint(ink::dim, fmt::format("      {}", words::shown_ace(ace, changes.sids))));
        else if (!unchanged.empty())
            line(paint(ink::dim, fmt::format("      # {} unchanged {} hidden; --all shows them",
                                             with_thousands(unchanged.size()),
                                             unchanged.size() == 1 ? "ACE" : "ACEs")));
    }

    void effect(plan::plan const& drawn) {
        line(fmt::format("Effect  {}", printable(effect_sentence(drawn))));
        for (std::string const& headline : drawn.headlines)
            line(fmt::format("Tier 0  {}.", printable(headline)));
        effect_style const style{
            .sids = drawn.sids(), .names_at_most = options_.all ? SIZE_MAX : 3, .shows_all = options_.all};
        line(effect_lines(*drawn.predicted, style, "  "));
    }

    [[nodiscard]] static std::vector<sddl::ace> unchanged_aces(plan::permission_change const& change) {
        auto const before = sddl::read_self_relative(std::as_bytes(std::span(change.before)));
        return before && before->dacl ? before->dacl->aces : std::vector<sddl::ace>{};
    }

    // The raw text comes last, so that it is what a narrow terminal cuts.
    [[nodiscard]] std::string fit(std::string line, std::string const& raw) const {
        if (options_.width != 0 && line.size() + raw.size() > options_.width) {
            std::size_t const room = options_.width > line.size() ? options_.width - line.size() : 0;
            return room < 12 ? line : fmt::format("{}{}…", line, raw.substr(0, room - 1));
        }
        return line + raw;
    }

    [[nodiscard]] static std::string reason_for_no_changes(plan::plan const& drawn) {
        auto const* const group = find(drawn, "connector-member");
        auto const* const covered = find(drawn, "grant-covered");
        std::string reason;
        if (covered != nullptr)
            reason += printable(covered->text) + ". ";
        if (group != nullptr)
            reason += printable(group->text) + ".";
        return reason;
    }

    [[nodiscard]] static plan::finding const* find(plan::plan const& drawn, std::string_view rule) {
        auto const found =
            std::find_if(drawn.findings.begin(), drawn.findings.end(),
                         [&](plan::finding const& candidate) { return candidate.rule == rule; });
        return found == drawn.findings.end() ? nullptr : &*found;
    }

    text_options const& options_;
    std::string text_;
};

} // namespace

std::string plan_text(plan::plan const& drawn, text_options const& options) {
    return text_renderer(options).render(drawn);
}

std::string what_is_granted(plan::grant const& grant) {
    return words::describe(grant.mask, grant.property_guid, directory::schema::built_in()).text;
}

std::string applies_to(plan::grant const& grant) {
    return words::application_text(grant.flags, grant.inherited_class_guid, directory::schema::built_in());
}

namespace {

// Whether anything changes but the connector's right on the attribute of users.
bool has_other_effects(plan::plan const& drawn) {
    auto const& changes = drawn.predicted->changes;
    return std::any_of(changes.begin(), changes.end(), [&](effect::account_change const& change) {
        bool const is_other = change.accounts.size() != 1 || change.accounts.front() != drawn.reach->account;
        return is_other || std::any_of(change.rights.begin(), change.rights.end(), [&](auto const& row) {
                   bool const is_user = row.object_class == "user" || row.object_class == "inetOrgPerson";
                   return !row.gained || !is_user || !row.right.ends_with(" " + drawn.words.attribute);
               });
    });
}

} // namespace

std::string effect_sentence(plan::plan const& drawn) {
    effect::reach const& measured = *drawn.reach;
    auto const unknown = static_cast<std::size_t>(
        std::count_if(measured.not_reached.begin(), measured.not_reached.end(),
                      [](auto const& missed) { return missed.why == effect::obstacle::unknown; }));
    auto const missed = measured.not_reached.size() - unknown;
    std::string sentence = measured.account;
    if (measured.gained == 0 && measured.already == 0 && unknown != 0)
        sentence += fmt::format(" gains write of {}: on how many users is not known", drawn.words.attribute);
    else if (measured.gained != 0 || measured.already == 0)
        sentence += fmt::format(" gains write of {} on {}", drawn.words.attribute,
                                counted(measured.gained, "user", "users"));
    if (measured.already != 0)
        sentence += fmt::format("{} on {}",
                                measured.gained != 0 ? std::string(", and has it already")
                                                     : " has write of " + drawn.words.attribute + " already",
                                counted(measured.already, "user", "users"));
    if (unknown != 0)
        sentence +=
            fmt::format("{}{} of {} {} no descriptor in the export)",
                        measured.gained + measured.already == 0 ? " (" : ", on others it is not known (",
                        with_thousands(unknown), counted(measured.objects, "user", "users"),
                        unknown == 1 ? "has" : "have");
    if (missed != 0)
        sentence +=
            fmt::format("; {} not reached, see the findings", counted(missed, "user is", "users are"));
    if (has_other_effects(drawn))
        return sentence + "; and there is more, below.";
    return sentence + (drawn.predicted->unknown.empty() && unknown == 0
                           ? "; nobody else gains or loses anything."
                           : "; as far as is known, nobody else gains or loses anything.");
}

std::string summary_sentence(plan::plan const& drawn) {
    std::size_t objects = 0;
    std::size_t groups = 0;
    std::size_t aces = 0;
    std::size_t members = 0;
    for (plan::domain_changes const& changes : drawn.domains) {
        objects += changes.permissions.size() + changes.members.size();
        groups += changes.group ? 1U : 0U;
        members += changes.members.size();
        for (plan::permission_change const& change : changes.permissions)
            aces += change.grants.size();
    }
    std::vector<std::string> parts;
    if (aces != 0)
        parts.push_back(counted(aces, "ACE", "ACEs"));
    if (members != 0)
        parts.push_back(counted(members, "member", "members"));
    return fmt::format("{}{} to change; {} to add.",
                       groups != 0 ? counted(groups, "group", "groups") + " to create; " : "",
                       counted(objects, "object", "objects"), fmt::join(parts, " and "));
}

} // namespace dsplan::render
