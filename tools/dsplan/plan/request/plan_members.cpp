#include <tools/dsplan/directory/ds_heuristics.hpp>
#include <tools/dsplan/directory/group_scope.hpp>
#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/plan/request/planning.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace dsplan::plan {
namespace {

using directory::entry;

struct group_planning {
    planning& facts;
    wanted_members const& wanted;
    std::vector<entry const*> direct; // members now, those by primary group too

    [[nodiscard]] entry const& group() const { return *wanted.group; }
    [[nodiscard]] std::string name() const { return directory::account_name(group()); }
    [[nodiscard]] bool holds(entry const* account) const {
        return account != nullptr && std::find(direct.begin(), direct.end(), account) != direct.end();
    }
    [[nodiscard]] bool holds_by_primary_group(entry const* account) const {
        return account != nullptr && directory::membership::is_primary_group(*account, group());
    }
};

// [MS-ADTS] 2.2.12
enum group_type : std::int64_t { global = 0x2, domain_local = 0x4, universal = 0x8, builtin_local = 0x1 };

std::int64_t type_of(entry const& group) {
    return group.number(directory::attribute::group_type).value_or(0);
}

// What a group of this scope does not take; empty where it takes the member. [MS-SAMR] 3.1.1.8.9
std::string refusal(group_planning const& plan, entry const& member) {
    auto const& forest = plan.facts.context.forest;
    bool const is_of_the_domain = forest.domain_of(member) == forest.domain_of(plan.group());
    auto const scope = type_of(plan.group());
    auto const member_scope = member.is_a("group") ? type_of(member) : 0;
    if ((scope & (global | universal)) != 0 && member.is_a("foreignSecurityPrincipal"))
        return "only a domain local group takes accounts of other forests";
    if ((scope & global) != 0 && !is_of_the_domain)
        return "a global group takes members of its own domain only";
    if ((scope & global) != 0 && (member_scope & (universal | domain_local)) != 0)
        return "a global group takes no universal and no domain local groups";
    if ((scope & universal) != 0 && (member_scope & domain_local) != 0)
        return "a universal group takes no domain local groups";
    return {};
}

std::vector<evidence> scope_seen(group_planning const& plan, named_account const& member) {
    std::vector<evidence> seen{
        {std::string(plan.group().dn), "groupType", std::to_string(type_of(plan.group()))}};
    if (!member.place.empty())
        seen.push_back({member.name, "named at", member.place});
    return seen;
}

// ----- accounts of other forests

// The SID of the domain that an account is of; nothing for SIDs that are no domain's.
std::optional<sddl::sid> domain_of_sid(sddl::sid account) {
    constexpr std::uint32_t of_a_domain = 21;
    if (account.sub_authority_count != 5 || account.sub_authorities[0] != of_a_domain)
        return std::nullopt;
    account.sub_authorities[--account.sub_authority_count] = 0;
    return account;
}

// Why nobody knows what to write; empty where the server will make a foreign security principal.
std::string unknown_member(group_planning const& plan, sddl::sid const& member) {
    auto const& forest = plan.facts.context.forest;
    auto const domain = domain_of_sid(member);
    if (!domain)
        return "it is an account of no domain, and its foreign security principal is not in the export";
    for (auto const& each : forest.domains)
        if (each.sid == *domain)
            return fmt::format("it is one of {}, and not in the export", each.dns_name);
    if (!forest.domain_count || *forest.domain_count != forest.domains.size())
        return "the export does not hold every domain of the forest, and it may be of one of them";
    return {};
}

bool lists_foreign(entry const& group, sddl::sid const& member) {
    bool found = false;
    group.for_each(directory::attribute::member,
                   [&](std::string_view dn) { found = found || directory::sid_in_name(dn) == member; });
    return found;
}

// "<SID=S-1-5-21-…>": the server makes the foreign security principal. [MS-ADTS] 3.1.1.3.1.2.4
void add_foreign_member(group_planning const& plan, named_account const& member) {
    auto& facts = plan.facts;
    if (lists_foreign(plan.group(), *member.sid))
        return facts.add({"member-there",
                          severity::fact,
                          fmt::format("{} is a member of {} already", member.name, plan.name()),
                          {},
                          {}});
    if (auto const why = unknown_member(plan, *member.sid); !why.empty())
        return facts.stop(
            {"member-unknown",
             severity::stop,
             fmt::format("{} is not in the export: what would be written as a member of {} is not known: {}",
                         member.name, plan.name(), why),
             {},
             "export the accounts, CN=ForeignSecurityPrincipals and CN=Partitions of the whole forest"});
    if ((type_of(plan.group()) & (domain_local | builtin_local)) == 0)
        return facts.stop(
            {"member-scope", severity::stop,
             fmt::format(
                 "{} cannot be a member of {}: only a domain local group takes accounts of other forests",
                 member.name, plan.name()),
             scope_seen(plan, member), "a domain local group takes it"});
    facts.add({"member-foreign",
               severity::unknown,
               fmt::format("{} is of no domain of the forest: the server makes a foreign security principal "
                           "for it, and what "
                           "it gains as a member of {} is not computed",
                           member.name, plan.name()),
               {},
               "make sure whose SID it is: the export cannot tell"});
    facts.changes_of(plan.group())
        .members.push_back(
            {std::string(plan.group().dn), plan.name(), fmt::format("<SID={}>", *member.sid), member.name});
}

void add_member(group_planning const& plan, named_account const& member) {
    auto& facts = plan.facts;
    if (member.object == nullptr)
        return add_foreign_member(plan, member);
    if (plan.holds(member.object))
        return facts.add(
            {"member-there",
             severity::fact,
             fmt::format("{} is a member of {} already{}", member.name, plan.name(),
                         plan.holds_by_primary_group(member.object) ? ", as its primary group" : ""),
             {},
             {}});
    if (auto const why = refusal(plan, *member.object); !why.empty())
        return facts.stop({"member-scope", severity::stop,
                           fmt::format("{} cannot be a member of {}: {}", member.name, plan.name(), why),
                           scope_seen(plan, member), "a domain local group takes both"});
    if (!facts.context.members.path(*member.object, plan.group()).empty())
        facts.add({"member-nested",
                   severity::note,
                   fmt::format("{} is in {} already, through another group", member.name, plan.name()),
                   {},
                   {}});
    facts.changes_of(plan.group())
        .members.push_back(
            {std::string(plan.group().dn), plan.name(), std::string(member.object->dn), member.name});
}

void remove_member(group_planning const& plan, named_account const& member) {
    auto& facts = plan.facts;
    if (!plan.holds(member.object)) {
        finding found{"member-missing",
                      severity::note,
                      fmt::format("{} is no direct member of {}", member.name, plan.name()),
                      {},
                      {}};
        if (plan.wanted.missing_is_ok)
            return facts.add(std::move(found));
        found.advice = "missing-is-ok = true makes this a note";
        return facts.stop(std::move(found));
    }
    if (plan.holds_by_primary_group(member.object))
        return facts.stop(
            {"member-by-primary-group",
             severity::stop,
             fmt::format("{} is the primary group of {}: a removal is refused", plan.name(), member.name),
             {{std::string(member.object->dn), "primaryGroupID", {}}},
             "make another group its primary group first"});
    auto& made = facts.changes_of(plan.group()).members;
    made.push_back({std::string(plan.group().dn), plan.name(), std::string(member.object->dn), member.name});
    made.back().removes = true;
}

bool has(std::vector<named_account> const& accounts, entry const* object) {
    return std::any_of(accounts.begin(), accounts.end(),
                       [object](auto const& each) { return each.object == object; });
}

// The whole list: values are taken and added one by one, so that what stays keeps its link.
void make_exact(group_planning const& plan, std::vector<named_account> const& exactly) {
    for (auto const* const member : plan.direct) {
        if (has(exactly, member))
            continue;
        named_account const account{member, member->sid, directory::account_name(*member)};
        if (plan.holds_by_primary_group(member))
            plan.facts.add({"member-by-primary-group",
                            severity::note,
                            fmt::format("{} stays in {}: it is its primary group", account.name, plan.name()),
                            {},
                            {}});
        else
            remove_member(plan, account);
    }
    for (auto const& member : exactly)
        if (!plan.holds(member.object))
            add_member(plan, member);
}

void note_the_group(group_planning const& plan) {
    constexpr std::int64_t security_enabled = 0x80000000;
    auto const& group = plan.group();
    if (auto const type = group.number(directory::attribute::group_type);
        type && (static_cast<std::uint32_t>(*type) & security_enabled) == 0)
        plan.facts.add({"distribution-group",
                        severity::warning,
                        fmt::format("{} is a distribution group: being in it grants nothing", plan.name()),
                        {{std::string(group.dn), "groupType", std::to_string(*type)}},
                        {}});
    if (group.sid && directory::is_privileged_group(*group.sid))
        plan.facts.add({"privileged-group",
                        severity::warning,
                        fmt::format("{} can take over the domain, and so can every member", plan.name()),
                        {{std::string(group.dn), "objectSid", fmt::format("{}", *group.sid)}},
                        "think twice"});
}

// A list that was cut off says who is a member, and never who is none.
void check_that_members_are_known(group_planning const& plan) {
    if (!plan.group().members_cut_off)
        return;
    bool const needs_all = plan.wanted.exactly || !plan.wanted.remove.empty();
    finding found{"members-incomplete",
                  needs_all ? severity::stop : severity::unknown,
                  fmt::format("the export holds a part of the members of {} only", plan.name()),
                  {{std::string(plan.group().dn), "member", "a range, without the one that ends the list"}},
                  "export the group again with all of them: ldifde fetches every range, ldapsearch does not"};
    needs_all ? plan.facts.stop(std::move(found)) : plan.facts.add(std::move(found));
}

// fLDAPUsePermMod, [MS-ADTS] 6.1.1.2.4.1.2
void note_permissive_changes(planning& facts) {
    constexpr std::size_t permissive_modify = 5;
    for (char const letter : directory::ds_heuristics(facts.context.exported, permissive_modify))
        if (letter != '0')
            return facts.add(
                {"permissive-changes",
                 severity::warning,
                 "dSHeuristics makes the forest take the addition of a member who is there, and "
                 "the removal of one who is not, without an error",
                 {},
                 "the status of the import does not say that anything was done: run dsplan verify"});
}

} // namespace

void plan_members(planning& facts, std::vector<wanted_members> const& wanted) {
    if (!wanted.empty())
        note_permissive_changes(facts);
    for (auto const& each : wanted) {
        group_planning const plan{facts, each, facts.context.members.members_of(*each.group)};
        note_the_group(plan);
        check_that_members_are_known(plan);
        for (auto const& member : each.remove)
            remove_member(plan, member);
        for (auto const& member : each.add)
            add_member(plan, member);
        if (each.exactly)
            make_exact(plan, *each.exactly);
    }
}

} // namespace dsplan::plan
