#pragma once
#include <sddl/ace.hpp>
#include <sddl/domain_sids.hpp>
#include <sddl/security_descriptor.hpp>

#include <string>

namespace dsplan::sddl {

// What the specification and what is known of Windows leave open, and what we chose:
//  - An access mask that equals a file or a key set is printed as that set; KX, the same bits, as KR. Every
//    other mask is printed in the letters of the directory, whatever it guards.
//  - A label's mask is printed in NW NR NX if those are all its bits, else as a number.
//  - Octets in conditions and claims are printed in capitals, with '#' in conditions and without in claims.
//  - The values of TU and TI claims are printed in decimal without a plus sign, those of TB as 0 and 1.
//  - An integer of a condition keeps its base and sign, as its octets have them.
//  - Authorities from 2^32 on are printed as 0x and capitals, without leading zeros.
//  - An ACE without a text of its own is printed as (?TT;flags;;;;;octets), TT being its type.

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
