#include <tools/dsplan/plan/list_cover.hpp>

#include <algorithm>

namespace dsplan::plan {
namespace {

using sddl::permission;

sddl::access_mask covered_rights(permission const& outer, permission const& wanted,
                                 sddl::property_set_of const& set_of) {
    sddl::access_mask covered;
    for (std::uint32_t bit = 1; bit != 0; bit <<= 1U) {
        auto one = wanted;
        one.rights = {bit & wanted.rights.bits};
        if (one.rights.bits != 0 && sddl::covers(outer, one, set_of))
            covered = covered | one.rights;
    }
    return covered;
}

bool holds(std::vector<sddl::sid> const& token, sddl::sid const& trustee) {
    return std::find(token.begin(), token.end(), trustee) != token.end();
}

} // namespace

tracked_list tracked(sddl::acl const& list) {
    tracked_list made;
    for (std::size_t index = 0; index < list.aces.size(); ++index)
        made.push_back({list.aces[index], index});
    return made;
}

std::vector<sddl::ace> values_of(tracked_list const& aces) {
    std::vector<sddl::ace> made;
    for (auto const& each : aces)
        made.push_back(each.value);
    return made;
}

sddl::acl list_of(sddl::acl const& before, tracked_list const& aces) {
    auto made = before;
    made.aces = values_of(aces);
    made.revision = std::max(before.revision, sddl::revision_for(made.aces));
    return made;
}

std::optional<sddl::permission> permission_at_most(sddl::ace value) {
    if (!sddl::is_callback(value.type))
        return sddl::permission_of(value);
    if (!sddl::is_allow(value.type) && !sddl::is_deny(value.type))
        return std::nullopt;
    auto const effect = sddl::row_of(value.type).effect;
    value.type = sddl::unconditional_type(effect, sddl::is_object_type(value.type));
    value.data.clear();
    return sddl::permission_of(value);
}

list_cover cover(tracked_list const& aces, permission const& wanted, bool only_explicit,
                 sddl::property_set_of const& set_of) {
    list_cover found;
    for (auto const& each : aces) {
        auto const said = sddl::permission_of(each.value);
        if (!said || (only_explicit && !is_explicit(each)))
            continue;
        auto const rights = covered_rights(*said, wanted, set_of);
        if ((rights.bits & ~found.rights.bits) == 0)
            continue;
        found.rights = found.rights | rights;
        if (each.was)
            found.aces.push_back(*each.was);
    }
    return found;
}

std::vector<std::size_t> denials_of(tracked_list const& aces, permission const& wanted,
                                    std::vector<sddl::sid> const& token,
                                    sddl::property_set_of const& set_of) {
    std::vector<std::size_t> found;
    for (auto const& each : aces) {
        if (!sddl::is_deny(each.value.type) || !each.was || !is_explicit(each) ||
            !holds(token, each.value.trustee))
            continue;
        auto said = permission_at_most(each.value);
        if (!said)
            continue;
        said->denies = false;
        said->trustee = wanted.trustee;
        if (sddl::overlaps(*said, wanted, set_of))
            found.push_back(*each.was);
    }
    return found;
}

std::vector<std::size_t> covered_through_groups(tracked_list const& aces, permission const& wanted,
                                                std::vector<sddl::sid> const& token,
                                                sddl::property_set_of const& set_of) {
    std::vector<std::size_t> found;
    for (auto const& each : aces) {
        auto said = sddl::permission_of(each.value);
        if (!said || !each.was || said->trustee == wanted.trustee || !holds(token, said->trustee))
            continue;
        said->trustee = wanted.trustee;
        if (sddl::covers(*said, wanted, set_of))
            found.push_back(*each.was);
    }
    return found;
}

} // namespace dsplan::plan
