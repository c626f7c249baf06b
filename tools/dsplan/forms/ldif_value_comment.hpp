#pragma once
#include <string>
#include <string_view>

namespace dsplan {

/// What a value that LDIF shows as base64 says, in one line of ASCII: "S-1-5-21-…", a GUID, SDDL; empty where
/// it is something else.
[[nodiscard]] std::string value_comment(std::string_view description, std::string_view octets);

} // namespace dsplan
