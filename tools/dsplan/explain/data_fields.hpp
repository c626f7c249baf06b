#pragma once
#include <sddl/bytes.hpp>
#include <sddl/domain_sids.hpp>
#include <sddl/sid.hpp>
#include <tools/dsplan/explain/byte_fields.hpp>

#include <string_view>
#include <vector>

namespace dsplan::explain {

// What the octets after the account of an ACE say, field by field. Offsets count from the first of them, and
// so do depths; `part` is empty. Octets that cannot be read are one field that says why.

/// A condition, token by token. [MS-DTYP] 2.4.4.17.4
[[nodiscard]] std::vector<byte_field> condition_fields(sddl::byte_view data, sddl::domain_sids const& sids);

/// A resource attribute: its header, name and values, and what none of them covers. [MS-DTYP] 2.4.10.1
[[nodiscard]] std::vector<byte_field> claim_fields(sddl::byte_view data, sddl::domain_sids const& sids);

/// A SID: revision, count, authority and sub-authorities.
[[nodiscard]] std::vector<byte_field> sid_fields(sddl::sid const& value, std::string_view name,
                                                 sddl::domain_sids const& sids);

/// Appends `added`, moved by `offset` and `depth`.
void append_fields(std::vector<byte_field>& fields, std::vector<byte_field> added, std::size_t offset,
                   int depth, std::string_view part = {});

} // namespace dsplan::explain
