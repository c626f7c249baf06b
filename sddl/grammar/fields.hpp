#pragma once
#include <sddl/ace.hpp>
#include <sddl/domain_sids.hpp>
#include <sddl/parse_error.hpp>
#include <sddl/sid.hpp>

#include <optional>
#include <string_view>
#include <vector>

// The readers of the fields of an ACE and of the account of O: and G:. Each takes the whole text of its
// field; offsets in errors and warnings count from its start.
namespace dsplan::sddl::grammar {

using warnings = std::vector<parse_error>;

[[nodiscard]] result<ace_type_row const*> read_type(std::string_view text);

/// OI CI NP IO ID CR SA FA in any order, either case.
[[nodiscard]] result<std::uint8_t> read_ace_flags(std::string_view text, warnings& odd);

/// Letters, or one number.
[[nodiscard]] result<access_mask> read_rights(std::string_view text, ace_type type, warnings& odd);

/// Empty, blanks or a GUID.
[[nodiscard]] result<std::optional<guid>> read_guid_field(std::string_view text);

/// An alias or a numeric SID. `may_trail` says whether blanks may follow a numeric SID too.
[[nodiscard]] result<sid> read_trustee(std::string_view text, domain_sids const& sids, bool may_trail,
                                       warnings& odd);

/// The flags of an ACL.
struct acl_flags {
    bool is_protected = false;
    bool auto_inherit_required = false;
    bool auto_inherited = false;
    bool no_access_control = false;
};

/// P AR AI NO_ACCESS_CONTROL in any order, either case, blanks anywhere between.
[[nodiscard]] result<acl_flags> read_acl_flags(std::string_view text, warnings& odd);

} // namespace dsplan::sddl::grammar
