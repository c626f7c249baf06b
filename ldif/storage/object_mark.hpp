#pragma once
#include <string>
#include <string_view>

namespace dsplan::ldif {

/// The sixteen octets of an objectGUID, which ldbsearch writes as text; any other value as it is.
/// MS-DTYP 2.3.4
[[nodiscard]] std::string object_mark(std::string_view value);

} // namespace dsplan::ldif
