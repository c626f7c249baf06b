#include <sddl/canonical_order.hpp>
#include <sddl/write.hpp>
#include <tools/dsplan/directory/ace_origin.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/plan/export_commands.hpp>
#include <tools/dsplan/plan/exported_descriptor.hpp>
#include <tools/dsplan/plan/obstacle_to_dsacls.hpp>
#include <tools/dsplan/plan/request/changed_list.hpp>
#include <tools/dsplan/plan/request/planning.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace dsplan::plan {
namespace {

using directory::entry;

// "ACE 12", "ACEs 12 and 13": places in the list before, from 1.
std::string places_text(std::vector<std::size_t> const& indices) {
    std::vector<std::size_t> places;
    for (auto const index : indices)
        places.push_back(index + 1);
    return fmt::format("{} {}", places.size() == 1 ? "ACE" : "ACEs", fmt::join(places, ", "));
}

// One object while its list is edited.
struct list_planning {
    planning& facts;
    entry const& object;
    sddl::acl const& before;
    sddl::domain_sids sids;

    [[nodiscard]] std::vector<evidence> seen(std::vector<std::size_t> const& indices) const {
        std::vector<evidence> made;
        for (auto const index : indices)
            made.push_back(
                {std::string(object.dn), "nTSecurityDescriptor", sddl::write_ace(before.aces[index], sids)});
        return made;
    }
};

std::string what_is_asked(list_planning const& list, wanted_permission const& wanted) {
    return fmt::format("{} for {} on {}", wanted.words, wanted.trustee.name, list.object.dn);
}

void note_what_is_there(list_planning const& list, wanted_permission const& wanted,
                        list_answer const& answer) {
    auto const who = answer.aces.empty() ? std::string("another table of the request asks for")
                                         : fmt::format("{} {}", places_text(answer.aces),
                                                       answer.aces.size() == 1 ? "says" : "say");
    auto const says = fmt::format("{}: {} it already", what_is_asked(list, wanted), who);
    if (answer.what == list_outcome::covered_inherited)
        list.facts.add({"covered-inherited", severity::note,
                        says + ", inherited: it ends where it is removed above", list.seen(answer.aces),
                        "also-explicit = true adds an ACE of its own"});
    else
        list.facts.add({"covered", severity::fact, says, list.seen(answer.aces), {}});
}

void note_what_is_in_the_way(list_planning const& list, wanted_permission const& wanted,
                             list_answer const& answer) {
    if (!answer.through_groups.empty())
        list.facts.add({"covered-through-group",
                        severity::note,
                        fmt::format("{}: {} has it already through a group", what_is_asked(list, wanted),
                                    wanted.trustee.name),
                        list.seen(answer.through_groups),
                        {}});
    if (!answer.denied_by.empty())
        list.facts.add(
            {"denied-here", severity::warning,
             fmt::format("{}: {} {} some of it and {} before every grant", what_is_asked(list, wanted),
                         places_text(answer.denied_by), answer.denied_by.size() == 1 ? "denies" : "deny",
                         answer.denied_by.size() == 1 ? "comes" : "come"),
             list.seen(answer.denied_by), "find out why it is there, or revoke it in the same request"});
}

void stop_for_inherited(list_planning const& list, wanted_permission const& wanted,
                        list_answer const& answer) {
    list.facts.stop(
        {"inherited-here", severity::stop,
         fmt::format("{}: nothing explicit says it; {} {} from above", what_is_asked(list, wanted),
                     places_text(answer.aces), answer.aces.size() == 1 ? "comes" : "come"),
         list.seen(answer.aces),
         "revoke it on the object that it comes from, block inheritance here, or deny it"});
}

void note_nothing_there(list_planning const& list, wanted_permission const& wanted) {
    finding found{
        "nothing-to-revoke", severity::note, what_is_asked(list, wanted) + ": no ACE says it", {}, {}};
    if (wanted.missing_is_ok)
        return list.facts.add(std::move(found));
    found.advice = "missing-is-ok = true makes this a note";
    list.facts.stop(std::move(found));
}

void stop_for_inexpressible(list_planning const& list, wanted_permission const& wanted,
                            list_answer const& answer) {
    struct reason {
        std::string_view text;
        std::string_view advice;
    };
    static constexpr std::array<reason, 3> reasons{{
        {"an ACE for all properties, rights or classes cannot leave out one",
         "deny it instead, or revoke the whole right"},
        {"an ACE for a property set cannot leave out one attribute",
         "expand = true grants the other attributes one by one; or deny it, or revoke the whole set"},
        {"no ACE reaches only some of these objects", "revoke it everywhere that the ACE reaches"},
    }};
    auto const& why = reasons[static_cast<std::size_t>(answer.why)];
    list.facts.stop({"not-expressible", severity::stop,
                     fmt::format("{}: {}", what_is_asked(list, wanted), why.text), list.seen(answer.aces),
                     std::string(why.advice)});
}

void say(list_planning const& list, wanted_permission const& wanted, list_answer const& answer) {
    switch (answer.what) {
    case list_outcome::there_already:
    case list_outcome::covered:
    case list_outcome::covered_inherited:
        return note_what_is_there(list, wanted, answer);
    case list_outcome::added:
        return note_what_is_in_the_way(list, wanted, answer);
    case list_outcome::removed:
        return;
    case list_outcome::inherited_here:
        return stop_for_inherited(list, wanted, answer);
    case list_outcome::nothing_there:
        return note_nothing_there(list, wanted);
    case list_outcome::not_expressible:
        return stop_for_inexpressible(list, wanted, answer);
    }
}

// True where nothing can be planned on the object, whatever is asked.
bool is_impossible(planning& facts, entry const& object) {
    if (object.descriptor == nullptr || !object.descriptor->value || !object.descriptor->value->dacl) {
        bool const is_null = object.descriptor != nullptr && object.descriptor->value &&
                             sddl::dacl_state(*object.descriptor->value) == sddl::acl_state::null;
        if (is_null)
            facts.stop(
                {"null-dacl",
                 severity::stop,
                 fmt::format("{} has a NULL DACL, which allows everything to everybody; a first ACE would "
                             "take everything else away",
                             object.dn),
                 {{std::string(object.dn), "nTSecurityDescriptor", "D:NO_ACCESS_CONTROL"}},
                 "give the object a real list first"});
        else
            facts.stop({"descriptor-missing",
                        severity::stop,
                        fmt::format("the export does not hold the list of {}", object.dn),
                        {},
                        "export it, elevated: " + export_commands::object_descriptor(object.dn)});
        return true;
    }
    auto const protection = facts.protected_ones.find(object);
    if (!protection || protection->only_admin_count)
        return false;
    facts.stop(
        {"protected-by-admin-sd-holder",
         severity::stop,
         fmt::format("{} is protected: AdminSDHolder's task puts its own list back within the hour",
                     object.dn),
         {{std::string(object.dn), "protected through",
           std::string(protection->through == nullptr ? object.dn : protection->through->dn)}},
         "hardly anything belongs there; what must hold on protected accounts belongs on AdminSDHolder"});
    return true;
}

// What a revocation leaves: inherited ACEs, and those of a group that the account is in.
void note_still_granted(list_planning const& list, wanted_permission const& wanted, sddl::acl const& after) {
    std::vector<evidence> seen;
    for (sddl::ace const& each : after.aces) {
        auto const says = sddl::permission_of(each);
        auto const& token = wanted.wish.token;
        if (!says || says->denies || std::find(token.begin(), token.end(), each.trustee) == token.end())
            continue;
        auto asked = wanted.wish.said;
        asked.trustee = each.trustee;
        if (sddl::overlaps(*says, asked, [&list](sddl::guid const& type) {
                return list.facts.context.property_set_of(type);
            }))
            seen.push_back(
                {std::string(list.object.dn), "nTSecurityDescriptor", sddl::write_ace(each, list.sids)});
    }
    if (seen.empty())
        return;
    auto text =
        fmt::format("{}: {} of the list after the change still {} some of it", what_is_asked(list, wanted),
                    counted(seen.size(), "ACE", "ACEs"), seen.size() == 1 ? "says" : "say");
    list.facts.add({"still-granted", severity::warning, std::move(text), std::move(seen),
                    "revoke it there too, if nobody is to have it"});
}

void note_order(list_planning const& list) {
    if (auto const misplaced = sddl::find_misplaced(list.before))
        list.facts.add({"acl-order",
                        severity::note,
                        fmt::format("the list of {} is not in canonical order: ACE {} stands before ACE {}",
                                    list.object.dn, misplaced->behind + 1, misplaced->index + 1),
                        list.seen({misplaced->behind, misplaced->index}),
                        {}});
}

// False if it has no room.
bool fits(planning& facts, entry const& object, sddl::acl const& list) {
    if (sddl::size_of(list) <= sddl::largest_acl)
        return true;
    facts.stop({"acl-full",
                severity::stop,
                fmt::format("the list of {} would be {} octets, and {} is the most", object.dn,
                            sddl::size_of(list), sddl::largest_acl),
                {},
                "remove ACEs that nobody needs first"});
    return false;
}

// dsacls edits the list that is there when it runs; an import would change or remove what the export lacks.
void report_missing_parts(planning& facts, permission_change const& change) {
    if (change.missing_parts.empty())
        return;
    auto const lacks = fmt::format("the descriptor of {} in the export lacks its {}", change.dn,
                                   fmt::join(change.missing_parts, ", "));
    auto const advice = "export the whole descriptor, elevated, as a member of Administrators: " +
                        export_commands::object_descriptor(change.dn);
    if (auto const why = obstacle_to_dsacls(change); !why.empty())
        return facts.stop(
            {"descriptor-incomplete",
             severity::stop,
             fmt::format("{}: importing one without would change or remove it, and {}", lacks, why),
             {},
             advice});
    facts.add({"descriptor-incomplete",
               severity::warning,
               fmt::format("{}: no LDIF is written for it; 01-permissions.cmd edits the list that is there "
                           "when it runs",
                           lacks),
               {},
               "for the LDIF, " + advice});
}

void plan_object(planning& facts, wanted_descriptor const& wanted) {
    auto const& object = *wanted.object;
    if (is_impossible(facts, object))
        return;
    auto const* const home = facts.context.forest.domain_of(object);
    list_planning const list{facts, object, *object.descriptor->value->dacl,
                             home == nullptr ? sddl::domain_sids{} : facts.context.forest.sids_for(*home)};
    note_order(list);
    std::vector<list_request> wishes;
    for (auto const& each : wanted.permissions)
        wishes.push_back(each.wish);
    auto edited = edit_list(list.before, wishes,
                            [&facts](sddl::guid const& type) { return facts.context.property_set_of(type); });
    for (std::size_t index = 0; index < wishes.size(); ++index)
        say(list, wanted.permissions[index], edited.answers[index]);
    for (std::size_t index = 0; index < wishes.size(); ++index)
        if (edited.answers[index].what == list_outcome::removed && wishes[index].verb == list_verb::revoke &&
            !wishes[index].said.denies)
            note_still_granted(list, wanted.permissions[index], edited.after);
    if (edited.after == list.before || !fits(facts, object, edited.after))
        return;
    permission_change change;
    change.dn = object.dn;
    change.missing_parts = missing_parts(object);
    auto after = *object.descriptor->value;
    change.before = octets_of(after);
    note_changed_aces(change, list.before, edited.after, facts.context);
    sddl::set_dacl(after, std::move(edited.after));
    change.after = octets_of(after);
    report_missing_parts(facts, change);
    facts.changes_of(object).permissions.push_back(std::move(change));
}

} // namespace

void plan_descriptors(planning& facts, std::vector<wanted_descriptor> const& wanted) {
    for (auto const& each : wanted)
        plan_object(facts, each);
}

} // namespace dsplan::plan
