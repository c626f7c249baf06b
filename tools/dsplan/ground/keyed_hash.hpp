#pragma once
#include <cstddef>
#include <string>
#include <string_view>

namespace dsplan {

/// `size` octets that depend on `text` and on a secret `key` of any length, and
/// tell neither. HMAC with SHA-256, RFC 2104
[[nodiscard]] std::string keyed_octets(std::string_view key, std::string_view text, std::size_t size);

} // namespace dsplan
