#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dsplan::review {

/// How the values of an attribute are read for people.
enum class syntax : std::uint8_t {
    text,
    flags,            ///< a number of bits with names
    filetime,         ///< a moment
    interval,         ///< a negative number of 100-nanosecond steps
    generalized_time, ///< a moment as text
    sid,
    guid,
    descriptor,       ///< octets
    descriptor_text,  ///< SDDL
    key_credential,   ///< DN-Binary
    group_identifier, ///< a RID of the domain
    secret,           ///< a password: never shown
};

/// A bit, or a few that go together, with its name.
struct flag_row {
    std::uint32_t bits;
    std::string_view name;
    std::string_view words;
};

/// How values of the attribute are read; `text` for every one that the table lacks.
[[nodiscard]] syntax syntax_of(std::string_view description);

/// True for a security descriptor, as octets or as text.
[[nodiscard]] bool is_descriptor(std::string_view description);

/// The bits of the attribute; empty where it has none.
[[nodiscard]] std::span<flag_row const> flags_of(std::string_view description);

/// "0x200 NORMAL_ACCOUNT: an ordinary user", one for each bit that is set; a bit without a name is said to
/// be.
[[nodiscard]] std::vector<std::string> flag_texts(std::span<flag_row const> rows, std::uint32_t bits);

namespace account_control {
inline constexpr std::uint32_t password_not_required = 0x20;
inline constexpr std::uint32_t reversible_password = 0x80;
inline constexpr std::uint32_t domain_controller = 0x2000;
inline constexpr std::uint32_t smart_card_required = 0x40000;
inline constexpr std::uint32_t trusted_for_delegation = 0x80000;
inline constexpr std::uint32_t not_delegated = 0x100000;
inline constexpr std::uint32_t des_only = 0x200000;
inline constexpr std::uint32_t no_preauthentication = 0x400000;
inline constexpr std::uint32_t trusted_to_authenticate = 0x1000000;
inline constexpr std::uint32_t no_authorization_data = 0x2000000;
inline constexpr std::uint32_t read_only_controller = 0x4000000;
} // namespace account_control

/// Octets of a value as evidence shows them: cut where they are many, and never a secret.
[[nodiscard]] std::string shown_value(std::string_view attribute, std::string const& value);

} // namespace dsplan::review
