#include <sddl/parse.hpp>
#include <tools/dsplan/directory/ace_origin.hpp>
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/output_directory.hpp>
#include <tools/dsplan/plan/request/find_names.hpp>
#include <tools/dsplan/plan/request/placed_rights.hpp>
#include <tools/dsplan/plan/request/resolving.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>

namespace dsplan::plan {
namespace {

using directory::entry;
using objects = std::vector<entry const*>;

sddl::domain_sids sids_of(resolving const& state, entry const& object) {
    auto const* const home = state.context.forest.domain_of(object);
    return home == nullptr ? sddl::domain_sids{} : state.context.forest.sids_for(*home);
}

// ----- state

struct named_permission {
    named_account trustee;
    sddl::permission said;
    std::string words;
};

std::optional<named_permission> read_sddl_ace(resolving& state, state_ace const& ace, entry const& near) {
    auto const parsed = sddl::parse("D:" + ace.ace, sids_of(state, near));
    auto const said = parsed && parsed->dacl && parsed->dacl->aces.size() == 1
                          ? sddl::permission_of(parsed->dacl->aces.front())
                          : std::nullopt;
    if (!said) {
        state.errors.fail(
            {fmt::format("expected one ACE without a condition, found '{}'", printable(ace.ace)), {}});
        return std::nullopt;
    }
    auto trustee =
        find_account(fmt::format("{}", said->trustee), state.errors.request, state.context).value();
    return named_permission{std::move(trustee), *said, printable(ace.ace)};
}

std::vector<named_permission> permissions_of(resolving& state, state_ace const& ace, objects const& on) {
    if (!ace.ace.empty()) {
        auto read = read_sddl_ace(state, ace, *on.front());
        return read ? std::vector{*std::move(read)} : std::vector<named_permission>{};
    }
    auto const trustee = state.errors.take(find_account(ace.trustee, state.errors.request, state.context));
    permission_table words;
    words.rights = ace.rights;
    words.applies_to = ace.applies_to;
    std::vector<named_permission> made;
    for (auto const& right : rights_of(words, on, state.rights, state.errors))
        if (trustee && trustee->sid)
            made.push_back(
                {*trustee, {ace.denies, *trustee->sid, right.mask, right.type, right.where}, right.words});
    return made;
}

std::vector<named_permission> permissions_of(resolving& state, std::vector<state_ace> const& aces,
                                             objects const& on) {
    std::vector<named_permission> made;
    for (auto const& each : aces) {
        auto more = permissions_of(state, each, on);
        made.insert(made.end(), more.begin(), more.end());
    }
    return made;
}

wanted_permission to_have(resolving const& state, named_permission const& wanted, bool is_exact) {
    wanted_permission made;
    made.table = state.errors.table;
    made.verb = wanted.said.denies ? permission_verb::deny : permission_verb::grant;
    made.trustee = wanted.trustee;
    made.words = wanted.words;
    made.wish.verb = wanted.said.denies ? list_verb::deny : list_verb::grant;
    made.wish.said = wanted.said;
    made.wish.also_where_inherited = is_exact;
    made.wish.token = {wanted.said.trustee};
    return made;
}

bool is_root(objects const& on) {
    return std::any_of(on.begin(), on.end(),
                       [](auto const* each) { return directory::is_naming_context_root(*each); });
}

} // namespace

void read(resolving& state, state_table const& table) {
    auto const on = state.errors.take(find_objects(table.on, state.errors.request, state.context));
    if (!on || on->empty())
        return;
    bool const is_exact = table.mode == "exactly";
    if (is_exact && is_root(*on))
        return state.errors.fail({"the root of a naming context never holds exactly what a request names",
                                  "  write mode = \"at-least\"\n"});
    auto const aces = permissions_of(state, table.aces, *on);
    wanted_state exactly{.tolerated = {}, .drops_defaults = table.defaults == "drop", .aces = {}};
    for (auto const& each : permissions_of(state, table.tolerate, *on))
        exactly.tolerated.push_back(each.said);
    for (auto const& each : aces)
        exactly.aces.push_back(each.said);
    for (auto const* const object : *on) {
        auto& wanted = state.descriptors[object];
        for (auto const& each : aces)
            wanted.permissions.push_back(to_have(state, each, is_exact));
        if (is_exact)
            wanted.edits.push_back({state.errors.table, true, exactly});
    }
}

// ----- restore

namespace {

constexpr std::string_view members_part = "members";

bool restores_members(restore_table const& table) {
    return std::find(table.parts.begin(), table.parts.end(), members_part) != table.parts.end();
}

// False where nothing of the descriptor is restored.
bool read_parts(resolving& state, restore_table const& table, wanted_restore& to) {
    to.dacl = table.parts.empty();
    for (auto const& each : table.parts) {
        if (each == "dacl")
            to.dacl = true;
        else if (each == "owner")
            to.owner = true;
        else if (each == "sacl")
            to.sacl = true;
        else if (each != members_part)
            state.errors.fail(
                {fmt::format("expected dacl or owner or sacl or members for 'parts', found '{}'",
                             printable(each)),
                 {}});
    }
    return to.dacl || to.owner || to.sacl;
}

void add(resolving& state, entry const& object, wanted_restore const& wanted) {
    state.descriptors[&object].edits.push_back({state.errors.table, true, wanted});
}

std::optional<sddl::security_descriptor> parse_descriptor(resolving& state, std::string const& text,
                                                          entry const& object) {
    auto parsed = sddl::parse(text, sids_of(state, object));
    if (parsed)
        return *std::move(parsed);
    state.errors.fail({fmt::format("expected class-default, inherited-only or a descriptor as SDDL for 'as', "
                                   "found '{}': expected {}, found {}",
                                   printable(text), parsed.error().expected, printable(parsed.error().found)),
                       {}});
    return std::nullopt;
}

// The descriptor that the object is to have, for what `as` says.
void restore_as(resolving& state, restore_table const& table, objects const& on, wanted_restore wanted) {
    if (table.as == "inherited-only") {
        wanted.source.emplace();
        sddl::set_dacl(*wanted.source, {});
    }
    for (auto const* const object : on) {
        if (table.as != "inherited-only" && table.as != "class-default") {
            wanted.source = parse_descriptor(state, table.as, *object);
            if (!wanted.source)
                return;
        }
        add(state, *object, wanted);
    }
}

// By name, or by SID where it has been moved.
entry const* find_as_it_was(directory::snapshot const& then, entry const& object) {
    auto const* const same = then.find(object.dn);
    return same == nullptr && object.sid ? then.find(*object.sid) : same;
}

// Members by SID where the export of that time has them: they may have been moved.
std::vector<std::string> members_as_they_were(directory::snapshot const& then, entry const& group) {
    std::vector<std::string> made;
    group.for_each(directory::attribute::member, [&](std::string_view dn) {
        auto const* const member = then.find(dn);
        made.push_back(member != nullptr && member->sid ? fmt::format("{}", *member->sid) : std::string(dn));
    });
    return made;
}

void restore_members(resolving& state, restore_table const& table, objects const& on,
                     directory::snapshot const& then) {
    for (auto const* const object : on) {
        auto const* const was = find_as_it_was(then, *object);
        if (was == nullptr || !was->is_a("group")) {
            state.errors.fail(
                {fmt::format("{} does not hold the group {}", printable(table.from), printable(object->dn)),
                 {}});
        } else if (was->members_cut_off) {
            state.errors.fail({fmt::format("{} does not hold all members of {}", printable(table.from),
                                           printable(object->dn)),
                               "  export the other ranges of member\n"});
        } else {
            members_table wanted;
            wanted.group = object->dn;
            wanted.exactly = members_as_they_were(then, *was);
            wanted.allow_empty = true;
            read(state, wanted);
        }
    }
}

void restore_descriptors(resolving& state, restore_table const& table, objects const& on,
                         wanted_restore wanted, directory::snapshot const& then) {
    wanted.is_stored = true;
    for (auto const* const object : on) {
        auto const* const was = find_as_it_was(then, *object);
        if (was == nullptr || was->descriptor == nullptr || !was->descriptor->value) {
            state.errors.fail({fmt::format("{} does not hold {} {}", printable(table.from),
                                           was == nullptr ? "" : "the descriptor of", printable(object->dn)),
                               {}});
            continue;
        }
        wanted.source = was->descriptor->value;
        wanted.source->read_from = {};
        add(state, *object, wanted);
    }
}

} // namespace

void read(resolving& state, restore_table const& table) {
    auto const on = state.errors.take(find_objects(table.on, state.errors.request, state.context));
    if (table.as.empty() == table.from.empty())
        return state.errors.fail({"[[restore]] needs one of 'as' and 'from'",
                                  "  as = \"class-default\", \"inherited-only\" or SDDL; from = an export "
                                  "that holds the objects as "
                                  "they were\n"});
    wanted_restore wanted;
    if (!on)
        return;
    bool const has_descriptor = read_parts(state, table, wanted);
    if (restores_members(table) && table.from.empty())
        return state.errors.fail({fmt::format("'{}' says nothing of members", printable(table.as)),
                                  "  from = an export that holds the groups as they were\n"});
    if (wanted.owner && (table.as == "class-default" || table.as == "inherited-only"))
        return state.errors.fail({fmt::format("'{}' says nothing of the owner", table.as), {}});
    if (table.from.empty())
        return restore_as(state, table, *on, wanted);
    std::array const files{to_path(table.from)};
    auto const then = state.errors.take(directory::snapshot::load(files));
    if (then && has_descriptor)
        restore_descriptors(state, table, *on, wanted, *then);
    if (then && restores_members(table))
        restore_members(state, table, *on, *then);
}

} // namespace dsplan::plan
