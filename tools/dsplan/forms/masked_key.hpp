#pragma once
#include <tools/dsplan/forms/masked_names.hpp>

#include <string>
#include <string_view>

namespace dsplan {

/// The data of a value of msDS-KeyCredentialLink with another key and device:
/// of the same kind and size, and its hashes are right where they were right.
/// Other octets where it cannot be read. [MS-ADTS] 2.2.20
[[nodiscard]] std::string masked_key_credential(std::string_view octets, masked_names const& names);

} // namespace dsplan
