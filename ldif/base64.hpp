#pragma once
#include <ldif/parse_error.hpp>

#include <string>
#include <string_view>

namespace dsplan::ldif {

/// RFC 4648 section 4, padded, no line breaks.
[[nodiscard]] std::string encode_base64(std::string_view octets);

/// Strict: the alphabet, whole groups, right padding with zero bits in it, nothing behind. The error's column
/// counts from 1 at the start of `text`.
[[nodiscard]] result<std::string> decode_base64(std::string_view text);

} // namespace dsplan::ldif
