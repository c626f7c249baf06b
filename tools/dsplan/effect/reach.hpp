#pragma once
#include <sddl/access_mask.hpp>
#include <sddl/acl.hpp>
#include <sddl/guid.hpp>
#include <tools/dsplan/directory/forest.hpp>
#include <tools/dsplan/directory/protected_accounts.hpp>
#include <tools/dsplan/directory/snapshot.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

namespace dsplan::effect {

/// An attribute as an access check sees it: an ACE for it, for its property set or for the whole object
/// counts.
struct property {
    sddl::guid attribute;
    sddl::guid property_set;
};

/// A class of objects that a question is about.
struct object_class {
    std::string ldap_display_name;
    sddl::guid guid;
};

/// Whether an ACE can decide a right of the token on the property. `token` is sorted. A conditional allow ACE
/// cannot: nobody knows the claims offline; a conditional deny ACE is taken as one that denies.
[[nodiscard]] bool concerns(sddl::ace const& ace, std::span<sddl::sid const> token, property const& on);

/// Whether an ACE is inherited by objects of the class at every depth below, and effective there.
[[nodiscard]] bool reaches_descendants(sddl::ace const& ace, sddl::guid const& class_guid);

enum class obstacle : std::uint8_t {
    protected_account,   ///< AdminSDHolder's list is on it, or will be within the hour
    blocked_inheritance, ///< its own list or a container's takes nothing from above
    denied,              ///< a deny ACE comes first
    not_granted,         ///< nothing keeps a grant away, but there is none
    unknown,             ///< a descriptor or a parent that the export lacks
};

/// An object that a grant does not arrive at.
struct unreached {
    std::string dn;
    obstacle why = obstacle::unknown;
    std::string because; ///< DN of the group, container or object that is the reason
};

/// On how many objects a right arrives.
struct reach {
    std::string account;                ///< who
    std::size_t objects = 0;            ///< of the class, in the domains asked about
    std::size_t already = 0;            ///< where the account has the right before the change
    std::size_t gained = 0;             ///< where it has it only after the change
    std::vector<unreached> not_reached; ///< by DN
    std::vector<std::string> others;    ///< other accounts that gain it, by name
};

/// Before or after: a token and the lists that the change replaces.
struct state {
    std::vector<sddl::sid> token;
    std::function<sddl::acl const*(directory::entry const&)> dacl_of; ///< null: no list known
};

/// Walks every object of `classes` below the domain roots and asks, from the ACEs of the object and of its
/// ancestors, whether the token has all rights of `wanted` on the property. Stored inherited ACEs are not
/// believed but computed.
[[nodiscard]] reach measure_reach(directory::snapshot const& exported,
                                  std::span<directory::domain const> domains,
                                  directory::protected_accounts const& protected_ones,
                                  std::span<object_class const> classes, property const& on,
                                  sddl::access_mask wanted, state const& before, state const& after);

} // namespace dsplan::effect
