#include <sddl/access_check.hpp>
#include <sddl/well_known_sids.hpp>
#include <tools/dsplan/directory/principals.hpp>
#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/plan/export_commands.hpp>
#include <tools/dsplan/plan/request/find_names.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace dsplan::plan {
namespace {

using directory::entry;

std::string meaning_of(std::string_view name, change_request const& request) {
    for (auto const& [known, meaning] : request.names)
        if (known == name)
            return meaning;
    return std::string(name);
}

named_account account_of(entry const& object) {
    return {&object, object.sid, directory::account_name(object)};
}

named_account account_of(sddl::sid const& sid, request_context const& context) {
    auto const* const object = context.exported.find(sid);
    return {object, sid,
            object != nullptr ? directory::account_name(*object)
                              : directory::account_name(context.exported, sid)};
}

// "BA", "Everyone", "SELF": what has one meaning everywhere.
std::optional<sddl::sid> find_well_known(std::string_view name) {
    for (std::string_view const authority : {"NT AUTHORITY\\", "BUILTIN\\"})
        if (name.size() > authority.size() &&
            equal_ignoring_case(name.substr(0, authority.size()), authority))
            name.remove_prefix(authority.size());
    if (equal_ignoring_case(name, "SELF"))
        return sddl::principal_self;
    for (auto const& row : sddl::well_known_sids)
        if (row.scope == sddl::sid_scope::universal &&
            (row.alias == name || equal_ignoring_case(row.name, name)))
            return row.value;
    return std::nullopt;
}

failure unknown_account(std::string_view name, directory::principal_matches const& matches) {
    std::string hint;
    for (auto const& near : matches.nearest_names)
        hint += (hint.empty() ? "  did you mean " : " or ") + printable(near);
    return {fmt::format("the export holds no account '{}'", printable(name)),
            hint.empty() ? "" : hint + "?\n"};
}

failure ambiguous(std::string_view name, std::vector<entry const*> const& found, std::string_view kind) {
    std::string candidates;
    for (auto const* const each : found)
        candidates += fmt::format("  {}\n", printable(each->dn));
    return {
        fmt::format("'{}' is the name of {} {}: give the DN or the SID", printable(name), found.size(), kind),
        candidates};
}

// A group may be called "Service" or "Network".
failure two_meanings(std::string_view name, sddl::sid const& known, std::vector<entry const*> const& found) {
    auto made = ambiguous(name, found, "accounts");
    made.what =
        fmt::format("'{}' is the well-known {}, and the name of an account of the export: give the SID "
                    "or the DN",
                    printable(name), known);
    return made;
}

failure unknown_object(std::string_view name, directory::principal_matches const& matches) {
    std::string hint;
    for (auto const& each : matches.nearest_names)
        hint += fmt::format("  did you mean {}?\n", printable(each));
    return {fmt::format("the export does not hold {}", printable(name)),
            hint + "  export it: " + export_commands::object_descriptor(std::string(name)) + "\n"};
}

result<entry const*> find_object(std::string_view name, request_context const& context) {
    auto const matches = directory::find_objects(context.exported, context.forest, name);
    if (matches.found.size() == 1)
        return matches.found.front();
    return tl::unexpected(matches.found.empty() ? unknown_object(name, matches)
                                                : ambiguous(name, matches.found, "objects"));
}

bool is_chosen(entry const& object, entry const& above, object_choice const& chosen) {
    if (&object == &above || !directory::is_at_or_below(object.key, above.key))
        return false;
    return (!chosen.only_children || object.parent == &above) &&
           (chosen.class_name.empty() || equal_ignoring_case(object.structural_class(), chosen.class_name));
}

} // namespace

result<named_account> find_account(std::string_view name, change_request const& request,
                                   request_context const& context) {
    auto const meant = meaning_of(name, request);
    if (auto const sid = sddl::parse_sid(meant))
        return account_of(*sid, context);
    auto const matches = context.accounts != nullptr
                             ? context.accounts->find(meant)
                             : directory::find_principals(context.exported, context.forest, meant);
    if (auto const known = find_well_known(meant)) {
        bool const is_another = std::any_of(matches.found.begin(), matches.found.end(),
                                            [&](entry const* each) { return each->sid != known; });
        if (is_another)
            return tl::unexpected(two_meanings(meant, *known, matches.found));
        return account_of(*known, context);
    }
    if (matches.found.size() == 1)
        return account_of(*matches.found.front());
    return tl::unexpected(matches.found.empty() ? unknown_account(meant, matches)
                                                : ambiguous(meant, matches.found, "accounts"));
}

result<std::vector<entry const*>> find_objects(object_choice const& chosen, change_request const& request,
                                               request_context const& context) {
    std::vector<entry const*> made;
    for (auto const& name : chosen.names) {
        auto const found = find_object(meaning_of(name, request), context);
        if (!found)
            return tl::unexpected(found.error());
        made.push_back(*found);
    }
    if (chosen.below.empty())
        return made;
    auto const above = find_object(meaning_of(chosen.below, request), context);
    if (!above)
        return tl::unexpected(above.error());
    for (auto const& object : context.exported.entries())
        if (is_chosen(object, **above, chosen))
            made.push_back(&object);
    if (made.empty())
        return tl::unexpected(
            failure{fmt::format("the export holds no {} below {}",
                                chosen.class_name.empty() ? "object" : printable(chosen.class_name),
                                printable((*above)->dn)),
                    {}});
    return made;
}

} // namespace dsplan::plan
