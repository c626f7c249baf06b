#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/directory/token.hpp>
#include <tools/dsplan/number_text.hpp>
#include <tools/dsplan/plan/export_commands.hpp>
#include <tools/dsplan/plan/whfb/context.hpp>
#include <tools/dsplan/plan/whfb/key_credential_link.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace dsplan::plan::whfb {
namespace {

using directory::entry;

sddl::acl const* stored_dacl(entry const& object) {
    if (object.descriptor == nullptr || !object.descriptor->value || !object.descriptor->value->dacl)
        return nullptr;
    return &*object.descriptor->value->dacl;
}

bool is_admin_sd_holder(entry const& object) {
    return object.key.starts_with("cn=adminsdholder,cn=system,");
}

// The list an object has after the change: the edited one, or on a protected account the edited one of
// AdminSDHolder.
sddl::acl const* dacl_after(context const& facts, entry const& object) {
    if (auto const edited = facts.lists_after.find(&object); edited != facts.lists_after.end())
        return &edited->second;
    if (facts.protected_ones.find(object))
        for (auto const& [holder, list] : facts.lists_after)
            if (is_admin_sd_holder(*holder) &&
                facts.forest.domain_of(*holder) == facts.forest.domain_of(object))
                return &list;
    return stored_dacl(object);
}

std::vector<effect::object_class> classes_asked_about(context const& facts) {
    std::vector<effect::object_class> classes{{"user", key_credential_link::user_class}};
    // The default ACEs apply to every class; a grant by hand only where it was asked for.
    if (facts.request.include_inet_org_person || facts.has_2016_or_later)
        classes.push_back({"inetOrgPerson", key_credential_link::inet_org_person_class});
    return classes;
}

std::vector<std::string> others_who_gain(context const& facts) {
    std::vector<std::string> names;
    if (facts.group->object == nullptr || facts.lists_after.empty())
        return names;
    for (entry const* const member : facts.members.all_members_of(*facts.group->object))
        if (member != facts.connector && !member->is_a("group"))
            names.push_back(directory::account_name(*member));
    std::sort(names.begin(), names.end());
    return names;
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
     "does not inherit: its own list, or that of a container above it, takes nothing from above",
     "do not inherit: their own list, or that of a container above them, takes nothing from above",
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
    if (facts.request.include_inet_org_person || facts.has_2016_or_later)
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

void predict_reach(context& facts) {
    std::vector<entry const*> joined;
    if (facts.group->object != nullptr)
        joined.push_back(facts.group->object);
    effect::state const before{directory::token_of(facts.exported, facts.members, *facts.connector),
                               [](entry const& object) {
                                   return stored_dacl(object);
                               }};
    effect::state const after{directory::token_of(facts.exported, facts.members, *facts.connector, joined),
                              [&](entry const& object) {
                                  return dacl_after(facts, object);
                              }};
    auto measured = effect::measure_reach(facts.exported, facts.concerned, facts.protected_ones,
                                          classes_asked_about(facts), key_credential_link::property,
                                          key_credential_link::rights, before, after);
    measured.account = directory::account_name(*facts.connector);
    measured.others = others_who_gain(facts);
    for (missed_text const& text : missed_texts)
        report_missed(facts, measured, text);
    report_inet_org_persons(facts);
    facts.drawn.reach = std::move(measured);
}

} // namespace dsplan::plan::whfb
