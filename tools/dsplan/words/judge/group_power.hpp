#pragma once
#include <sddl/sid.hpp>

#include <cstdint>
#include <string_view>

namespace dsplan::words {

/// A group that every domain has, and what its members may do.
struct known_group {
    std::uint32_t identifier; ///< relative to its domain or to S-1-5-32; 0 where it differs by domain
    bool is_builtin;
    std::string_view name;   ///< in English
    std::string_view powers; ///< "full control of the domain and its controllers"; empty without any
    bool takes_over;         ///< its members can take over the domain or many accounts
};

/// By the RID in a domain: 512 is Domain Admins. Null for others.
[[nodiscard]] known_group const* find_domain_group(std::uint32_t identifier);

/// "Domain Users" of 513; empty for groups that a domain may or may not have.
[[nodiscard]] std::string_view domain_group_name(std::uint32_t identifier);

/// Of any domain, or built in. Null for others.
[[nodiscard]] known_group const* find_known_group(sddl::sid const& group);

/// By the name that a Windows of some language gives a group in CN=Users or CN=Builtin; null for others.
[[nodiscard]] known_group const* find_known_group(std::string_view name);

/// Whether the name says that its members administer or operate something, in a language other than English.
[[nodiscard]] bool looks_like_administrators(std::string_view name);

/// Whether a Windows of some language calls the built-in Administrator, or the Guest, so.
[[nodiscard]] bool is_administrator_name(std::string_view name);
[[nodiscard]] bool is_guest_name(std::string_view name);

/// True for groups whose members can take over the domain or many accounts, those that AdminSDHolder protects
/// among them.
[[nodiscard]] bool takes_over(sddl::sid const& group);

/// What the members of a well-known group may do; empty for others.
[[nodiscard]] std::string_view well_known_power(sddl::sid const& group);

} // namespace dsplan::words
