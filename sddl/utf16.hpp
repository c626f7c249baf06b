#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace dsplan::sddl {

// Between the UTF-8 of texts and the UTF-16 of the binary forms. Nothing where the input is not well-formed.
// Not installed.
[[nodiscard]] std::optional<std::u16string> to_utf16(std::string_view text);
[[nodiscard]] std::optional<std::string> to_utf8(std::u16string_view text);

// Appends a string of SDDL in quotation marks; false, and an empty one, for a text with one of its own or
// with a zero in it.
[[nodiscard]] bool append_quoted(std::string& target, std::u16string_view text);

} // namespace dsplan::sddl
