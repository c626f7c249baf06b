#include <tools/dsplan/directory/group_scope.hpp>
#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/directory/schema.hpp>
#include <tools/dsplan/directory/token.hpp>
#include <tools/dsplan/effect/predict.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/paths/change_words.hpp>
#include <tools/dsplan/plan/change_records.hpp>
#include <tools/dsplan/plan/export_commands.hpp>
#include <tools/dsplan/plan/recipes/whfb/context.hpp>
#include <tools/dsplan/plan/recipes/whfb/key_credential_link.hpp>
#include <tools/dsplan/plan/ways_to_tier_zero.hpp>
#include <tools/dsplan/words/planned_trustee.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace dsplan::plan::whfb {
namespace {

using directory::entry;

// What the plan changes, by whichever of its files: the list of a descriptor that the LDIF cannot carry too.
std::vector<ldif::record> effective_records(context const& facts) {
    std::vector<ldif::record> made;
    for (domain_changes const& changes : facts.drawn.domains) {
        for (permission_change const& change : changes.permissions) {
            auto const edited = facts.octets_after.find(change.dn);
            if (edited != facts.octets_after.end())
                made.push_back(modify_record(change.dn, ldif::modification_operation::replace,
                                             "nTSecurityDescriptor", edited->second));
        }
        if (facts.group->object != nullptr)
            for (ldif::record& record : member_records(changes))
                made.push_back(std::move(record));
    }
    return made;
}

// A list that is not in the export can be changed by a command, but not be looked at.
void name_unseen_lists(context const& facts, effect::effect& predicted) {
    for (domain_changes const& changes : facts.drawn.domains)
        for (permission_change const& change : changes.permissions)
            if (!facts.octets_after.contains(change.dn))
                predicted.unknown.push_back(fmt::format(
                    "the list of {} is not in the export: what its new ACE does is not computed", change.dn));
}

// The connector stood in for a group that has no SID yet; in what is shown, the group's name does.
void name_new_group(context const& facts, effect::effect& predicted) {
    if (facts.group->object != nullptr)
        return;
    for (effect::scope_of_ace& scope : predicted.scopes)
        if (scope.value.trustee == *facts.connector->sid) {
            scope.value.trustee = words::nobody;
            scope.planned_trustee = facts.group->name;
        }
}

access::right_query key_credential_right() {
    auto const& known = directory::schema::built_in();
    return access::make_query(
        {words::describe(key_credential_link::rights, key_credential_link::property.attribute, known)},
        known);
}

// Users, and inetOrgPersons where they are concerned, below the domains planned for.
bool is_asked_about(context const& facts, entry const& object) {
    // The default ACEs apply to every class; a grant by hand only where it was asked for.
    bool const with_inet_org_persons = facts.request.include_inet_org_person || !facts.grants_by_hand();
    auto const name = object.structural_class();
    return (equal_ignoring_case(name, "user") ||
            (with_inet_org_persons && equal_ignoring_case(name, "inetOrgPerson"))) &&
           std::any_of(facts.concerned.begin(), facts.concerned.end(), [&](directory::domain const& domain) {
               return directory::is_at_or_below(object.key, domain.root->key);
           });
}

effect::reach measure(context const& facts, effect::projection const& change) {
    std::vector<entry const*> joined;
    if (facts.group->object != nullptr)
        joined.push_back(facts.group->object);
    auto const right = key_credential_right();
    auto const domain = facts.concerned.size() == 1
                            ? directory::domain_part(facts.concerned.front().root->key)
                            : std::string_view();
    sddl::security_token const before(
        directory::token_of(facts.exported, facts.members, {.account = *facts.connector, .domain = domain}));
    sddl::security_token const after(directory::token_of(
        facts.exported, facts.members, {.account = *facts.connector, .domain = domain, .also = joined}));
    auto measured = effect::measure_reach(change,
                                          {right, before, after,
                                           [&](access::object_index object) {
                                               return is_asked_about(facts, facts.exported.entries()[object]);
                                           }},
                                          facts.protected_ones);
    measured.account = directory::account_name(*facts.connector);
    return measured;
}

struct missed_text {
    effect::obstacle why;
    std::string_view rule;
    severity level;
    std::string_view one;
    std::string_view many;
    std::string_view advice;
};

constexpr std::array<missed_text, 5> missed_texts{{
    {effect::obstacle::protected_account, "protected-users", severity::warning,
     "is protected (AdminSDHolder) and will not inherit the permission",
     "are protected (AdminSDHolder) and will not inherit the permission",
     "their keys are not synchronized; that is right for administrators. --admin-sd-holder would reach them, "
     "at the price "
     "its finding names"},
    {effect::obstacle::blocked_inheritance, "inheritance-blocked", severity::warning,
     "does not inherit: its own list, or that of a container above it, blocks inheritance",
     "do not inherit: their own list, or that of a container above them, blocks inheritance",
     "switch inheritance on again there, or grant on the container itself"},
    {effect::obstacle::denied, "users-denied", severity::warning,
     "is kept out by a deny ACE on it or above it", "are kept out by deny ACEs on them or above them",
     "find out why the ACEs are there; dsplan removes none"},
    {effect::obstacle::not_granted, "users-without-grant", severity::warning,
     "gets the permission from no ACE", "get the permission from no ACE",
     "look at the findings about the permission itself"},
    {effect::obstacle::unknown, "users-unknown", severity::unknown,
     "cannot be judged: its descriptor, or that of a container above it, is not in the export",
     "cannot be judged: their descriptors, or those of containers above them, are not in the export",
     "export them with nTSecurityDescriptor, elevated: "},
}};

std::string_view evidence_name(effect::obstacle why) {
    switch (why) {
    case effect::obstacle::protected_account:
        return "protected through";
    case effect::obstacle::blocked_inheritance:
        return "inheritance blocked at";
    case effect::obstacle::denied:
        return "denied at";
    case effect::obstacle::not_granted:
        return "no ACE for it on the way";
    case effect::obstacle::unknown:
        return "no descriptor of";
    }
    return {};
}

void report_missed(context& facts, effect::reach const& measured, missed_text const& text) {
    std::vector<evidence> seen;
    for (effect::unreached const& missed : measured.not_reached)
        if (missed.why == text.why)
            seen.push_back({missed.dn, std::string(evidence_name(text.why)), missed.because});
    if (seen.empty())
        return;
    std::string advice(text.advice);
    if (text.why == effect::obstacle::unknown)
        advice += export_commands::accounts(facts.concerned.front().root->dn);
    facts.add({std::string(text.rule), text.level,
               fmt::format("{} of {} users {}", with_thousands(seen.size()), with_thousands(measured.objects),
                           seen.size() == 1 ? text.one : text.many),
               std::move(seen), std::move(advice)});
}

void report_inet_org_persons(context& facts) {
    if (facts.request.include_inet_org_person || !facts.grants_by_hand())
        return;
    std::vector<evidence> seen;
    for (entry const& object : facts.exported.entries())
        if (object.structural_class() == "inetOrgPerson" && facts.forest.domain_of(object) != nullptr)
            seen.push_back({std::string(object.dn), "objectClass", "inetOrgPerson"});
    if (seen.empty())
        return;
    facts.add(
        {"inet-org-person", severity::warning,
         fmt::format(
             "{} inetOrgPerson {} not covered: an ACE for descendant user objects does not apply to them",
             with_thousands(seen.size()), seen.size() == 1 ? "account is" : "accounts are"),
         std::move(seen), "--include inetOrgPerson plans a second ACE for them"});
}

} // namespace

namespace {

paths::path_question question_of(context const& facts) {
    return {.exported = facts.exported, .known = facts.known, .sids = facts.drawn.sids()};
}

// "it may replicate the secrets of contoso.com" by itself, or the first step of a longer way; empty where the
// connector has none before the plan.
std::string way_of_connector(context const& facts, effect::projection const& change) {
    auto asked = question_of(facts);
    asked.from = static_cast<paths::object_index>(facts.connector - facts.exported.entries().data());
    auto const found = paths::find_paths_before(asked, change);
    if (found.paths.empty())
        return {};
    auto const& path = found.paths.front();
    std::string made;
    for (auto const& step : path.steps)
        made += (made.empty() ? "" : ", ") + paths::text_of(step);
    return made;
}

} // namespace

result<void> predict_effect(context& facts) {
    effect::change_context const around{
        facts.exported, facts.known, [&](entry const* near) {
            auto const* const domain = near == nullptr ? nullptr : facts.forest.domain_of(*near);
            return domain == nullptr ? sddl::domain_sids{} : facts.forest.sids_for(*domain);
        }};
    auto const change = effect::project(
        around, facts.members, effective_records(facts),
        {.runs_protection_task = true, .rules = {.key_admins = facts.request.key_admins_protected}});
    if (!change)
        return tl::unexpected(change.error());
    if (!change->summary.refused.empty()) {
        auto const& refused = change->summary.refused.front();
        return tl::unexpected(failure{refused.reason, fmt::format("  {}\n", printable(refused.dn))});
    }
    facts.drawn.predicted = effect::compare(around, *change);
    facts.drawn.ways = paths::compare_paths(question_of(facts), *change);
    name_unseen_lists(facts, *facts.drawn.predicted);
    name_new_group(facts, *facts.drawn.predicted);
    auto const has_way = way_of_connector(facts, *change);
    if (!has_way.empty())
        facts.drawn.headlines.push_back(
            fmt::format("{} can take over tier 0 without the plan already ({}): no new path",
                        directory::account_name(*facts.connector), has_way));
    auto const reached = check_controllers_reached(facts, *change, !has_way.empty());
    tell_ways(facts.drawn, [&](paths::changed_path const& way) {
        auto const& who = way.path.sources.objects;
        bool const is_connector =
            who.size() == 1 && &facts.exported.entries()[who.front()] == facts.connector;
        return reached && is_connector;
    });
    auto measured = measure(facts, *change);
    for (missed_text const& text : missed_texts)
        report_missed(facts, measured, text);
    report_inet_org_persons(facts);
    facts.drawn.reach = std::move(measured);
    return {};
}

} // namespace dsplan::plan::whfb
