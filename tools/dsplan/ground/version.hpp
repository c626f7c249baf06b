#pragma once
#include <string>
#include <string_view>

namespace dsplan {

/// The version of the program, "0.2.0".
[[nodiscard]] std::string_view program_version();

/// The version with what it was built from and how: "0.2.0 (commit 0123456789ab, Release)".
[[nodiscard]] std::string program_build();

} // namespace dsplan
