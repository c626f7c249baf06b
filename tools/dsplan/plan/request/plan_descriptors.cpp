#include <sddl/canonical_order.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/plan/export_commands.hpp>
#include <tools/dsplan/plan/exported_descriptor.hpp>
#include <tools/dsplan/plan/obstacle_to_dsacls.hpp>
#include <tools/dsplan/plan/part_changes.hpp>
#include <tools/dsplan/plan/request/changed_list.hpp>
#include <tools/dsplan/plan/request/descriptor_work.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <type_traits>

namespace dsplan::plan {
namespace {

using directory::entry;

// True where nothing can be planned on the object, whatever is asked.
bool is_impossible(planning& facts, entry const& object, bool needs_a_list) {
    bool const has_descriptor = object.descriptor != nullptr && object.descriptor->value;
    if (!has_descriptor || (needs_a_list && !object.descriptor->value->dacl)) {
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

void note_order(descriptor_work const& list) {
    if (auto const misplaced = sddl::find_misplaced(list.before))
        list.facts.add({"acl-order",
                        severity::note,
                        fmt::format("the list of {} is not in canonical order: ACE {} stands before ACE {}",
                                    list.object().dn, misplaced->behind + 1, misplaced->index + 1),
                        list.seen(std::vector{misplaced->behind, misplaced->index}),
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

void report_channel(planning& facts, permission_change const& change) {
    auto const why = facts.channel == change_channel::dsacls ? obstacle_to_dsacls(change) : std::string();
    if (!why.empty())
        facts.stop({"not-by-dsacls",
                    severity::stop,
                    fmt::format("dsacls cannot make the change of {}: {}", change.dn, why),
                    {},
                    "plan without --channel, or with --channel ldif"});
}

// True for an edit that looks for something, on objects that somebody chose by where they lie.
bool only_looks(wanted_edit const& each) {
    return std::holds_alternative<wanted_replacement>(each.content) ||
           std::holds_alternative<wanted_cleaning>(each.content);
}

bool needs_a_list(wanted_edit const& each) {
    auto const* const inheritance = std::get_if<wanted_inheritance>(&each.content);
    return only_looks(each) || (inheritance != nullptr && !inheritance->is_of_the_sacl);
}

bool is_asked_itself(wanted_descriptor const& wanted) {
    return !wanted.permissions.empty() ||
           std::any_of(wanted.edits.begin(), wanted.edits.end(),
                       [](auto const& each) { return !only_looks(each) || each.is_named; });
}

bool needs_a_list(wanted_descriptor const& wanted) {
    return !wanted.permissions.empty() || std::any_of(wanted.edits.begin(), wanted.edits.end(),
                                                      [](auto const& each) { return needs_a_list(each); });
}

void edit_all(descriptor_work& work) {
    constexpr std::size_t cleaning = 5;
    static_assert(std::is_same_v<std::variant_alternative_t<cleaning, edit_content>, wanted_cleaning>);
    auto const edit_some = [&work](auto const& is_due) {
        for (auto const& each : work.wanted.edits)
            if (is_due(each.content.index())) {
                work.table = each.table;
                std::visit([&work](auto const& content) { edit(work, content); }, each.content);
            }
    };
    edit_some([](std::size_t kind) { return kind < cleaning; });
    edit_permissions(work);
    edit_some([](std::size_t kind) { return kind >= cleaning; });
}

// What AdminSDHolder's task puts back is left out where nobody named the object.
bool is_left_out(planning& facts, wanted_descriptor const& wanted) {
    auto const protection = facts.protected_ones.find(*wanted.object);
    if (!protection || protection->only_admin_count)
        return false;
    facts.left_out.protected_ones.emplace_back(wanted.object->dn);
    return true;
}

void keep_change(descriptor_work& work, sddl::security_descriptor const& exported) {
    auto const& object = work.object();
    permission_change change;
    change.dn = object.dn;
    change.missing_parts = missing_parts(object);
    change.before = octets_of(exported);
    auto const list = work.after.dacl.value_or(sddl::acl{});
    note_changed_aces(change, work.before, list, work.facts.context);
    change.after = octets_of(work.after);
    change.parts = part_changes(exported, work.after, work.sids);
    change.by_ldif = work.facts.channel == change_channel::ldif;
    report_missing_parts(work.facts, change);
    report_channel(work.facts, change);
    work.facts.changes_of(object).permissions.push_back(std::move(change));
}

// Nothing where the export does not hold what is to be edited, which is said.
std::optional<descriptor_work> begin(planning& facts, wanted_descriptor const& wanted) {
    auto const& object = *wanted.object;
    if (is_asked_itself(wanted)) {
        if (is_impossible(facts, object, needs_a_list(wanted)))
            return std::nullopt;
    } else if (object.descriptor == nullptr || !object.descriptor->value || !object.descriptor->value->dacl) {
        facts.left_out.unseen.emplace_back(object.dn);
        return std::nullopt;
    } else if (is_left_out(facts, wanted)) {
        return std::nullopt;
    }
    auto const* const home = facts.context.forest.domain_of(object);
    auto const& exported = *object.descriptor->value;
    auto const before = exported.dacl.value_or(sddl::acl{});
    return descriptor_work{
        facts,  wanted,   home == nullptr ? sddl::domain_sids{} : facts.context.forest.sids_for(*home),
        before, exported, tracked(before)};
}

void plan_object(planning& facts, wanted_descriptor const& wanted) {
    auto work = begin(facts, wanted);
    if (!work)
        return;
    if (!wanted.permissions.empty())
        note_order(*work);
    edit_all(*work);
    auto list = list_of(work->before, work->dacl);
    if (list.aces.empty() && !work->before.aces.empty())
        work->warn(
            "list-empty",
            fmt::format("no ACE is left on {}: nobody but its owner will have access", wanted.object->dn), {},
            "grant what must stay in the same request");
    auto const& exported = *wanted.object->descriptor->value;
    if (list.aces != work->before.aces && fits(facts, *wanted.object, list))
        sddl::set_dacl(work->after, std::move(list));
    if (work->after != exported)
        keep_change(*work, exported);
}

std::vector<evidence> seen_lists(std::vector<std::string> const& dns) {
    std::vector<evidence> seen;
    for (auto const& dn : dns)
        seen.push_back({dn, "nTSecurityDescriptor", {}});
    return seen;
}

void note_left_out(planning& facts) {
    auto const& left_out = facts.left_out;
    if (!left_out.unseen.empty())
        facts.add({"descriptor-missing", severity::unknown,
                   fmt::format("the export does not hold the lists of {}: nothing is said of them",
                               counted(left_out.unseen.size(), "object", "objects")),
                   seen_lists(left_out.unseen), "export them, elevated, with nTSecurityDescriptor"});
    if (!left_out.protected_ones.empty())
        facts.add({"protected-left-out", severity::note,
                   fmt::format("{} left out: AdminSDHolder's task puts their lists back within the hour",
                               counted(left_out.protected_ones.size(), "protected object is",
                                       "protected objects are")),
                   seen_lists(left_out.protected_ones),
                   "what must change there has to change on AdminSDHolder"});
    for (auto const& [why, seen] : left_out.unproven)
        facts.add(
            {"orphans-unprovable", severity::unknown,
             fmt::format("{} for accounts that the export lacks, and whether they exist is not proven: {}",
                         counted(seen.size(), "ACE is", "ACEs are"), why),
             seen,
             "export every account (ldifde -r \"(objectSid=*)\"), and write export-is-complete = true"});
}

// A table that looks for something and finds it nowhere is done.
void note_ineffective_tables(planning& facts, std::vector<wanted_descriptor> const& wanted) {
    std::map<std::size_t, std::size_t> objects;
    for (auto const& each : wanted)
        for (auto const& edit : each.edits)
            if (only_looks(edit))
                ++objects[edit.table];
    for (auto const& [table, count] : objects)
        if (!facts.effective_tables.contains(table))
            facts.add(
                {"nothing-found",
                 severity::fact,
                 fmt::format("{} of {} finds nothing on {}", table_name(facts.request.tables[table].content),
                             place_text(facts.request.tables[table].place),
                             counted(count, "object", "objects")),
                 {},
                 {}});
}

} // namespace

void plan_descriptors(planning& facts, std::vector<wanted_descriptor> const& wanted) {
    for (auto const& each : wanted)
        plan_object(facts, each);
    note_left_out(facts);
    note_ineffective_tables(facts, wanted);
}

} // namespace dsplan::plan
