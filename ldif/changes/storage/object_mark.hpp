#pragma once
#include <ldif/record_view.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace dsplan::ldif {

/// The sixteen octets of an objectGUID, which ldbsearch writes as text; any other value as it is.
/// MS-DTYP 2.3.4
[[nodiscard]] std::string object_mark(std::string_view value);

/// The octets of an objectSid, which ldbsearch writes as text too. MS-DTYP 2.4.2.1, 2.4.2.2
[[nodiscard]] std::string sid_mark(std::string_view value);

/// Octets of the relative identifier at the end of an account's SID. MS-DTYP 2.4.2.2
inline constexpr std::size_t size_of_rid = 4;

/// What tells an entry from all others whatever its name: its objectGUID, or where it is not exported the
/// objectSid of an account, with a letter in front that says which; empty where there is neither.
[[nodiscard]] std::string object_mark(record_view const& record);

/// False for entries that are certainly two: with marks of one kind, and different ones.
[[nodiscard]] bool may_be_one(std::string_view mark, std::string_view other);

} // namespace dsplan::ldif
