#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace dsplan {

/// `text` as one quoted argument of a line that cmd.exe runs, typed or from a file, and that may be pasted
/// into PowerShell: "CN=Key Admins,DC=contoso,DC=com".
///
/// Nothing for a text that no quoting makes safe and readable in all of them: quotation marks, percent and
/// exclamation marks, dollar signs and backticks, control characters, and anything but ASCII (the code page
/// of the console decides what that would be). A final backslash is doubled, since it would take the closing
/// quotation mark with it.
[[nodiscard]] std::optional<std::string> quote_argument(std::string_view text);

/// A quoted argument, or a placeholder that says what to fill in where `text` cannot be quoted.
[[nodiscard]] std::string quote_argument_or(std::string_view text, std::string_view placeholder);

} // namespace dsplan
