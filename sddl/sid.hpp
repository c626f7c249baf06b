#pragma once
#include <sddl/bytes.hpp>
#include <sddl/parse_error.hpp>

#include <fmt/core.h>

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace dsplan::sddl {

/// A security identifier, a plain value of fixed size. [MS-DTYP] 2.4.2
///
/// Sub-authorities past `sub_authority_count` are zero, so the defaulted comparison is the comparison of
/// SIDs.
struct sid {
    static constexpr std::size_t max_sub_authorities = 15;

    std::uint8_t revision = 1;
    std::uint8_t sub_authority_count = 0;
    std::array<std::uint8_t, 6> identifier_authority{}; ///< big-endian, as in the binary form
    std::array<std::uint32_t, max_sub_authorities> sub_authorities{};

    friend auto operator<=>(sid const&, sid const&) = default;
};

/// sid of the shape S-1-`authority`-`sub_authorities…`; at most 15 sub-authorities.
[[nodiscard]] constexpr sid make_sid(std::uint64_t authority,
                                     std::span<std::uint32_t const> sub_authorities) {
    sid made;
    for (std::size_t index = 0; index < 6; ++index)
        made.identifier_authority[index] = static_cast<std::uint8_t>(authority >> (8 * (5 - index)));
    for (std::uint32_t const sub_authority : sub_authorities)
        made.sub_authorities[made.sub_authority_count++] = sub_authority;
    return made;
}

/// Octets of the binary form: 8 + 4 for each sub-authority.
[[nodiscard]] constexpr std::size_t size_of(sid const& value) {
    return 8U + 4U * value.sub_authority_count;
}

/// The last sub-authority, "relative identifier" of a domain account; nothing for a SID without
/// sub-authorities.
[[nodiscard]] std::optional<std::uint32_t> relative_identifier(sid const& value);

/// The SID without its last sub-authority: of an account, its domain.
[[nodiscard]] std::optional<sid> domain_of(sid const& account);

/// `domain` with `rid` appended; nothing if it has 15 sub-authorities already.
[[nodiscard]] std::optional<sid> with_relative_identifier(sid const& domain, std::uint32_t rid);

/// True for S-1-5-21-a-b-c: what a domain's objectSid looks like.
[[nodiscard]] bool is_domain_sid(sid const& value);

/// Reads "S-1-5-21-…" (no aliases, no blanks, no hexadecimal revision). [MS-DTYP] 2.4.2.1
[[nodiscard]] result<sid> parse_sid(std::string_view text);

/// Reads the SID at the start of `bytes`; what follows it is left alone. [MS-DTYP] 2.4.2.2
[[nodiscard]] result<sid> read_sid(byte_view bytes);

/// Appends the binary form.
void append(byte_string& bytes, sid const& value);

} // namespace dsplan::sddl

/// `{}` is the canonical text form, S-1-5-32-544.
template <>
struct fmt::formatter<dsplan::sddl::sid> {
    constexpr auto parse(format_parse_context& context) { return context.begin(); }
    format_context::iterator format(dsplan::sddl::sid const& value, format_context& context) const;
};
