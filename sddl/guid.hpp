#pragma once
#include <sddl/bytes.hpp>
#include <sddl/parse_error.hpp>

#include <fmt/core.h>

#include <array>
#include <compare>
#include <cstddef>
#include <string_view>

namespace dsplan::sddl {

/// A GUID as it stands in a descriptor: 16 octets, the first three fields little-endian. [MS-DTYP] 2.3.4.2
struct guid {
    std::array<std::byte, 16> octets{};

    friend auto operator<=>(guid const&, guid const&) = default;
};

/// Reads "5b47d60f-6090-40b2-9f37-2a4de88f3063", either case, without braces. [MS-DTYP] 2.3.4.3
[[nodiscard]] result<guid> parse_guid(std::string_view text);

/// Takes exactly 16 octets.
[[nodiscard]] result<guid> read_guid(byte_view bytes);

} // namespace dsplan::sddl

/// `{}` is the lower-case text form without braces.
template <>
struct fmt::formatter<dsplan::sddl::guid> {
    constexpr auto parse(format_parse_context& context) { return context.begin(); }
    format_context::iterator format(dsplan::sddl::guid const& value, format_context& context) const;
};
