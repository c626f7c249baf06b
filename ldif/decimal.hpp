#pragma once
#include <charconv>
#include <optional>
#include <string_view>
#include <system_error>

namespace dsplan::ldif {

/// The number that the whole of `text` is in decimal digits, with a '-' where Integer has a sign; nothing for
/// every other text and for what Integer cannot hold: read_decimal<std::int64_t>("-512"). RFC 4517 3.3.16
template <class Integer>
[[nodiscard]] std::optional<Integer> read_decimal(std::string_view text) {
    Integer value{};
    auto const* const end = text.data() + text.size();
    auto const read = std::from_chars(text.data(), end, value);
    return read.ec == std::errc{} && read.ptr == end ? std::optional(value) : std::nullopt;
}

} // namespace dsplan::ldif
