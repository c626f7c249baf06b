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
/// blanks around separators. The empty text is the name of the rootDSE.
[[nodiscard]] result<distinguished_name> parse_distinguished_name(std::string_view text);

/// The text form with only those characters escaped that must be. RFC 4514 section 2
[[nodiscard]] std::string to_string(distinguished_name const& name);

/// A text that is equal for two names exactly where Active Directory takes them for one: case folded, blanks
/// and escapes normalised. A key for maps and a form to sort by; not for people.
[[nodiscard]] std::string normalized(distinguished_name const& name);

/// `normalized(parse_distinguished_name(text))`.
[[nodiscard]] result<std::string> normalize(std::string_view text);

/// The name without its first RDN; nothing for the empty name.
[[nodiscard]] std::optional<distinguished_name> parent(distinguished_name const& name);

} // namespace dsplan::ldif
