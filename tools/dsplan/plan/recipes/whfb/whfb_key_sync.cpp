#include <tools/dsplan/plan/objects_before.hpp>
#include <tools/dsplan/plan/recipes/whfb/context.hpp>
#include <tools/dsplan/plan/recipes/whfb/key_credential_link.hpp>
#include <tools/dsplan/plan/recipes/whfb/sentences.hpp>
#include <tools/dsplan/plan/recipes/whfb/whfb_key_sync.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace dsplan::plan {
namespace whfb {

void context::stop(finding found) {
    found.level = severity::stop;
    drawn.stopped = true;
    add(std::move(found));
}

domain_changes& context::changes_in(directory::domain const& where) {
    auto const made_before =
        std::find_if(drawn.domains.begin(), drawn.domains.end(),
                     [&](domain_changes const& changes) { return changes.dn == where.root->dn; });
    if (made_before != drawn.domains.end())
        return *made_before;
    domain_changes& made = drawn.domains.emplace_back();
    made.dn = where.root->dn;
    made.dns_name = where.dns_name;
    made.netbios_name = where.netbios_name;
    made.sids = forest.sids_for(where);
    return made;
}

std::string context::forest_root_dn() const {
    for (directory::domain const& domain : forest.domains)
        if (domain.is_forest_root)
            return std::string(domain.root->dn);
    return {};
}

namespace {

std::vector<directory::domain> concerned_domains(directory::forest const& forest,
                                                 whfb_request const& request) {
    if (!request.domain)
        return forest.domains;
    auto const* const only = forest.find(*request.domain);
    return only == nullptr ? std::vector<directory::domain>() : std::vector{*only};
}

plan_words words_for(plan const& drawn, trust_type trust) {
    std::string const variant = trust == trust_type::key ? "key" : "certificate";
    auto const& attribute = key_credential_link::ldap_display_name;
    return {.job = "whfb",
            .variant = variant,
            .title = "Windows Hello for Business key synchronization: change to review",
            .account = drawn.reach ? drawn.reach->account : std::string(),
            .purpose =
                fmt::format("{} is to read and write {} of users, as a member of a group that may. Planned "
                            "for {} trust, offline, from an export.",
                            drawn.reach ? "" : "the connector account", attribute, variant),
            .wishes = {},
            .effect = drawn.predicted ? effect_sentence(drawn, attribute) : std::string(),
            .why_nothing = reason_for_no_changes(drawn),
            .unproven = {
                "Whether the AdminSDHolder task protects Key Admins and Enterprise Key Admins: documents "
                "disagree."}};
}

} // namespace
} // namespace whfb

result<plan> plan_whfb_key_sync(directory::snapshot const& exported, whfb_request const& asked,
                                directory::schema const& known) {
    auto request = asked;
    if (request.by_hand && !request.group)
        request.group = key_credential_link::default_group;
    auto forest = directory::read_forest(exported, request.domain);
    if (!forest)
        return tl::unexpected(forest.error());
    directory::membership members(exported);
    directory::protected_accounts protected_ones(exported, members,
                                                 {.key_admins = request.key_admins_protected});
    whfb::context facts{.exported = exported,
                        .known = known,
                        .request = request,
                        .forest = std::move(*forest),
                        .members = std::move(members),
                        .protected_ones = std::move(protected_ones),
                        .concerned = {},
                        .connector = nullptr,
                        .trust = trust_type::key,
                        .has_2016_or_later = false,
                        .group = {},
                        .octets_after = {},
                        .drawn = {}};
    facts.concerned = whfb::concerned_domains(facts.forest, request);

    if (auto found = whfb::find_connector(facts); !found)
        return tl::unexpected(found.error());
    for (auto const& gap : exported.gaps())
        facts.add({.rule = "incomplete-export",
                   .level = severity::unknown,
                   .text = gap,
                   .seen = {},
                   .advice = "export the directory again before you rely on this plan"});
    whfb::check_prerequisites(facts);
    if (!facts.drawn.stopped)
        if (auto chosen = whfb::choose_group(facts); !chosen)
            return tl::unexpected(chosen.error());
    if (!facts.drawn.stopped)
        whfb::plan_permissions(facts);
    if (!facts.drawn.stopped)
        whfb::plan_membership(facts);
    if (!facts.drawn.stopped)
        whfb::check_holders(facts);
    if (facts.drawn.stopped)
        facts.drawn.domains.clear();
    else if (auto predicted = whfb::predict_effect(facts); !predicted)
        return tl::unexpected(predicted.error());

    auto& domains = facts.drawn.domains;
    std::sort(domains.begin(), domains.end(),
              [](auto const& a, auto const& b) { return a.dns_name < b.dns_name; });
    facts.drawn.words = whfb::words_for(facts.drawn, facts.trust);
    keep_objects(facts.drawn, exported, facts.members);
    return std::move(facts.drawn);
}

} // namespace dsplan::plan
