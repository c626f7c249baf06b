#pragma once
#include <sddl/guid.hpp>
#include <sddl/parse_error.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dsplan::directory {

/// The entry CustomKeyInformation. [MS-ADTS] 2.2.22
struct custom_key_information {
    std::uint8_t version = 0;
    std::uint8_t flags = 0; ///< 0x01 attestation, 0x02 multi-factor authentication not used
    std::optional<std::uint8_t> volume_type{};
    std::optional<std::uint8_t> supports_notification{};
    std::optional<std::uint8_t> fek_key_version{};
    std::optional<std::uint8_t> strength{}; ///< 1 weak, 2 normal

    friend bool operator==(custom_key_information const&, custom_key_information const&) = default;
};

/// A KEYCREDENTIALLINK_BLOB: the data of a value of msDS-KeyCredentialLink. [MS-ADTS] 2.2.20
///
/// Entries that the value lacks stay empty; which are required, `missing_entries` says. An entry that stands
/// twice counts as it stands last.
struct key_credential {
    std::uint32_t version = 0;                    ///< 0, 0x100 or 0x200
    std::optional<std::string> key_id;            ///< 1, octets
    std::optional<std::string> key_hash;          ///< 2, octets
    std::optional<std::string> material;          ///< 3, octets
    std::optional<std::uint8_t> usage;            ///< 4: 1 NGC, 7 FIDO, 8 file encryption, …
    std::string legacy_usage;                     ///< 4, as text, where it is longer than an octet
    std::optional<std::uint8_t> source;           ///< 5: 0 Active Directory, 1 Entra ID
    std::optional<sddl::guid> device;             ///< 6
    std::optional<custom_key_information> custom; ///< 7
    std::optional<std::int64_t> last_logon;       ///< 8, see `time_text`
    std::optional<std::int64_t> created;          ///< 9, see `time_text`
    std::vector<std::uint8_t> unknown_entries;    ///< identifiers that were passed over
    std::string expected_key_id;                  ///< SHA-256 of the material; empty without one
    std::string expected_key_hash;                ///< SHA-256 of all octets after entry 2; empty without it

    friend bool operator==(key_credential const&, key_credential const&) = default;
};

/// Reads one; an error says at which octet and what was expected there. An identifier that nobody knows is
/// passed over, an entry of a known one with another size than it has is an error.
[[nodiscard]] sddl::result<key_credential> read_key_credential(std::string_view octets);

/// "KeyID", "KeyMaterial", "KeyUsage": the required entries that are not there. [MS-ADTS] 2.2.20
[[nodiscard]] std::vector<std::string_view> missing_entries(key_credential const& value);

/// "sign-in key (NGC)", "FIDO key", …
[[nodiscard]] std::string usage_text(key_credential const& value);
/// "Active Directory", "Entra ID"
[[nodiscard]] std::string source_text(key_credential const& value);

/// A time of the value: a FILETIME where Active Directory wrote it, .NET's binary form where Entra ID did and
/// in version 0x100, .NET's ticks in version 0. The number itself where it is no time.
[[nodiscard]] std::string time_text(key_credential const& value, std::int64_t time);

} // namespace dsplan::directory
