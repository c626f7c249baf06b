#include <tools/dsplan/access/access_difference.hpp>
#include <tools/dsplan/directory/token.hpp>
#include <tools/dsplan/ground/ascending.hpp>

#include <algorithm>
#include <map>

namespace dsplan::access {
namespace {

std::vector<sddl::ace> effective_aces(sddl::security_descriptor const& from) {
    std::vector<sddl::ace> made;
    if (!from.dacl)
        return made;
    for (auto value : from.dacl->aces) {
        if (value.has(sddl::ace_flag::inherit_only))
            continue;
        value.flags = 0; // how it came and travels does not matter to an access check
        made.push_back(std::move(value));
    }
    return made;
}

using ace_count = std::map<sddl::byte_string, std::size_t>; // by octets

sddl::byte_string octets_of(sddl::ace const& value) {
    sddl::byte_string octets;
    sddl::append(octets, value);
    return octets;
}

ace_count count(std::vector<sddl::ace> const& aces) {
    ace_count made;
    for (auto const& value : aces)
        ++made[octets_of(value)];
    return made;
}

// What the other list has too, in the order of `from`; the trustees of the rest.
std::vector<sddl::byte_string> kept(std::vector<sddl::ace> const& from, ace_count other,
                                    std::vector<sddl::sid>& trustees) {
    std::vector<sddl::byte_string> made;
    for (auto const& value : from) {
        auto octets = octets_of(value);
        if (other[octets] == 0) {
            trustees.push_back(value.trustee);
            continue;
        }
        --other[octets];
        made.push_back(std::move(octets));
    }
    return made;
}

} // namespace

access_difference compare_access(directory::class_rights const& asked, access_state const& before,
                                 access_state const& after) {
    auto const check = [&](access_state const& state) {
        return sddl::check_access(state.descriptor, asked.tree,
                                  {.who = state.token,
                                   .self = state.self,
                                   .owner_has_implicit_rights = state.owner_has_implicit_rights});
    };
    auto const was = check(before);
    auto const is = check(after);
    access_difference made{.rights = {},
                           .has_unknown_condition = was.has_unknown_condition || is.has_unknown_condition};
    if (was.rights != is.rights)
        made.rights = right_changes(asked, was.rights, is.rights);
    return made;
}

std::vector<sddl::sid> concerned_trustees(sddl::security_descriptor const& before,
                                          sddl::security_descriptor const& after) {
    auto const was = effective_aces(before);
    auto const is = effective_aces(after);
    std::vector<sddl::sid> trustees;
    if (kept(was, count(is), trustees) != kept(is, count(was), trustees)) {
        for (auto const& value : was)
            trustees.push_back(value.trustee);
    }
    // Conditions may ask for what the SACL holds.
    if (before.sacl != after.sacl) {
        for (auto const& value : is) {
            if (sddl::is_callback(value.type))
                trustees.push_back(value.trustee);
        }
    }
    if (before.owner != after.owner) {
        for (auto const& owner : {before.owner, after.owner}) {
            if (owner)
                trustees.push_back(*owner);
        }
    }
    // What OWNER RIGHTS gives or takes, the owner has.
    if (std::find(trustees.begin(), trustees.end(), sddl::owner_rights) != trustees.end()) {
        for (auto const& owner : {before.owner, after.owner}) {
            if (owner)
                trustees.push_back(*owner);
        }
    }
    // A NULL DACL lets everybody do everything.
    if (before.dacl.has_value() != after.dacl.has_value())
        trustees.push_back(directory::everyone);
    sort_and_unite(trustees);
    return trustees;
}

} // namespace dsplan::access
