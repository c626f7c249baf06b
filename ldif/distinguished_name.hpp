#pragma once
#include <ldif/parse_error.hpp>

#include <compare>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dsplan::ldif {

/// "CN=Users": an attribute type with its value, unescaped.
struct attribute_type_and_value {
    std::string type;
    std::string value;

    friend bool operator==(attribute_type_and_value const&, attribute_type_and_value const&) = default;
};

/// Several of them in a multi-valued RDN, which Active Directory itself never makes.
using relative_distinguished_name = std::vector<attribute_type_and_value>;

/// A name in the tree, leaf first. RFC 4514
struct distinguished_name {
    std::vector<relative_distinguished_name> rdns;

    friend bool operator==(distinguished_name const&, distinguished_name const&) = default;
};

/// Reads "CN=Adams\, Ruth,OU=Sales,DC=contoso,DC=com": escapes, hexadecimal pairs, #hexadecimal values,
/// quoted values (RFC 2253), blanks around separators. The empty text is the name of the rootDSE. Takes time
/// linear in the text.
///
/// The error's column counts octets of `text` from 1.
[[nodiscard]] result<distinguished_name> parse_distinguished_name(std::string_view text);

/// The text form with only those characters escaped that must be; control characters and octets that are no
/// UTF-8 as hexadecimal pairs: "CN=Ruth\0ADEL:…". RFC 4514 section 2
[[nodiscard]] std::string to_string(distinguished_name const& name);
[[nodiscard]] std::string to_string(relative_distinguished_name const& name);

/// A text that is equal for two names exactly where Active Directory takes them for one: case folded, blanks
/// and escapes normalised. A key for maps and a form to sort by; not for people.
///
/// Beyond ASCII it folds what MS-ADTS 3.1.1.2.2.4 names: case, width, the kind of kana, and non-spacing marks
/// ("Müller" and "Muller" cannot live side by side in one container). One character for one: the expansions
/// of Windows (sharp s and "ss") are not made. Types given as the object identifiers of CN, OU, O, DC, C, L,
/// ST, STREET and UID become those names.
[[nodiscard]] std::string normalized(distinguished_name const& name);

/// `normalized(parse_distinguished_name(text))`, without the detour for plain names.
[[nodiscard]] result<std::string> normalize(std::string_view text);

/// Nothing, or why `text` is no distinguished name; as `parse_distinguished_name`, but makes no copies.
[[nodiscard]] result<void> check_distinguished_name(std::string_view text);

/// The name without its first RDN; nothing for the empty name.
[[nodiscard]] std::optional<distinguished_name> parent(distinguished_name const& name);

/// `rdn` below `superior`.
[[nodiscard]] distinguished_name child(relative_distinguished_name rdn, distinguished_name const& superior);

/// The octets of `text` after its first unescaped comma, blanks dropped: the parent as it is spelled. Empty
/// where there is none; `text` must be a valid name.
[[nodiscard]] std::string_view parent_text(std::string_view text);

/// The octets of `text` before its first unescaped comma.
[[nodiscard]] std::string_view first_rdn_text(std::string_view text);

/// A normalised name with its RDNs from the root to the leaf, each closed by the octet 1, so that sorting by
/// octets puts every container directly before its contents.
[[nodiscard]] std::string tree_order(std::string_view normalized_name);

} // namespace dsplan::ldif
