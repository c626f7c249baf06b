#pragma once
#include <sddl/ace.hpp>
#include <sddl/domain_sids.hpp>
#include <sddl/security_descriptor.hpp>

#include <string>

namespace dsplan::sddl {

/// The SDDL string that Windows prints; an alias only where the SID is well known everywhere or lies in one
/// of `sids`. [MS-DTYP] 2.5.1
///
/// An ACE that SDDL has no text for (an unknown type) is written in a marked form that `parse` refuses, so
/// that it can never be taken for another ACE.
[[nodiscard]] std::string write(security_descriptor const& descriptor, domain_sids const& sids = {});

/// "(A;CI;RPWP;;;AU)"
[[nodiscard]] std::string write_ace(ace const& value, domain_sids const& sids = {});

/// "BA" or "S-1-5-21-…"
[[nodiscard]] std::string write_trustee(sid const& value, domain_sids const& sids = {});

/// "RPWP", "FA" or "0x30": the rights field of an ACE.
[[nodiscard]] std::string write_rights(access_mask mask);

/// "NWNR": the rights field of a mandatory label.
[[nodiscard]] std::string write_label_rights(access_mask mask);

} // namespace dsplan::sddl
