#pragma once
#include <sddl/domain_sids.hpp>
#include <sddl/security_descriptor.hpp>
#include <tools/dsplan/plan/plan.hpp>

#include <string_view>
#include <vector>

namespace dsplan::plan {

/// What a `part_change` is about.
namespace part_names {
inline constexpr std::string_view owner = "owner";
inline constexpr std::string_view group = "group";
inline constexpr std::string_view inheritance = "inheritance";
inline constexpr std::string_view inherited_aces = "inherited ACEs";
inline constexpr std::string_view order = "order of the ACEs";
inline constexpr std::string_view audit_inheritance = "inheritance of auditing";
inline constexpr std::string_view audit_ace = "auditing ACE";
} // namespace part_names

/// What differs between two descriptors besides explicit ACEs of the DACL.
[[nodiscard]] std::vector<part_change> part_changes(sddl::security_descriptor const& before,
                                                    sddl::security_descriptor const& after,
                                                    sddl::domain_sids const& sids);

/// The same of octets; none where one of them is no descriptor.
[[nodiscard]] std::vector<part_change> part_changes(std::string_view before, std::string_view after,
                                                    sddl::domain_sids const& sids);

/// What a change does, without its object: "remove 1 ACE and add 2 ACEs", "set the owner".
[[nodiscard]] std::string what_changes(permission_change const& change);

/// True where the change does no more than let the object inherit again.
[[nodiscard]] bool only_allows_inheritance(permission_change const& change);

} // namespace dsplan::plan
