#pragma once
#include <cstddef>
#include <span>
#include <vector>

namespace dsplan::sddl {

/// Octets that somebody else owns, such as an nTSecurityDescriptor value: `std::as_bytes(std::span(text))`.
using byte_view = std::span<std::byte const>;

/// Octets that this object owns.
using byte_string = std::vector<std::byte>;

} // namespace dsplan::sddl
