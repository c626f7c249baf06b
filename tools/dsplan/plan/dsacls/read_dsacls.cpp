#include <sddl/write.hpp>
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/ground/number_text.hpp>
#include <tools/dsplan/plan/dsacls/read_dsacls.hpp>
#include <tools/dsplan/plan/plan.hpp>
#include <tools/dsplan/plan/request/find_names.hpp>
#include <tools/dsplan/words/applies_to.hpp>
#include <tools/dsplan/words/rights.hpp>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <tuple>

namespace dsplan::plan {
namespace {

using directory::entry;

// A table that a later /R may take back.
struct given_table {
    std::size_t table = 0; // index into the request's tables
    entry const* object = nullptr;
    std::optional<sddl::sid> trustee; // nothing: everything on the object
    bool is_taken_back = false;
};

struct request_making {
    dsacls_choices const& choices;
    request_context const& context;
    prepared_request made{};
    std::vector<placed_failure> errors{};
    std::vector<given_table> given{};
    std::size_t displays = 0;

    void fail(request_place const& place, std::string_view what, std::string detail = {}) {
        errors.push_back(at(place, what, std::move(detail)));
    }
    void say(std::string_view rule, severity level, request_place const& place, std::string_view what,
             std::string advice = {}) {
        made.findings.push_back({std::string(rule),
                                 level,
                                 fmt::format("{}: {}", place_text(place), what),
                                 {},
                                 std::move(advice)});
    }
    void add(request_place const& place, table_content content) {
        made.request.tables.push_back({place, std::move(content)});
    }
};

// One call, with the object that it is about.
struct call_work {
    request_making& all;
    dsacls_call const& call;
    entry const* object = nullptr;

    [[nodiscard]] object_choice on() const {
        return {.names = {call.dn.text}, .below = {}, .class_name = {}};
    }
};

entry const* object_of(request_making& all, dsacls_call const& call) {
    object_choice const chosen{.names = {call.dn.text}, .below = {}, .class_name = {}};
    auto const found = find_objects(chosen, {}, all.context);
    if (found)
        return found->front();
    all.fail(call.dn.place, found.error().what, found.error().detail);
    return nullptr;
}

std::optional<named_account> account_of(request_making& all, std::string const& name,
                                        request_place const& place) {
    auto found = find_account(name, {}, all.context);
    if (found && found->sid)
        return *std::move(found);
    if (found)
        all.fail(place, fmt::format("{} has no objectSid in the export", printable(found->name)));
    else if (name.find('/') != std::string::npos && name.find('\\') == std::string::npos)
        all.fail(place, found.error().what, "  a backslash parts the domain and the name: DOMAIN\\name\n");
    else
        all.fail(place, found.error().what, found.error().detail);
    return std::nullopt;
}

// ---- /G and /D

sddl::ace ace_of(dsacls_statement const& said, sddl::sid const& trustee, bool denies) {
    grant made;
    made.denies = denies;
    made.trustee = trustee;
    made.mask = said.mask;
    made.property_guid = said.type;
    made.inherited_class_guid = said.inherited_type;
    made.flags = said.flags;
    return made.ace().value();
}

// The words for the rights; empty where words would come to another ACE.
std::string exact_words(dsacls_statement const& said, directory::schema const& known) {
    auto const* const attribute = said.type ? known.find_attribute(*said.type) : nullptr;
    bool const would_add = attribute != nullptr && attribute->is_confidential &&
                           said.mask.contains(sddl::right_read_property) &&
                           !said.mask.contains(sddl::right_control_access);
    auto const text = words::describe(said.mask, said.type, known).text;
    auto const read = words::parse_rights(text, known);
    bool const is_same = read && read->size() == 1 && read->front().mask == said.mask &&
                         read->front().type == said.type && read->front().but.empty();
    return is_same && !would_add ? text : std::string();
}

state_ace in_words(dsacls_statement const& said, sddl::sid const& trustee, bool denies,
                   directory::schema const& known) {
    state_ace made;
    made.trustee = said.trustee;
    made.denies = denies;
    if (auto text = exact_words(said, known); !text.empty()) {
        made.rights = {std::move(text)};
        if (said.flags != 0)
            made.applies_to = words::application_text(said.flags, said.inherited_type, known);
    } else {
        made.ace = sddl::write_ace(ace_of(said, trustee, denies));
    }
    return made;
}

void add_permission(call_work const& work, dsacls_statement const& said, named_account const& trustee,
                    bool denies) {
    auto words = in_words(said, *trustee.sid, denies, work.all.context.known);
    permission_table table;
    table.verb = denies ? permission_verb::deny : permission_verb::grant;
    table.trustee = said.trustee;
    table.on = work.on();
    table.rights = std::move(words.rights);
    table.ace = std::move(words.ace);
    table.applies_to = std::move(words.applies_to);
    work.all.given.push_back({work.all.made.request.tables.size(), work.object, trustee.sid});
    work.all.add(said.place, std::move(table));
}

void add_state(call_work const& work, std::vector<state_ace> aces) {
    for (auto& each : aces)
        if (!each.ace.empty())
            each = {.trustee = {}, .rights = {}, .applies_to = {}, .ace = std::move(each.ace)};
    state_table table;
    table.on = work.on();
    table.aces = std::move(aces);
    table.defaults = "drop";
    work.all.say("dsacls-replaces", severity::warning, work.call.place,
                 "/N replaces the list: every other explicit ACE goes",
                 "no document says what /N keeps; read what the plan removes");
    work.all.add(work.call.place, std::move(table));
}

void read_statements(call_work const& work) {
    statement_reading state{work.all.context.known, work.all.choices, work.all.errors,
                            work.all.made.findings};
    std::vector<state_ace> aces;
    for (auto const* const list : {&work.call.denials, &work.call.grants})
        for (auto const& word : *list) {
            bool const denies = list == &work.call.denials;
            auto const said = read_statement(word, work.call.inherits, state);
            auto const trustee = said ? account_of(work.all, said->trustee, said->place) : std::nullopt;
            if (!trustee)
                continue;
            if (work.call.replaces)
                aces.push_back(in_words(*said, *trustee->sid, denies, work.all.context.known));
            else
                add_permission(work, *said, *trustee, denies);
        }
    if (work.call.replaces)
        add_state(work, std::move(aces));
}

// ---- /R

void take_back(call_work const& work, script_word const& word, sddl::sid const& trustee) {
    for (auto& each : work.all.given) {
        if (each.object != work.object || each.is_taken_back || each.trustee != trustee)
            continue;
        each.is_taken_back = true;
        work.all.say("dsacls-taken-back", severity::note, word.place,
                     fmt::format("/R takes away again what {} gives",
                                 place_text(work.all.made.request.tables[each.table].place)));
    }
}

bool is_given_here(call_work const& work, std::size_t first_given, sddl::sid const& trustee) {
    auto const& given = work.all.given;
    return std::any_of(given.begin() + static_cast<std::ptrdiff_t>(first_given), given.end(),
                       [&trustee](auto const& each) { return each.trustee == trustee; });
}

void read_removals(call_work const& work) {
    for (auto const& word : work.call.removals) {
        if (word.text.find(':') != std::string::npos && word.text.find('=') == std::string::npos) {
            work.all.fail(
                word.place,
                fmt::format("expected an account alone behind /R, found '{}'", printable(word.text)),
                "  /R takes every ACE of an account; one alone: dsplan plan revoke\n");
            continue;
        }
        auto const trustee = account_of(work.all, word.text, word.place);
        if (!trustee)
            continue;
        take_back(work, word, *trustee->sid);
        for (std::string const sign : {"allow", "deny"}) {
            permission_table table;
            table.verb = permission_verb::revoke;
            table.trustee = word.text;
            table.on = work.on();
            table.sign = sign;
            table.all = true;
            table.missing_is_ok = true;
            table.grants_follow = true;
            work.all.add(word.place, std::move(table));
        }
    }
}

// A call that gives and takes: nobody says in which order.
void check_order(call_work const& work, std::size_t first_given) {
    for (auto const& word : work.call.removals)
        if (auto const trustee = find_account(word.text, {}, work.all.context);
            trustee && trustee->sid && is_given_here(work, first_given, *trustee->sid))
            work.all.fail(word.place,
                          fmt::format("/R and /G or /D of one call are about '{}'", printable(word.text)),
                          "  no document says which comes first: write two calls\n");
}

// ---- the other switches

void read_inheritance(call_work const& work) {
    inheritance_table table;
    table.on = work.on();
    auto const& chosen = work.all.choices.protection;
    if (work.call.allows_inheritance)
        table.set = inheritance_change::allow;
    else if (!chosen.empty())
        table.set = chosen == "copy" ? inheritance_change::block_copy : inheritance_change::block_drop;
    else
        return work.all.fail(
            work.call.place,
            "/P:Y blocks inheritance, and what becomes of the inherited ACEs is documented nowhere",
            "  decide with --p-y copy or --p-y drop\n");
    work.all.add(work.call.place, std::move(table));
}

void read_resets(call_work const& work) {
    restore_table table;
    table.on = work.on();
    if (work.call.resets_tree)
        table.on.below = work.call.dn.text;
    table.as = "class-default";
    if (work.call.resets || work.call.resets_dacl)
        table.parts.emplace_back("dacl");
    if (work.call.resets_sacl)
        table.parts.emplace_back("sacl");
    if (work.call.resets)
        work.all.say("dsacls-unproven", severity::warning, work.call.place,
                     "/S is read as the default DACL of the class",
                     "whether /S resets auditing and the owner, too, is documented nowhere");
    work.all.add(work.call.place, std::move(table));
}

void read_ownership(call_work const& work) {
    if (work.all.choices.caller.empty())
        return work.all.fail(work.call.place, "/takeOwnership makes the account that runs it the owner",
                             "  name that account: --caller ACCOUNT\n");
    owner_table table;
    table.on = work.on();
    table.owner = work.all.choices.caller;
    work.all.add(work.call.place, std::move(table));
}

void note_connection(request_making& all, dsacls_call const& call) {
    if (!call.server.empty())
        all.say("dsacls-server", severity::note, call.place,
                fmt::format("the call names the server {}, which plays no part in the plan",
                            printable(call.server)));
    if (call.has_credentials)
        all.say("dsacls-credentials", severity::note, call.place,
                "the call names credentials, which play no part in the plan",
                "a password in a file is known to everybody who reads it");
}

void read_one(request_making& all, dsacls_call const& call) {
    if (call.dn.text.empty())
        return;
    if (call.only_displays()) {
        ++all.displays;
        return;
    }
    note_connection(all, call);
    call_work const work{all, call, object_of(all, call)};
    if (work.object == nullptr)
        return;
    auto const first_given = all.given.size();
    read_statements(work);
    check_order(work, first_given);
    read_removals(work);
    if (call.protects || call.allows_inheritance)
        read_inheritance(work);
    if (call.resets || call.resets_dacl || call.resets_sacl)
        read_resets(work);
    if (call.takes_ownership)
        read_ownership(work);
}

void drop_what_was_taken_back(request_making& all) {
    auto& tables = all.made.request.tables;
    for (auto each = all.given.rbegin(); each != all.given.rend(); ++each)
        if (each->is_taken_back)
            tables.erase(tables.begin() + static_cast<std::ptrdiff_t>(each->table));
}

void note_the_rest(request_making& all, dsacls_script const& script) {
    if (all.displays > 0)
        all.made.findings.push_back(
            {"dsacls-displays",
             severity::fact,
             fmt::format("{} of dsacls only {} a list", counted(all.displays, "call", "calls"),
                         all.displays == 1 ? "shows" : "show"),
             {},
             {}});
    if (script.others.empty())
        return;
    constexpr std::size_t most = 5;
    std::vector<std::string> names;
    for (auto const& each : script.others)
        if (names.size() < most)
            names.push_back(fmt::format("{} {}", place_text(each.place), printable(each.name)));
    all.made.findings.push_back(
        {"other-commands",
         severity::unknown,
         fmt::format("{} not dsacls: what {} is no part of this plan: {}{}",
                     counted(script.others.size(), "command is", "commands are"),
                     script.others.size() == 1 ? "it does" : "they do", fmt::join(names, ", "),
                     script.others.size() > most ? ", …" : ""),
         {},
         {}});
}

std::vector<failure> in_order(std::vector<placed_failure> errors) {
    std::stable_sort(errors.begin(), errors.end(), [](auto const& a, auto const& b) {
        return std::tie(a.place.file, a.place.line, a.place.column) <
               std::tie(b.place.file, b.place.line, b.place.column);
    });
    std::vector<failure> made;
    for (auto& each : errors)
        made.push_back(std::move(each.why));
    return made;
}

} // namespace

tl::expected<prepared_request, std::vector<failure>>
read_dsacls(dsacls_script script, dsacls_choices const& choices, request_context const& context) {
    request_making all{choices, context};
    all.errors = std::move(script.errors);
    for (auto const& each : script.calls)
        read_one(all, read_call(each, all.errors));
    if (!all.errors.empty())
        return tl::unexpected(in_order(std::move(all.errors)));
    drop_what_was_taken_back(all);
    note_the_rest(all, script);
    return std::move(all.made);
}

} // namespace dsplan::plan
