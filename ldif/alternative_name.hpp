#pragma once
#include <ldif/parse_error.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dsplan::ldif {

/// A name by something else than the place in the tree, which Active Directory takes wherever it takes a
/// distinguished name. MS-ADTS 3.1.1.3.1.2.4
///
///     <GUID=6b29fc40-ca47-1067-b31d-00dd010662da>
///     <SID=S-1-5-32-544>
///     <WKGUID=a9d1ca15768811d1aded00c04fd8d5cd,DC=contoso,DC=com>
struct alternative_name {
    enum class kind : std::uint8_t { guid, sid, well_known };
    kind type = kind::guid;
    std::string octets; ///< as objectGUID or objectSid holds them; of the well-known GUID as it is written
    std::string dn;     ///< of the object whose wellKnownObjects has the GUID

    friend bool operator==(alternative_name const&, alternative_name const&) = default;
};

/// True where `text` begins like one, so that it is no distinguished name.
[[nodiscard]] bool looks_like_alternative_name(std::string_view text);

/// Reads one; GUIDs and SIDs as text or as the hexadecimal digits of their octets. The error's column counts
/// octets of `text` from 1.
[[nodiscard]] result<alternative_name> parse_alternative_name(std::string_view text);

/// Nothing, or why `text` is neither a distinguished name nor an alternative one.
[[nodiscard]] result<void> check_any_name(std::string_view text);

/// The octets of "6b29fc40-ca47-1067-b31d-00dd010662da"; nothing for other text. MS-DTYP 2.3.4
[[nodiscard]] std::optional<std::string> guid_octets(std::string_view text);

/// The octets of "S-1-5-32-544"; nothing for other text. MS-DTYP 2.4.2.1, 2.4.2.2
[[nodiscard]] std::optional<std::string> sid_octets(std::string_view text);

/// "S-1-5-32-544"; nothing for octets that are no SID.
[[nodiscard]] std::optional<std::string> sid_text(std::string_view octets);

} // namespace dsplan::ldif
