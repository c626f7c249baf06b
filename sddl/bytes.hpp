#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace dsplan::sddl {

/// Octets that somebody else owns, such as an nTSecurityDescriptor value: `std::as_bytes(std::span(text))`.
using byte_view = std::span<std::byte const>;

/// Octets that this object owns.
using byte_string = std::vector<std::byte>;

/// The little-endian fields of the binary forms. Callers check the bounds.
[[nodiscard]] constexpr std::uint8_t octet_at(byte_view bytes, std::size_t offset) {
    return std::to_integer<std::uint8_t>(bytes[offset]);
}

[[nodiscard]] constexpr std::uint16_t u16_at(byte_view bytes, std::size_t offset) {
    return static_cast<std::uint16_t>(octet_at(bytes, offset) | octet_at(bytes, offset + 1) << 8);
}

[[nodiscard]] constexpr std::uint32_t u32_at(byte_view bytes, std::size_t offset) {
    return u16_at(bytes, offset) | std::uint32_t{u16_at(bytes, offset + 2)} << 16;
}

[[nodiscard]] constexpr std::uint64_t u64_at(byte_view bytes, std::size_t offset) {
    return u32_at(bytes, offset) | std::uint64_t{u32_at(bytes, offset + 4)} << 32;
}

} // namespace dsplan::sddl
