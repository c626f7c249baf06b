#pragma once
#include <sddl/condition.hpp>
#include <sddl/number.hpp>
#include <sddl/parse_error.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace dsplan::sddl {

// The names of attributes in conditions. Not installed. [MS-DTYP] 2.5.1.1

[[nodiscard]] constexpr bool is_alphanumeric(char letter) {
    return (letter >= '0' && letter <= '9') || (capital(letter) >= 'A' && capital(letter) <= 'Z');
}

/// attr-char1: what the name of a local attribute is made of.
[[nodiscard]] constexpr bool is_simple_attribute_letter(char letter) {
    return is_alphanumeric(letter) || letter == ':' || letter == '.' || letter == '/' || letter == '_';
}

/// attr-char2: what the name after "@User." may hold without an escape; every octet of UTF-8 from 0x80 on.
[[nodiscard]] constexpr bool is_attribute_letter(char letter) {
    constexpr std::string_view others = "#$'*+-./:;?@[\\]^_`{}~,";
    return is_alphanumeric(letter) || static_cast<unsigned char>(letter) >= 0x80 ||
           others.find(letter) != std::string_view::npos;
}

/// Reads "@User.Title%0020two", or a local name.
[[nodiscard]] result<condition_attribute> parse_attribute_name(std::string_view text);

/// "@USER.Title%0020two"; nothing for a local name with letters that it may not have.
[[nodiscard]] std::optional<std::string> write_attribute_name(condition_attribute const& value);

} // namespace dsplan::sddl
