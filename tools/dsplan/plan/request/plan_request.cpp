#include <tools/dsplan/effect/predict.hpp>
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/plan/change_records.hpp>
#include <tools/dsplan/plan/objects_before.hpp>
#include <tools/dsplan/plan/request/plan_request.hpp>
#include <tools/dsplan/plan/request/planning.hpp>
#include <tools/dsplan/plan/request/request_words.hpp>
#include <tools/dsplan/plan/ways_to_tier_zero.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace dsplan::plan {
namespace {

// A member that only the server will make an object of has no object to compute with.
domain_changes without_foreign_members(domain_changes changes) {
    std::erase_if(changes.members, [](auto const& each) { return each.member_dn.starts_with("<SID="); });
    return changes;
}

struct predicted_change {
    effect::effect effect;
    paths::path_report ways;
};

result<predicted_change> predict_all(planning const& facts) {
    auto const& context = facts.context;
    std::vector<ldif::record> records;
    for (auto const& domain : facts.drawn.domains) {
        auto const permissions = known_descriptor_records(domain);
        auto const members = member_records(without_foreign_members(domain));
        records.insert(records.end(), permissions.begin(), permissions.end());
        records.insert(records.end(), members.begin(), members.end());
    }
    effect::change_context const where{
        context.exported, context.known, [&context](directory::entry const* object) {
            auto const* const home = object == nullptr ? nullptr : context.forest.domain_of(*object);
            return home == nullptr ? sddl::domain_sids{} : context.forest.sids_for(*home);
        }};
    auto const change = effect::project(where, context.members, records, {.requires_parents = false});
    if (!change)
        return tl::unexpected(change.error());
    auto predicted = effect::compare(where, *change);
    std::size_t foreign = 0;
    for (auto const& domain : facts.drawn.domains)
        foreign += domain.members.size() - without_foreign_members(domain).members.size();
    if (foreign > 0)
        predicted.unknown.push_back(fmt::format("what {} of another forest {} as a member",
                                                counted(foreign, "account", "accounts"),
                                                foreign == 1 ? "gains or loses" : "gain or lose"));
    if (!predicted.summary.refused.empty()) {
        auto const& refused = predicted.summary.refused.front();
        return tl::unexpected(failure{refused.reason, fmt::format("  {}\n", printable(refused.dn))});
    }
    return predicted_change{
        std::move(predicted),
        paths::compare_paths(
            {.exported = context.exported, .known = context.known, .sids = facts.drawn.sids()}, *change)};
}

std::string reason_for_no_changes(plan const& drawn) {
    constexpr std::size_t most = 5;
    std::string made;
    std::size_t count = 0;
    for (auto const& each : drawn.findings)
        if ((each.level == severity::fact || each.level == severity::note) && ++count <= most)
            made += (made.empty() ? "" : " ") + each.text + ".";
    return count <= most ? made : fmt::format("{} The findings above say the rest.", made);
}

// What an export lacks may be what the request is about.
void note_gaps(planning& facts) {
    for (auto const& gap : facts.context.exported.gaps())
        facts.add({.rule = "incomplete-export",
                   .level = severity::unknown,
                   .text = gap,
                   .seen = {},
                   .advice = "export the directory again before you rely on this plan"});
}

} // namespace

domain_changes& planning::changes_of(directory::entry const& object) {
    auto const* const home = context.forest.domain_of(object);
    auto const& domain = home != nullptr ? *home : context.forest.domains.front();
    auto const known = std::find_if(drawn.domains.begin(), drawn.domains.end(),
                                    [&](auto const& each) { return each.dn == domain.root->dn; });
    if (known != drawn.domains.end())
        return *known;
    auto& made = drawn.domains.emplace_back();
    made.dn = domain.root->dn;
    made.dns_name = domain.dns_name;
    made.netbios_name = domain.netbios_name;
    made.sids = context.forest.sids_for(domain);
    return made;
}

tl::expected<plan, std::vector<failure>> plan_request(directory::snapshot const& exported,
                                                      change_request const& request,
                                                      directory::schema const& known,
                                                      change_channel channel) {
    auto const forest = directory::read_forest(exported);
    if (!forest)
        return tl::unexpected(std::vector{forest.error()});
    directory::membership const members(exported);
    directory::principal_index const accounts(exported, *forest);
    request_context const context{exported, *forest, members, known, &accounts};
    auto const wanted = resolve(request, context);
    if (!wanted)
        return tl::unexpected(wanted.error());
    directory::protected_accounts const protected_ones(exported, members);
    derived_objects const derived(exported, known);
    planning facts{request, context, protected_ones, derived, channel};
    facts.drawn.words = words_of(request);
    note_gaps(facts);
    plan_descriptors(facts, wanted->descriptors);
    plan_members(facts, wanted->members);
    if (facts.drawn.stopped) {
        facts.drawn.domains.clear();
        return std::move(facts.drawn);
    }
    keep_objects(facts.drawn, exported, members);
    facts.drawn.words.why_nothing = reason_for_no_changes(facts.drawn);
    auto& domains = facts.drawn.domains;
    std::sort(domains.begin(), domains.end(),
              [](auto const& a, auto const& b) { return a.dns_name < b.dns_name; });
    if (facts.drawn.has_changes()) {
        auto predicted = predict_all(facts);
        if (!predicted)
            return tl::unexpected(std::vector{std::move(predicted).error()});
        facts.drawn.predicted = std::move(predicted->effect);
        facts.drawn.ways = std::move(predicted->ways);
        tell_ways(facts.drawn, [](paths::changed_path const&) { return false; });
    }
    return std::move(facts.drawn);
}

} // namespace dsplan::plan
