#pragma once
#include <sddl/access_mask.hpp>
#include <sddl/guid.hpp>
#include <tools/dsplan/directory/schema.hpp>

#include <cstdint>
#include <span>
#include <string_view>

namespace dsplan::words {

/// Kinds of objects on which a right is worth more than its name says, as bits.
namespace target {
inline constexpr std::uint32_t users = 0x1;     ///< but no computers
inline constexpr std::uint32_t computers = 0x2; ///< and accounts derived from them
inline constexpr std::uint32_t managed_accounts = 0x4;
inline constexpr std::uint32_t groups = 0x8;
inline constexpr std::uint32_t containers = 0x10; ///< organizational units, containers, domains, sites
inline constexpr std::uint32_t domain_roots = 0x20;
inline constexpr std::uint32_t policies = 0x40;
inline constexpr std::uint32_t certificates = 0x80; ///< templates, enrolment services, authorities
inline constexpr std::uint32_t accounts = users | computers | managed_accounts;
inline constexpr std::uint32_t any = 0xFFFFFFFF;
} // namespace target

/// The kinds that objects of the class are of.
[[nodiscard]] std::uint32_t targets_of(directory::schema_class const& of);

/// A right on an attribute, an extended right or a child class that takes over an object or more.
struct takeover_right {
    std::string_view rule; ///< of the review
    sddl::access_mask right;
    std::string_view attribute; ///< lDAPDisplayName, whose property set counts too; empty for the others
    sddl::guid id;              ///< of what is no attribute
    std::uint32_t targets;
    std::string_view why; ///< what the holder can do: "can set a new password without the old one"
};

/// The rights, the most dangerous ones first. [MS-ADTS] 5.1.3.2.1, [MS-ADA2]
[[nodiscard]] std::span<takeover_right const> takeover_rights();

/// Extended rights that everybody has by default or that change nothing.
[[nodiscard]] bool is_harmless_right(sddl::guid const& extended_right);

} // namespace dsplan::words
