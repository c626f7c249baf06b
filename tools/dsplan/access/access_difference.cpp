#include <tools/dsplan/access/access_difference.hpp>
#include <tools/dsplan/words/right_words.hpp>
#include <tools/dsplan/words/rights.hpp>

#include <algorithm>

namespace dsplan::access {
namespace {

using directory::right_kind;

// What an attribute's own control access right is for: reading a confidential attribute.
bool is_worth_saying(directory::right_subject const& subject, sddl::access_mask right) {
    bool const is_property =
        subject.kind == right_kind::attribute || subject.kind == right_kind::property_set;
    if (!is_property || right != sddl::right_control_access)
        return true;
    return subject.attribute != nullptr && subject.attribute->is_confidential;
}

// A set says it for its attributes if it is one by name (a validated write's GUID may gather an attribute
// too) and there are several.
bool stands_for_others(directory::class_rights const& asked, sddl::object_type_tree::node node) {
    constexpr std::uint32_t is_property_set = 0x30; // validAccesses
    auto const& subject = asked.subjects[node];
    if (subject.kind != right_kind::property_set)
        return true;
    return subject.right != nullptr && (subject.right->valid_accesses & is_property_set) != 0 &&
           asked.tree[node].end > node + 2;
}

// A node whose whole changes the same way says it for this one. Rights beside the class are said by the
// object's.
bool is_said_above(std::vector<sddl::access_mask> const& changed, directory::class_rights const& asked,
                   sddl::object_type_tree::node node, sddl::access_mask right) {
    if (node == sddl::object_type_tree::object)
        return false;
    auto const parent = asked.tree[node].parent;
    auto const above = parent == sddl::object_type_tree::none ? sddl::object_type_tree::object : parent;
    return (changed[above].contains(right) && stands_for_others(asked, above)) ||
           is_said_above(changed, asked, above, right);
}

std::vector<sddl::access_mask> only_in(std::vector<sddl::access_mask> const& one,
                                       std::vector<sddl::access_mask> const& other) {
    std::vector<sddl::access_mask> made(one.size());
    for (std::size_t node = 0; node < one.size(); ++node)
        made[node].bits = one[node].bits & ~other[node].bits;
    return made;
}

void add_words(right_differences& differences, bool gained, std::vector<sddl::access_mask> const& changed,
               directory::class_rights const& asked) {
    for (sddl::object_type_tree::node node = 0; node < changed.size(); ++node) {
        for (auto const& row : words::right_words) {
            if (changed[node].contains(row.bit) && stands_for_others(asked, node) &&
                is_worth_saying(asked.subjects[node], row.bit) &&
                !is_said_above(changed, asked, node, row.bit))
                differences.emplace(gained, words::right_text(asked.subjects[node], row.bit));
        }
    }
}

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
    if (was.rights == is.rights)
        return made;
    add_words(made.rights, true, only_in(is.rights, was.rights), asked);
    add_words(made.rights, false, only_in(was.rights, is.rights), asked);
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
