#pragma once
#include <sddl/ace.hpp>
#include <sddl/domain_sids.hpp>
#include <sddl/parse_error.hpp>
#include <sddl/security_descriptor.hpp>

#include <string_view>
#include <vector>

namespace dsplan::sddl {

/// Reads an SDDL string as Windows' own conversion function does. [MS-DTYP] 2.5.1
///
/// An alias that needs a domain SID which `sids` lacks is an error that says so; nothing is guessed.
///
///     auto descriptor = parse("O:BAG:BAD:(A;;GA;;;SY)");
[[nodiscard]] result<security_descriptor> parse(std::string_view text, domain_sids const& sids = {});

/// The same, and adds to `warnings` what Windows takes but a reviewer should not: numbers that saturate or
/// wrap, a hexadecimal SID revision, repeated flags, a number where letters exist, no rights at all.
[[nodiscard]] result<security_descriptor> parse(std::string_view text, domain_sids const& sids,
                                                std::vector<parse_error>& warnings);

/// The same, and refuses what the other warns about.
[[nodiscard]] result<security_descriptor> parse_strict(std::string_view text, domain_sids const& sids = {});

/// Reads one ACE, "(A;CI;RPWP;;;AU)".
[[nodiscard]] result<ace> parse_ace(std::string_view text, domain_sids const& sids = {});

/// Reads an account as SDDL spells it: "S-1-5-18" or a two-letter alias.
[[nodiscard]] result<sid> parse_trustee(std::string_view text, domain_sids const& sids = {});

} // namespace dsplan::sddl
