#pragma once
#include <sddl/well_known_sids.hpp>
#include <tools/dsplan/paths/directory_side.hpp>

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <vector>

namespace dsplan::paths {

/// Relative identifier of the group whose members are tier 0 by their flags: the group alone may not
/// replicate.
inline constexpr std::uint32_t domain_controllers_group = sddl::named_rid("Domain Controllers");

/// What a person adds to tier 0 or takes out of it; objects of the base.
struct tier_zero_choice {
    std::vector<object_index> added;
    std::vector<object_index> with_contents; ///< containers, with the accounts below
    std::vector<object_index> removed;       ///< the core cannot be
    std::vector<std::string> unmatched;      ///< lines that name no object of the export, or several
};

/// The objects that hold the domain, and those that hold them.
struct tier_zero {
    std::vector<bool> core;    ///< by what they are, one an object
    std::vector<bool> objects; ///< the core, and who is in its groups
    std::size_t count = 0;
    std::set<sddl::sid> sids;         ///< of all of them
    std::vector<object_index> kept{}; ///< what was to be removed, and is of the core

    [[nodiscard]] bool contains(object_index object) const {
        return object < objects.size() && objects[object];
    }
};

/// Roots of the domains, the configuration and the schema, AdminSDHolder, the groups and accounts that
/// administer, domain controllers and their containers, the public key infrastructure; who is in the groups.
[[nodiscard]] tier_zero find_tier_zero(access::directory_image const& image, tier_zero_choice const& choice);

/// What tier 0 always has and the export lacks, in words: "AdminSDHolder", "the group Administrators".
[[nodiscard]] std::vector<std::string> missing_from_tier_zero(access::directory_image const& image);

/// True for the SIDs of groups and accounts that are tier 0 by themselves, whether or not an object has them.
[[nodiscard]] bool is_tier_zero(sddl::sid const& sid);

/// True for a group that holds everybody or nearly so: it is a source, and its members are not listed.
[[nodiscard]] bool holds_everybody(access::directory_image const& image, object_index group);

} // namespace dsplan::paths
