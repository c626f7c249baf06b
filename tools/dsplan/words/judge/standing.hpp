#pragma once
#include <sddl/domain_sids.hpp>
#include <sddl/sid.hpp>
#include <tools/dsplan/directory/snapshot.hpp>

#include <cstdint>

namespace dsplan::words {

/// How much a right in the hands of an account is worth worrying about.
enum class standing : std::uint8_t {
    ordinary,
    nearly_everybody, ///< every account of a domain or nearly so, those of attackers too
    administrative,   ///< holds the directory anyway
    unknown_domain,   ///< the RID of an administrator, in a domain that may or may not be this one
};

/// True for Everyone, Authenticated Users, Anonymous, Users, Guests, Pre-Windows 2000 Compatible Access,
/// whoever logs on in some way, an asserted identity, and of any domain Users, Guests and Computers.
[[nodiscard]] bool is_nearly_everybody(sddl::sid const& account);

/// The standing of an account in the domain and forest of `sids`, and in the domains whose roots `exported`
/// holds. Domain Admins and their like of another domain are ordinary; where no domain is known, nobody can
/// say.
[[nodiscard]] standing standing_of(sddl::sid const& account, sddl::domain_sids const& sids,
                                   directory::snapshot const* exported = nullptr);

/// True for administrators, System, controllers, and for groups that hold every administrator who logs on:
/// a deny ACE for them may lock everybody out.
[[nodiscard]] bool includes_administrators(sddl::sid const& account, standing of_account);

/// The relative identifier of an account of a domain; 0 for any other SID.
[[nodiscard]] std::uint32_t domain_identifier(sddl::sid const& account);

} // namespace dsplan::words
