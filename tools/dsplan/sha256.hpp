#pragma once
#include <string>
#include <string_view>

namespace dsplan {

/// The SHA-256 of `octets` in lower-case hexadecimal. FIPS 180-4
[[nodiscard]] std::string sha256_hex(std::string_view octets);

} // namespace dsplan
