#include <tools/dsplan/access/access_difference.hpp>

#include <algorithm>

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

void add_trustees(std::vector<sddl::sid>& trustees, std::vector<sddl::ace> const& from,
                  std::vector<sddl::ace> const& other) {
    for (auto const& value : from) {
        if (std::find(other.begin(), other.end(), value) == other.end())
            trustees.push_back(value.trustee);
    }
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
    add_trustees(trustees, was, is);
    add_trustees(trustees, is, was);
    if (trustees.empty() && was != is) {
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
    if (std::find(trustees.begin(), trustees.end(), sddl::owner_rights) != trustees.end() && after.owner)
        trustees.push_back(*after.owner);
    std::sort(trustees.begin(), trustees.end());
    trustees.erase(std::unique(trustees.begin(), trustees.end()), trustees.end());
    return trustees;
}

} // namespace dsplan::access
