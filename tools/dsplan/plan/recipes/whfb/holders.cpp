#include <ldif/changes/references.hpp>
#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/directory/schema.hpp>
#include <tools/dsplan/directory/token.hpp>
#include <tools/dsplan/effect/reach.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/plan/export_commands.hpp>
#include <tools/dsplan/plan/recipes/whfb/context.hpp>
#include <tools/dsplan/plan/recipes/whfb/key_credential_link.hpp>
#include <tools/dsplan/plan/ways_in.hpp>
#include <tools/dsplan/words/rights.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <set>

namespace dsplan::plan::whfb {
namespace {

using directory::entry;

std::string path_text(context const& facts, entry const& member, entry const& group) {
    std::vector<std::string> steps;
    for (entry const* const step : facts.members.path(member, group))
        steps.push_back(directory::account_name(*step));
    return fmt::format("{}", fmt::join(steps, " > "));
}

// Members whose objects the export lacks, as the group names them.
std::vector<std::string> unseen_members(context const& facts, entry const& group) {
    std::vector<std::string> unseen;
    group.for_each(directory::attribute::member, [&](std::string_view dn) {
        if (facts.exported.find(dn) == nullptr)
            unseen.emplace_back(dn);
    });
    return unseen;
}

void name_members(context& facts) {
    auto const* const group = facts.group->object;
    if (group == nullptr)
        return;
    std::vector<evidence> seen;
    for (entry const* const member : facts.members.all_members_of(*group))
        if (member != facts.connector)
            seen.push_back({std::string(member->dn), "member of", path_text(facts, *member, *group)});
    for (std::string const& dn : unseen_members(facts, *group))
        seen.push_back({dn, "member of", "its object is not in the export, nor who is in it"});
    if (seen.empty())
        return facts.add({"holder-members",
                          severity::fact,
                          fmt::format("the export shows no other member of {}", facts.group->name),
                          {},
                          {}});
    auto text = fmt::format("{} {} {}, and {} what the plan gives it",
                            counted(seen.size(), "other account or group", "other accounts and groups"),
                            seen.size() == 1 ? "is in" : "are in", facts.group->name,
                            seen.size() == 1 ? "has" : "have");
    facts.add({"holder-members", severity::warning, std::move(text), std::move(seen),
               "take out members that do not synchronize keys; each of them is worth as much as the "
               "connector account"});
}

void name_unseen(context& facts, ways_in const& ways) {
    if (ways.unseen.empty())
        return;
    std::vector<evidence> seen;
    for (std::string const& dn : ways.unseen)
        seen.push_back({dn, "nTSecurityDescriptor", "not in the export"});
    auto text = fmt::format("who can take over {} on the way to the permission is not known",
                            counted(seen.size(), "object", "objects"));
    facts.add({"holder-unknown", severity::unknown, std::move(text), std::move(seen),
               "export them with nTSecurityDescriptor, elevated: " +
                   export_commands::accounts(facts.concerned.front().root->dn)});
}

std::string names_of_holders(context const& facts) {
    auto const connector = directory::account_name(*facts.connector);
    return facts.group->object == nullptr ? connector : facts.group->name + " or " + connector;
}

void name_ways(context& facts, ways_in const& ways) {
    if (ways.found.empty())
        return facts.add(
            {"holder-ways",
             severity::fact,
             fmt::format("no way into {} from outside the administrators is seen in the permissions, "
                         "owners and members of {}",
                         names_of_holders(facts), counted(ways.objects, "object", "objects")),
             {},
             {}});
    std::vector<evidence> seen;
    for (way_in const& way : ways.found)
        seen.push_back({way.dn, "who can take it over", fmt::format("{} {}, {}", way.who, way.may, way.by)});
    std::set<std::string, std::less<>> who;
    for (way_in const& way : ways.found)
        who.insert(way.who);
    facts.add(
        {"holder-ways", severity::warning,
         fmt::format("{} outside the administrators can get what the plan grants, through {}",
                     counted(who.size(), "account or group", "accounts and groups"), names_of_holders(facts)),
         std::move(seen),
         "take these rights away, or guard everyone named here as the connector account itself"});
}

std::vector<directory::domain_controller> controllers_of(context const& facts) {
    std::vector<directory::domain_controller> found;
    for (directory::domain const& domain : facts.forest.domains) {
        auto survey = directory::survey_controllers(facts.exported, facts.forest, domain);
        found.insert(found.end(), survey.controllers.begin(), survey.controllers.end());
    }
    return found;
}

std::string ways_out(context const& facts) {
    auto const deny = fmt::format("(OD;CIIO;WP;{};{};{})", key_credential_link::property.attribute,
                                  key_credential_link::computer_class, *facts.connector->sid);
    return fmt::format(
        "two ways out: --by-hand --group \"{}\" grants it on user objects alone, to a group that no "
        "controller inherits from (with --create-group where it does not exist); or "
        "--keep-off-controllers plans {} on OU=Domain Controllers, which keeps the connector "
        "account off them and changes nothing else",
        key_credential_link::default_group, deny);
}

effect::reach measure_controllers(context const& facts, effect::projection const& change) {
    std::vector<entry const*> joined;
    if (facts.group->object != nullptr)
        joined.push_back(facts.group->object);
    auto const& known = directory::schema::built_in();
    auto const right = access::make_query(
        {words::describe(sddl::right_write_property, key_credential_link::property.attribute, known)}, known);
    sddl::security_token const before(
        directory::token_of(facts.exported, facts.members, {.account = *facts.connector}));
    sddl::security_token const after(
        directory::token_of(facts.exported, facts.members, {.account = *facts.connector, .also = joined}));
    auto const controllers = controllers_of(facts);
    return effect::measure_reach(change,
                                 {right, before, after,
                                  [&](access::object_index index) {
                                      auto const* const object = &facts.exported.entries()[index];
                                      return std::any_of(
                                          controllers.begin(), controllers.end(),
                                          [object](auto const& each) { return each.object == object; });
                                  }},
                                 facts.protected_ones);
}

} // namespace

void check_holders(context& facts) {
    name_members(facts);
    std::vector<entry const*> holders{facts.connector};
    if (facts.group->object != nullptr)
        holders.insert(holders.begin(), facts.group->object);
    auto const ways =
        find_ways_in({facts.exported, facts.members, facts.known,
                      [&](entry const& near) {
                          auto const* const home = facts.forest.domain_of(near);
                          return home == nullptr ? sddl::domain_sids{} : facts.forest.sids_for(*home);
                      }},
                     holders);
    name_ways(facts, ways);
    name_unseen(facts, ways);
}

// With its domain where a controller of another one has the same name.
std::vector<std::string> told_apart(std::vector<directory::entry const*> const& controllers) {
    std::map<std::string, int> count;
    for (auto const* const each : controllers)
        ++count[directory::account_name(*each)];
    std::vector<std::string> names;
    for (auto const* const each : controllers) {
        auto name = directory::account_name(*each);
        bool const is_unique = count[name] == 1;
        names.push_back(is_unique ? name : fmt::format("{} of {}", name, ldif::domain_text(each->dn)));
    }
    return names;
}

// Of the connector, which reaches no domain controller.
std::string headline_below_controllers(context const& facts, effect::projection const& change,
                                       std::size_t controllers) {
    auto const made = fmt::format(
        "{} may write keys of no domain controller ({} in the export): its ways to tier 0 are those of the "
        "accounts that it reaches",
        directory::account_name(*facts.connector), with_thousands(controllers));
    paths::path_question const asked{
        .exported = facts.exported,
        .known = facts.known,
        .sids = facts.drawn.sids(),
        .from = static_cast<paths::object_index>(facts.connector - facts.exported.entries().data()),
        .with_conditional = true};
    bool const has_none = paths::find_paths(asked, change).paths.empty();
    return made + (has_none ? ", and none of them is known to have one" : "");
}

bool check_controllers_reached(context& facts, effect::projection const& change, bool has_way) {
    auto const measured = measure_controllers(facts, change);
    auto const name = directory::account_name(*facts.connector);
    std::vector<evidence> reached;
    std::vector<directory::entry const*> controllers;
    std::vector<evidence> unknown;
    for (auto const& controller : controllers_of(facts)) {
        auto const missed =
            std::find_if(measured.not_reached.begin(), measured.not_reached.end(),
                         [&](effect::unreached const& each) { return each.dn == controller.object->dn; });
        if (missed == measured.not_reached.end()) {
            reached.push_back({std::string(controller.object->dn), "may write", "msDS-KeyCredentialLink"});
            controllers.push_back(controller.object);
        } else if (missed->why == effect::obstacle::unknown) {
            unknown.push_back({missed->dn, "no descriptor of", missed->because});
        }
    }
    auto const names = told_apart(controllers);
    if (!names.empty()) {
        auto sentence = fmt::format(
            "{} {}{}: it can add a key to the domain {} {} and, with PKINIT, sign in as {}", name,
            measured.gained == 0 ? "is already one step from tier 0"
            : has_way            ? "gets another way to tier 0, of one step"
                                 : "becomes one step from tier 0",
            facts.group->is_key_admins && measured.gained != 0 ? ", through " + facts.group->name : "",
            names.size() == 1 ? "controller" : "controllers", fmt::join(names, ", "),
            names.size() == 1 ? "it" : "them");
        if (!has_way)
            facts.drawn.headlines.push_back(sentence);
        facts.add({"controllers-reached", severity::warning, std::move(sentence), std::move(reached),
                   ways_out(facts)});
    }
    if (names.empty() && unknown.empty() && measured.objects != 0)
        facts.drawn.headlines.push_back(headline_below_controllers(facts, change, measured.objects));
    if (!unknown.empty()) {
        auto sentence = fmt::format("whether {} may write keys of {} is not known", name,
                                    counted(unknown.size(), "domain controller", "domain controllers"));
        facts.drawn.headlines.push_back(sentence);
        facts.add({"controllers-unknown", severity::unknown, std::move(sentence), std::move(unknown),
                   "export their objects and OU=Domain Controllers with nTSecurityDescriptor, elevated: " +
                       export_commands::accounts(facts.concerned.front().root->dn)});
    }
    return !names.empty();
}

} // namespace dsplan::plan::whfb
