#include <tools/dsplan/access/access_difference.hpp>
#include <tools/dsplan/directory/token.hpp>
#include <tools/dsplan/ground/ascending.hpp>

#include <algorithm>
#include <map>

namespace dsplan::access {
namespace {

using ace_list = std::vector<sddl::ace const*>;

ace_list effective_aces(sddl::security_descriptor const& from) {
    ace_list made;
    if (!from.dacl)
        return made;
    for (auto const& value : from.dacl->aces)
        if (!value.has(sddl::ace_flag::inherit_only))
            made.push_back(&value);
    return made;
}

// How it came and travels does not matter to an access check.
bool is_same(sddl::ace const* left, sddl::ace const* right) {
    return left->type == right->type && left->mask == right->mask && left->trustee == right->trustee &&
           left->object_type == right->object_type &&
           left->inherited_object_type == right->inherited_object_type &&
           left->reserved_object_flags == right->reserved_object_flags && left->data == right->data;
}

// What both begin and end with decides the same before and after.
void leave_out_common_ends(ace_list& left, ace_list& right) {
    auto const begins = std::mismatch(left.begin(), left.end(), right.begin(), right.end(), is_same);
    left.erase(left.begin(), begins.first);
    right.erase(right.begin(), begins.second);
    auto const ends = std::mismatch(left.rbegin(), left.rend(), right.rbegin(), right.rend(), is_same);
    left.erase(ends.first.base(), left.end());
    right.erase(ends.second.base(), right.end());
}

using ace_count = std::map<sddl::byte_string, std::size_t>; // by octets

sddl::byte_string octets_of(sddl::ace value) {
    value.flags = 0;
    sddl::byte_string octets;
    sddl::append(octets, value);
    return octets;
}

ace_count count(ace_list const& aces) {
    ace_count made;
    for (auto const* const value : aces)
        ++made[octets_of(*value)];
    return made;
}

// What the other list has too, in the order of `from`; the trustees of the rest.
std::vector<sddl::byte_string> kept(ace_list const& from, ace_count other, std::vector<sddl::sid>& trustees) {
    std::vector<sddl::byte_string> made;
    for (auto const* const value : from) {
        auto octets = octets_of(*value);
        if (other[octets] == 0) {
            trustees.push_back(value->trustee);
            continue;
        }
        --other[octets];
        made.push_back(std::move(octets));
    }
    return made;
}

} // namespace

access_difference compare_access(directory::class_rights const& asked, access_state const& before,
                                 access_state const& after, right_change_memory* known) {
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
        made.rights = known != nullptr ? known->of(asked, was.rights, is.rights)
                                       : right_changes(asked, was.rights, is.rights);
    return made;
}

std::vector<sddl::sid> concerned_trustees(sddl::security_descriptor const& before,
                                          sddl::security_descriptor const& after) {
    auto was = effective_aces(before);
    auto is = effective_aces(after);
    std::vector<sddl::sid> trustees;
    // Conditions may ask for what the SACL holds.
    if (before.sacl != after.sacl) {
        for (auto const* const value : is) {
            if (sddl::is_callback(value->type))
                trustees.push_back(value->trustee);
        }
    }
    leave_out_common_ends(was, is);
    if (kept(was, count(is), trustees) != kept(is, count(was), trustees)) {
        for (auto const* const value : was)
            trustees.push_back(value->trustee);
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
