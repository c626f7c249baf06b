#pragma once
#include <sddl/sid.hpp>
#include <tools/dsplan/directory/snapshot.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace dsplan::directory {

/// Where membership of a group counts in an access check. [MS-ADTS] 2.2.12
enum class group_scope : std::uint8_t {
    everywhere, ///< global and universal groups, and what is no group
    own_domain, ///< domain local and built-in groups: on objects of their own domain only
    nowhere,    ///< distribution groups are in no token
};

/// By groupType; without it a built-in group is local to its domain, and any other is taken for a security
/// group that counts everywhere: distribution groups are the exception.
[[nodiscard]] group_scope scope_of(entry const& object);

/// True for a group whose type the export lacks and its SID does not tell.
[[nodiscard]] bool lacks_group_type(entry const& object);

/// The domain that an object lies in, "dc=contoso,dc=com" of its normalised name; empty where domain
/// controllers of every domain hold the object: the configuration, the schema, forest-wide DNS zones.
[[nodiscard]] std::string_view domain_part(std::string_view key);

/// Whether a token for objects in `domain` (empty: of no domain) holds the group's SID.
[[nodiscard]] bool counts_in(entry const& group, std::string_view domain);

/// The domain's SID and primaryGroupID; nothing where the export lacks one of them.
[[nodiscard]] std::optional<sddl::sid> primary_group_of(entry const& account);

/// The SID that a foreign security principal is named by, "CN=S-1-5-11,CN=ForeignSecurityPrincipals,…".
[[nodiscard]] std::optional<sddl::sid> sid_in_name(std::string_view dn);

} // namespace dsplan::directory
