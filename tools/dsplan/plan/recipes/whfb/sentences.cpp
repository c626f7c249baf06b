#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/plan/recipes/whfb/sentences.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace dsplan::plan::whfb {
namespace {

// Whether anything changes but the connector's right on the attribute of users.
bool has_other_effects(plan const& drawn, std::string_view attribute) {
    auto const& changes = drawn.predicted->changes;
    return std::any_of(changes.begin(), changes.end(), [&](effect::account_change const& change) {
        bool const is_other = change.accounts.size() != 1 || change.accounts.front() != drawn.reach->account;
        return is_other || std::any_of(change.rights.begin(), change.rights.end(), [&](auto const& row) {
                   bool const is_user = row.object_class == "user" || row.object_class == "inetOrgPerson";
                   return !row.gained || !is_user || !row.right.ends_with(fmt::format(" {}", attribute));
               });
    });
}

finding const* find(plan const& drawn, std::string_view rule) {
    auto const found = std::find_if(drawn.findings.begin(), drawn.findings.end(),
                                    [&](finding const& candidate) { return candidate.rule == rule; });
    return found == drawn.findings.end() ? nullptr : &*found;
}

} // namespace

std::string effect_sentence(plan const& drawn, std::string_view attribute) {
    effect::reach const& measured = *drawn.reach;
    auto const unknown = static_cast<std::size_t>(
        std::count_if(measured.not_reached.begin(), measured.not_reached.end(),
                      [](auto const& missed) { return missed.why == effect::obstacle::unknown; }));
    auto const missed = measured.not_reached.size() - unknown;
    std::string sentence = measured.account;
    if (measured.gained == 0 && measured.already == 0 && unknown != 0)
        sentence += fmt::format(" gains write of {}: on how many users is not known", attribute);
    else if (measured.gained != 0 || measured.already == 0)
        sentence +=
            fmt::format(" gains write of {} on {}", attribute, counted(measured.gained, "user", "users"));
    if (measured.already != 0)
        sentence += fmt::format("{} on {}",
                                measured.gained != 0 ? std::string(", and has it already")
                                                     : fmt::format(" has write of {} already", attribute),
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
    if (has_other_effects(drawn, attribute))
        return sentence + "; and there is more, below.";
    return sentence + (drawn.predicted->unknown.empty() && unknown == 0
                           ? "; nobody else gains or loses anything."
                           : "; as far as is known, nobody else gains or loses anything.");
}

std::string reason_for_no_changes(plan const& drawn) {
    auto const* const covered = find(drawn, "grant-covered");
    auto const* const member = find(drawn, "connector-member");
    std::string reason;
    if (covered != nullptr)
        reason += covered->text + ". ";
    if (member != nullptr)
        reason += member->text + ".";
    return reason;
}

} // namespace dsplan::plan::whfb
