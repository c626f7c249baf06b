#pragma once
#include <ldif/parse_error.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace dsplan::ldif {

/// RFC 4648 section 4, padded, no line breaks.
[[nodiscard]] std::string encode_base64(std::string_view octets);

/// The same, appended.
void append_base64(std::string& text, std::string_view octets);

/// Strict: the alphabet, whole groups, right padding with zero bits in it, nothing behind. The error's column
/// counts from 1 at the start of `text`.
[[nodiscard]] result<std::string> decode_base64(std::string_view text);

/// Room that decode_base64_into needs for `size` characters.
[[nodiscard]] constexpr std::size_t decoded_size_limit(std::size_t size) {
    return size / 4 * 3 + 3;
}

/// `decode_base64` into `octets`, which may begin where `text` does; returns how many octets there are.
[[nodiscard]] result<std::size_t> decode_base64_into(std::string_view text, char* octets);

} // namespace dsplan::ldif
