#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/input_file.hpp>
#include <tools/dsplan/ground/output_directory.hpp>
#include <tools/dsplan/plan/request/account_list.hpp>
#include <tools/dsplan/plan/request/find_names.hpp>
#include <tools/dsplan/plan/request/placed_rights.hpp>
#include <tools/dsplan/plan/request/request_fields.hpp>
#include <tools/dsplan/plan/request/resolving.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <tuple>

namespace dsplan::plan {
namespace {

using directory::entry;
using objects = std::vector<entry const*>;

objects objects_of(resolving& state, object_choice const& on) {
    return state.errors.take(find_objects(on, state.errors.request, state.context)).value_or(objects{});
}

std::optional<named_account> trustee_of(resolving& state, std::string const& name) {
    auto found = state.errors.take(find_account(name, state.errors.request, state.context));
    if (!found || found->sid)
        return found;
    state.errors.fail({fmt::format("{} has no objectSid in the export", printable(found->name)), {}});
    return std::nullopt;
}

void add(resolving& state, object_choice const& on, edit_content const& content) {
    auto named = on;
    named.below.clear();
    auto const named_objects = objects_of(state, named);
    for (auto const* const object : objects_of(state, on)) {
        bool const is_named =
            std::find(named_objects.begin(), named_objects.end(), object) != named_objects.end();
        state.descriptors[object].edits.push_back({state.errors.table, is_named, content});
    }
}

// The table that grants what an ACE in words says.
permission_table as_grant(std::vector<std::string> const& rights, std::string const& applies_to) {
    permission_table made;
    made.rights = rights;
    made.applies_to = applies_to;
    return made;
}

} // namespace

namespace {

void replace_one(resolving& state, replace_trustee_table const& table, named_account const& before,
                 named_account const& after) {
    if (before.sid == after.sid)
        return state.errors.fail(
            {fmt::format("'{}' and '{}' are the same account", printable(before.name), printable(after.name)),
             {}});
    add(state, table.on, wanted_replacement{before, after, table.owners, table.audit, table.keep_old});
}

// An account of a line of a file, or its error with the line.
std::optional<named_account> account_of_line(resolving& state, std::string const& file, std::size_t line,
                                             std::string const& name) {
    auto found = find_account(name, state.errors.request, state.context);
    if (found && found->sid)
        return *std::move(found);
    auto const why = found ? failure{fmt::format("{} has no objectSid in the export", printable(name)), {}}
                           : found.error();
    state.errors.fail({fmt::format("{}:{}: {}", printable(file), line, why.what), why.detail});
    return std::nullopt;
}

void replace_all_of(resolving& state, replace_trustee_table const& table) {
    constexpr std::size_t largest_list = std::size_t(64) << 20U;
    auto const octets = state.errors.take(read_whole_file(to_path(table.from), largest_list));
    if (!octets)
        return;
    auto const pairs = read_account_pairs(*octets);
    if (!pairs)
        return state.errors.fail(
            {fmt::format("{}:{}", printable(table.from), pairs.error().what), pairs.error().detail});
    for (auto const& each : *pairs) {
        auto const before = account_of_line(state, table.from, each.line, each.old_name);
        auto const after = account_of_line(state, table.from, each.line, each.new_name);
        if (before && after)
            replace_one(state, table, *before, *after);
    }
}

} // namespace

void read(resolving& state, replace_trustee_table const& table) {
    bool const has_pair = !table.old_trustee.empty() && !table.new_trustee.empty();
    bool const has_one = !table.old_trustee.empty() || !table.new_trustee.empty();
    if (table.from.empty() ? !has_pair : has_one)
        return state.errors.fail({"[[replace-trustee]] needs 'old' and 'new', or 'from' alone",
                                  "  from = a CSV file with the columns old and new\n"});
    if (!table.from.empty())
        return replace_all_of(state, table);
    auto const before = trustee_of(state, table.old_trustee);
    auto const after = trustee_of(state, table.new_trustee);
    if (before && after)
        replace_one(state, table, *before, *after);
}

void read(resolving& state, inheritance_table const& table) {
    bool const is_of_the_sacl = table.list == "sacl";
    if (table.drop_copies && table.set != inheritance_change::allow)
        return state.errors.fail({"'drop-copies' goes with set = \"allow\" alone", {}});
    if (table.order != "auto" && (table.set != inheritance_change::block_copy || is_of_the_sacl))
        return state.errors.fail({"'order' goes with set = \"block-copy\" of the DACL alone", {}});
    add(state, table.on, wanted_inheritance{table.set, is_of_the_sacl, table.drop_copies, table.order});
}

void read(resolving& state, owner_table const& table) {
    auto const owner = trustee_of(state, table.owner);
    auto const group = table.group.empty() ? std::nullopt : trustee_of(state, table.group);
    if (owner)
        add(state, table.on, wanted_owner{*owner, group});
}

void read(resolving& state, audit_table const& table) {
    auto const who = trustee_of(state, table.who);
    auto const on = objects_of(state, table.on);
    auto const rights = rights_of(as_grant(table.rights, table.applies_to), on, state.rights, state.errors);
    std::uint8_t when = 0;
    if (table.on_success)
        when |= sddl::ace_flag::successful_access;
    if (table.on_failure)
        when |= sddl::ace_flag::failed_access;
    if (when == 0)
        return state.errors.fail({"neither 'on-success' nor 'on-failure' is true", {}});
    if (!who)
        return;
    for (auto const& right : rights)
        add(state, table.on,
            wanted_audit{*who,
                         {false, *who->sid, right.mask, right.type, right.where},
                         when,
                         table.remove,
                         right.words});
}

void read(resolving& state, clean_table const& table) {
    if (table.what.empty())
        state.errors.fail(
            {"[[clean]] needs the key 'what'", fmt::format("  of: {}\n", fmt::join(clean_words, ", "))});
    for (auto const& each : table.what)
        if (std::find(clean_words.begin(), clean_words.end(), each) == clean_words.end())
            state.errors.fail({fmt::format("expected {} for 'what', found '{}'",
                                           fmt::join(clean_words, " or "), printable(each)),
                               {}});
    auto what = table.what;
    std::sort(what.begin(), what.end());
    add(state, table.on, wanted_cleaning{std::move(what), table.report_only, table.export_is_complete});
}

// ----- contradictions

namespace {

// What of a descriptor an edit settles: two that settle the same must be equal.
std::string slot_of(edit_content const& content) {
    struct namer {
        std::string operator()(wanted_inheritance const& each) const {
            return each.is_of_the_sacl ? "inheritance of auditing" : "inheritance";
        }
        std::string operator()(wanted_restore const&) const { return "list"; }
        std::string operator()(wanted_state const&) const { return "list"; }
        std::string operator()(wanted_replacement const& each) const {
            return fmt::format("trustee {}", *each.old_trustee.sid);
        }
        std::string operator()(wanted_cleaning const&) const { return "cleaning"; }
        std::string operator()(wanted_owner const&) const { return "owner"; }
        std::string operator()(wanted_audit const& each) const {
            return each.removes ? "stopped auditing" : "auditing";
        }
    };
    return std::visit(namer{}, content);
}

bool may_stand_together(edit_content const& a, edit_content const& b) {
    return std::holds_alternative<wanted_audit>(a) && std::holds_alternative<wanted_audit>(b);
}

std::string name_and_place(table_errors const& errors, std::size_t table) {
    auto const& found = errors.request.tables[table];
    return fmt::format("{} of {}", table_name(found.content), place_text(found.place));
}

// Equal edits collapse, whatever tables they come from.
void merge(wanted_descriptor& wanted, table_errors& errors) {
    std::vector<wanted_edit> kept;
    for (auto& each : wanted.edits) {
        auto const same = std::find_if(kept.begin(), kept.end(), [&each](wanted_edit const& other) {
            return slot_of(other.content) == slot_of(each.content) &&
                   (other.content == each.content || !may_stand_together(other.content, each.content));
        });
        if (same == kept.end()) {
            kept.push_back(std::move(each));
        } else if (same->content == each.content) {
            same->is_named = same->is_named || each.is_named;
        } else {
            errors.table = each.table;
            errors.fail(
                {fmt::format("{} wants something else of the {} of {}", name_and_place(errors, same->table),
                             slot_of(each.content), printable(wanted.object->dn)),
                 "  keep one of the two\n"});
        }
    }
    wanted.edits = std::move(kept);
}

bool changes_owner(wanted_edit const& edit) {
    return std::holds_alternative<wanted_owner>(edit.content);
}

bool changes_list(wanted_edit const& edit) {
    return std::holds_alternative<wanted_replacement>(edit.content) ||
           std::holds_alternative<wanted_cleaning>(edit.content);
}

bool changes_inheritance(wanted_edit const& edit, bool of_the_sacl) {
    auto const* const inheritance = std::get_if<wanted_inheritance>(&edit.content);
    return inheritance != nullptr && inheritance->is_of_the_sacl == of_the_sacl;
}

bool changes_auditing(wanted_edit const& edit) {
    return std::holds_alternative<wanted_audit>(edit.content) || changes_inheritance(edit, true);
}

// What says all of a part stands alone there.
bool are_rivals(wanted_edit const& whole, wanted_edit const& other) {
    if (std::holds_alternative<wanted_state>(whole.content))
        return changes_list(other);
    auto const* const restored = std::get_if<wanted_restore>(&whole.content);
    return restored != nullptr &&
           ((restored->dacl && (changes_list(other) || changes_inheritance(other, false))) ||
            (restored->owner && changes_owner(other)) || (restored->sacl && changes_auditing(other)));
}

bool settles_the_list(wanted_edit const& edit) {
    auto const* const restored = std::get_if<wanted_restore>(&edit.content);
    return std::holds_alternative<wanted_state>(edit.content) || (restored != nullptr && restored->dacl);
}

void find_rivals(wanted_descriptor const& wanted, table_errors& errors) {
    for (auto const& whole : wanted.edits) {
        auto const complain = [&](std::size_t table) {
            errors.table = table;
            errors.fail({fmt::format("{} says what the whole list of {} is",
                                     name_and_place(errors, whole.table), printable(wanted.object->dn)),
                         "  keep one of the two\n"});
        };
        for (auto const& other : wanted.edits)
            if (are_rivals(whole, other))
                complain(other.table);
        if (!settles_the_list(whole))
            continue;
        for (auto const& other : wanted.permissions)
            if (other.table != whole.table)
                complain(other.table);
    }
}

// Nobody can tell whether the ACE is to be replaced, or to come after that.
void find_grants_to_replaced(wanted_descriptor const& wanted, table_errors& errors) {
    for (auto const& edit : wanted.edits) {
        auto const* const replaced = std::get_if<wanted_replacement>(&edit.content);
        if (replaced == nullptr)
            continue;
        auto const complain = [&](std::size_t table, std::string_view what) {
            errors.table = table;
            errors.fail(
                {fmt::format("{} what {} replaces on {}: {}", what, name_and_place(errors, edit.table),
                             printable(wanted.object->dn), printable(replaced->old_trustee.name)),
                 "  name the new account, or make two plans\n"});
        };
        for (auto const& each : wanted.permissions)
            if (each.verb != permission_verb::revoke && each.wish.said.trustee == *replaced->old_trustee.sid)
                complain(each.table, "gives ACEs to");
        for (auto const& other : wanted.edits) {
            if (auto const* const next = std::get_if<wanted_replacement>(&other.content);
                next != nullptr && next->new_trustee.sid == replaced->old_trustee.sid)
                complain(other.table, "puts in the place of another account");
            if (auto const* const audited = std::get_if<wanted_audit>(&other.content);
                audited != nullptr && !audited->removes && replaced->audit &&
                audited->who.sid == replaced->old_trustee.sid)
                complain(other.table, "audits");
        }
    }
}

void find_contrary_audits(wanted_descriptor const& wanted, request_context const& context,
                          table_errors& errors) {
    sddl::property_set_of const set_of = [&context](sddl::guid const& type) {
        return context.property_set_of(type);
    };
    for (auto const& edit : wanted.edits)
        for (auto const& other : wanted.edits) {
            auto const* const taken = std::get_if<wanted_audit>(&edit.content);
            auto const* const given = std::get_if<wanted_audit>(&other.content);
            if (taken == nullptr || given == nullptr || !taken->removes || given->removes ||
                (taken->when & given->when) == 0 || !sddl::overlaps(taken->said, given->said, set_of))
                continue;
            errors.table = edit.table;
            errors.fail({fmt::format("stops auditing what {} audits on {}",
                                     name_and_place(errors, other.table), printable(wanted.object->dn)),
                         "  keep one of the two\n"});
        }
}

} // namespace

void merge_edits(resolving& state) {
    for (auto& [object, wanted] : state.descriptors) {
        wanted.object = object;
        merge(wanted, state.errors);
        find_rivals(wanted, state.errors);
        find_grants_to_replaced(wanted, state.errors);
        find_contrary_audits(wanted, state.context, state.errors);
    }
}

void sort_edits(wanted_descriptor& wanted, std::vector<std::string> const& table_texts) {
    std::stable_sort(wanted.edits.begin(), wanted.edits.end(), [&](auto const& a, auto const& b) {
        return std::pair(a.content.index(), std::string_view(table_texts[a.table])) <
               std::pair(b.content.index(), std::string_view(table_texts[b.table]));
    });
}

} // namespace dsplan::plan
