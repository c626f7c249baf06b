#include <tools/dsplan/directory/class_rights.hpp>
#include <tools/dsplan/directory/token.hpp>
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/input_file.hpp>
#include <tools/dsplan/ground/output_directory.hpp>
#include <tools/dsplan/plan/request/account_list.hpp>
#include <tools/dsplan/plan/request/find_names.hpp>
#include <tools/dsplan/plan/request/placed_rights.hpp>
#include <tools/dsplan/plan/request/resolving.hpp>
#include <tools/dsplan/plan/request/table_errors.hpp>
#include <tools/dsplan/plan/request/write_toml.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <tuple>

namespace dsplan::plan {
namespace {

using directory::entry;

// What else a client can write of the property set that the attribute is in.
std::vector<sddl::guid> others_of_the_set(request_context const& context, sddl::guid const& type) {
    std::vector<sddl::guid> others;
    auto const set = context.property_set_of(type);
    for (auto const& each : context.known.attributes())
        if (set && each.property_set == set && each.id != type && each.can_be_written())
            others.push_back(each.id);
    return others;
}

// ----- permissions

list_verb verb_of(permission_table const& table) {
    if (table.verb == permission_verb::grant)
        return list_verb::grant;
    if (table.verb == permission_verb::deny)
        return list_verb::deny;
    if (table.all)
        return list_verb::revoke_all_of;
    return table.ace.empty() ? list_verb::revoke : list_verb::revoke_ace;
}

list_request wish_of(permission_table const& table, named_account const& trustee, placed_right const& right,
                     request_context const& context) {
    list_request made;
    made.verb = verb_of(table);
    bool const is_about_a_denial =
        table.verb == permission_verb::revoke ? table.sign == "deny" : table.verb == permission_verb::deny;
    made.said = {is_about_a_denial, *trustee.sid, right.mask, right.type, right.where};
    made.also_where_inherited = table.also_explicit;
    made.token = trustee.object == nullptr
                     ? std::vector{*trustee.sid}
                     : directory::token_of(context.exported, context.members, {.account = *trustee.object});
    if (table.expand && right.type)
        made.other_attributes = others_of_the_set(context, *right.type);
    return made;
}

} // namespace

void read(resolving& state, permission_table const& table) {
    if (table.on.names.empty() && table.on.below.empty())
        return state.errors.fail(
            {fmt::format("{} needs 'on': the objects whose list changes", table_name(table)), {}});
    auto const objects = state.errors.take(find_objects(table.on, state.errors.request, state.context));
    auto const trustee = state.errors.take(find_account(table.trustee, state.errors.request, state.context));
    auto const rights =
        rights_of(table, objects.value_or(std::vector<entry const*>{}), state.rights, state.errors);
    if (!objects || !trustee)
        return;
    if (!trustee->sid)
        return state.errors.fail(
            {fmt::format("{} has no objectSid in the export", printable(trustee->name)), {}});
    for (auto const& right : rights)
        for (auto const* const object : *objects) {
            auto& wanted = state.descriptors[object];
            wanted.object = object;
            wanted.permissions.push_back({state.errors.table, table.verb, *trustee,
                                          wish_of(table, *trustee, right, state.context), right.words,
                                          table.missing_is_ok});
        }
}

namespace {

// ----- members

std::vector<named_account> accounts(resolving& state, std::vector<std::string> const& names) {
    std::vector<named_account> made;
    for (auto const& name : names)
        if (auto found = state.errors.take(find_account(name, state.errors.request, state.context)))
            if (std::find(made.begin(), made.end(), *found) == made.end())
                made.push_back(*std::move(found));
    return made;
}

// The accounts of a file; every line that means none is an error.
std::optional<std::vector<named_account>> accounts_of_file(resolving& state, std::string const& file) {
    constexpr std::size_t largest_list = std::size_t(64) << 20U;
    auto const octets = state.errors.take(read_whole_file(to_path(file), largest_list));
    if (!octets)
        return std::nullopt;
    auto const listed = read_account_list(*octets);
    if (!listed) {
        state.errors.fail(
            {fmt::format("{}:{}", printable(file), listed.error().what), listed.error().detail});
        return std::nullopt;
    }
    std::vector<named_account> made;
    for (auto const& each : *listed) {
        auto found = find_account(each.name, state.errors.request, state.context);
        if (found) {
            made.push_back(*std::move(found));
            made.back().place = fmt::format("{}:{}", shown(to_path(file).filename()), each.line);
        } else
            state.errors.fail({fmt::format("{}:{}: {}", printable(file), each.line, found.error().what),
                               found.error().detail});
    }
    std::stable_sort(made.begin(), made.end(), [](auto const& a, auto const& b) {
        return std::tie(a.object, a.sid) < std::tie(b.object, b.sid);
    });
    made.erase(std::unique(made.begin(), made.end()), made.end());
    return made;
}

void add_file(resolving& state, members_table const& table, wanted_members& to) {
    auto const read = accounts_of_file(state, table.from);
    if (!read)
        return;
    auto const& listed = *read;
    if (listed.empty() && table.mode == "exactly" && !table.allow_empty)
        state.errors.fail(
            {fmt::format("{} names no account: that would take every member away", printable(table.from)),
             "  write allow-empty = true if it is meant\n"});
    if (table.mode == "add")
        to.add.insert(to.add.end(), listed.begin(), listed.end());
    else if (table.mode == "remove")
        to.remove.insert(to.remove.end(), listed.begin(), listed.end());
    else
        to.exactly = listed;
}

void check(members_table const& table, table_errors& errors) {
    bool const changes_some = !table.add.empty() || !table.remove.empty();
    bool const is_whole = table.exactly || (!table.from.empty() && table.mode == "exactly");
    if (!table.from.empty() && table.exactly)
        errors.fail({"'exactly' stands beside 'from'", "  use one of the two forms\n"});
    if (table.exactly && table.exactly->empty() && !table.allow_empty)
        errors.fail({"'exactly' is empty: that would take every member away",
                     "  write allow-empty = true if it is meant\n"});
    if (is_whole && changes_some)
        errors.fail({"'exactly' stands beside 'add' or 'remove'", "  use one of the two forms\n"});
    if (!is_whole && !changes_some && table.from.empty())
        errors.fail({"[[members]] needs 'add', 'remove', 'exactly' or 'from'", {}});
}

} // namespace

void read(resolving& state, members_table const& table) {
    check(table, state.errors);
    wanted_members made;
    made.table = state.errors.table;
    made.missing_is_ok = table.missing_is_ok;
    made.add = accounts(state, table.add);
    made.remove = accounts(state, table.remove);
    if (table.exactly)
        made.exactly = accounts(state, *table.exactly);
    if (!table.from.empty())
        add_file(state, table, made);
    auto const group = state.errors.take(find_account(table.group, state.errors.request, state.context));
    if (!group)
        return;
    if (group->object == nullptr || !group->object->is_a("group"))
        return state.errors.fail({fmt::format("{} is no group of the export", printable(group->name)), {}});
    made.group = group->object;
    state.members.push_back(std::move(made));
}

namespace {

// ----- conflicts

// A revocation that says that grants follow it.
bool makes_room(change_request const& request, wanted_permission const& taken) {
    auto const* const table = std::get_if<permission_table>(&request.tables[taken.table].content);
    return table != nullptr && table->grants_follow;
}

bool contradict(wanted_permission const& taken, wanted_permission const& given,
                sddl::property_set_of const& set_of) {
    bool const are_of_one_table = taken.table == given.table; // a state may grant and deny
    if (are_of_one_table || given.verb != permission_verb::grant || taken.verb == permission_verb::grant)
        return false;
    auto said = taken.wish.said;
    if (taken.verb == permission_verb::deny)
        said.denies = false;
    if (said.denies)
        return false;
    if (taken.wish.verb == list_verb::revoke_all_of)
        return said.trustee == given.wish.said.trustee;
    return sddl::overlaps(said, given.wish.said, set_of);
}

void fail_for_conflict(table_errors& errors, wanted_permission const& taken, wanted_permission const& given,
                       entry const& object) {
    errors.table = taken.table;
    auto const& granting = errors.request.tables[given.table];
    errors.fail({fmt::format("{} what {} of {} grants: {} for {} on {}",
                             taken.verb == permission_verb::deny ? "denies" : "revokes",
                             table_name(granting.content), place_text(granting.place), given.words,
                             printable(given.trustee.name), printable(object.dn)),
                 "  keep one of the two\n"});
}

void find_conflicts(resolving& state) {
    sddl::property_set_of const set_of = [&state](sddl::guid const& type) {
        return state.context.property_set_of(type);
    };
    for (auto const& [object, wanted] : state.descriptors)
        for (auto const& taken : wanted.permissions) {
            if (taken.verb == permission_verb::grant)
                continue; // nothing is taken: grants among each other are many
            for (auto const& given : wanted.permissions)
                if (contradict(taken, given, set_of) && !makes_room(state.errors.request, taken))
                    fail_for_conflict(state.errors, taken, given, *object);
        }
}

// The order of the tables must not show in the plan: permissions stand by trustee, verb and words.
void sort_by_content(wanted_descriptor& wanted, std::vector<std::string> const& keys) {
    auto const key_of = [&keys](wanted_permission const& each) {
        return std::tie(each.verb, each.wish.said.trustee, keys[each.table]);
    };
    std::stable_sort(wanted.permissions.begin(), wanted.permissions.end(),
                     [&](auto const& a, auto const& b) { return key_of(a) < key_of(b); });
}

bool is_in(std::vector<named_account> const& accounts, named_account const& account) {
    return std::find(accounts.begin(), accounts.end(), account) != accounts.end();
}

void append_missing(std::vector<named_account>& to, std::vector<named_account> const& more) {
    for (auto const& each : more)
        if (!is_in(to, each))
            to.push_back(each);
}

// One step a group, however many tables speak of it.
void merge(wanted_members& into, wanted_members const& more, table_errors& errors) {
    errors.table = more.table;
    auto const other = place_text(errors.request.tables[into.table].place);
    if (into.exactly || more.exactly)
        return errors.fail({fmt::format("[[members]] of {} changes the same group, and one of the two has "
                                        "'exactly'",
                                        other),
                            "  keep one of the two\n"});
    append_missing(into.add, more.add);
    append_missing(into.remove, more.remove);
    into.missing_is_ok = into.missing_is_ok && more.missing_is_ok;
}

void merge_members(resolving& state) {
    std::vector<wanted_members> merged;
    for (auto const& each : state.members) {
        auto const same = std::find_if(merged.begin(), merged.end(),
                                       [&each](auto const& other) { return other.group == each.group; });
        if (same == merged.end())
            merged.push_back(each);
        else
            merge(*same, each, state.errors);
    }
    for (auto const& each : merged)
        for (auto const& account : each.add)
            if (is_in(each.remove, account)) {
                state.errors.table = each.table;
                state.errors.fail({fmt::format("{} is to be added to {} and removed from it",
                                               printable(account.name), printable(each.group->dn)),
                                   "  keep one of the two\n"});
            }
    state.members = std::move(merged);
}

void sort_accounts(std::vector<named_account>& accounts) {
    std::stable_sort(accounts.begin(), accounts.end(), [](auto const& a, auto const& b) {
        return std::pair(a.object == nullptr ? std::string_view() : std::string_view(a.object->key), a.sid) <
               std::pair(b.object == nullptr ? std::string_view() : std::string_view(b.object->key), b.sid);
    });
}

resolved_request finish(resolving state) {
    resolved_request made;
    std::vector<std::string> keys;
    for (auto const& table : state.errors.request.tables)
        keys.push_back(write_toml(
            {.title = {}, .ticket = {}, .requested_by = {}, .names = {}, .tables = {table}, .recipes = {}}));
    for (auto& [object, wanted] : state.descriptors) {
        wanted.object = object;
        sort_by_content(wanted, keys);
        sort_edits(wanted, keys);
        made.descriptors.push_back(std::move(wanted));
    }
    // A parent's key is shorter than those of its children.
    std::sort(made.descriptors.begin(), made.descriptors.end(), [](auto const& a, auto const& b) {
        return std::pair(a.object->key.size(), a.object->key) <
               std::pair(b.object->key.size(), b.object->key);
    });
    made.members = std::move(state.members);
    for (auto& each : made.members) {
        sort_accounts(each.add);
        sort_accounts(each.remove);
        if (each.exactly)
            sort_accounts(*each.exactly);
    }
    std::stable_sort(made.members.begin(), made.members.end(),
                     [](auto const& a, auto const& b) { return a.group->key < b.group->key; });
    return made;
}

} // namespace

tl::expected<resolved_request, std::vector<failure>> resolve(change_request const& request,
                                                             request_context const& context) {
    resolving state{context, {request}, directory::class_rights_cache(context.known)};
    for (; state.errors.table < request.tables.size(); ++state.errors.table)
        std::visit([&state](auto const& table) { read(state, table); },
                   request.tables[state.errors.table].content);
    if (state.errors.found.empty()) {
        merge_members(state);
        merge_edits(state);
        find_conflicts(state);
    }
    if (!state.errors.found.empty())
        return tl::unexpected(std::move(state.errors.found));
    return finish(std::move(state));
}

} // namespace dsplan::plan
