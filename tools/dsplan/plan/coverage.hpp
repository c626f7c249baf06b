#pragma once
#include <sddl/access_mask.hpp>
#include <sddl/acl.hpp>
#include <sddl/guid.hpp>
#include <sddl/sid.hpp>

#include <cstddef>
#include <span>
#include <vector>

namespace dsplan::plan {

/// An attribute as an access check sees it: an ACE for it, for its property set or for the whole object
/// counts.
struct property_guids {
    sddl::guid attribute;
    sddl::guid property_set;
};

/// What the explicit ACEs of a domain root already give a token on every descendant object of a class.
struct coverage {
    sddl::access_mask granted;
    std::vector<std::size_t> allowed_by; ///< indices of the ACEs that grant a wanted bit first
    std::vector<std::size_t> denied_by;  ///< indices of the ACEs that deny a wanted bit first

    [[nodiscard]] bool covers(sddl::access_mask wanted) const { return granted.contains(wanted); }
};

/// Reads the ACEs in order, as an access check would: the first that speaks of a bit decides it. Type, mask
/// (generic rights mapped), both GUIDs, flags and trustee are compared, never text. An ACE counts if it
/// reaches all objects of the class below: container-inherit, no limit to one level, inherited object type
/// absent or the class; object type absent, the attribute or its property set. `token` is sorted. A
/// conditional allow ACE never counts, a conditional deny ACE does.
[[nodiscard]] coverage cover(sddl::acl const& dacl, std::span<sddl::sid const> token,
                             property_guids const& on, sddl::guid const& class_guid,
                             sddl::access_mask wanted);

/// The ACE to name where several would do: one that gives `wanted` alone, of `trustee` rather than of a group
/// it is in; all of `found.allowed_by` where no single one does.
[[nodiscard]] std::vector<std::size_t> decisive(coverage const& found, sddl::acl const& dacl,
                                                std::span<sddl::sid const> token, sddl::sid const& trustee,
                                                property_guids const& on, sddl::guid const& class_guid,
                                                sddl::access_mask wanted);

} // namespace dsplan::plan
