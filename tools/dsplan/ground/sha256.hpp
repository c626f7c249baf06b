#pragma once
#include <string>
#include <string_view>

namespace dsplan {

/// The SHA-256 of `octets`, 32 octets. FIPS 180-4
[[nodiscard]] std::string sha256_octets(std::string_view octets);

/// The same in lower-case hexadecimal.
[[nodiscard]] std::string sha256_hex(std::string_view octets);

} // namespace dsplan
