#pragma once
#include <ldif/parse_error.hpp>

#include <cstdint>
#include <string>
#include <string_view>

namespace dsplan::ldif {

/// A value of syntax Object(DN-Binary) or Object(DN-String): data that belongs to a name.
/// MS-ADTS 3.1.1.2.2.2.1, 3.1.1.2.2.2.3
///
///     B:32:AA312825768811D1ADED00C04FD8D5CD:CN=Computers,DC=contoso,DC=com
///     S:5:Hello:DC=contoso,DC=com
struct name_with_data {
    enum class kind : std::uint8_t { binary, string };
    kind type = kind::binary;
    std::string data; ///< octets of the binary form, decoded; the text of the other
    std::string dn;

    friend bool operator==(name_with_data const&, name_with_data const&) = default;
};

/// Reads one; the count of hexadecimal digits or characters must be right. The error's column counts octets
/// of `text` from 1.
[[nodiscard]] result<name_with_data> parse_name_with_data(std::string_view text);

/// The text form, with hexadecimal digits in capitals as Active Directory gives them.
[[nodiscard]] std::string to_string(name_with_data const& value);

/// True where `text` begins like one, so that it is no plain name.
[[nodiscard]] bool looks_like_name_with_data(std::string_view text);

/// The key of a name, with or without data: equal exactly where Active Directory takes two values for one.
[[nodiscard]] result<std::string> normalize_name_value(std::string_view text);

/// The octets of the name in such a value, or the whole of a plain name.
[[nodiscard]] std::string_view name_part(std::string_view text);

} // namespace dsplan::ldif
