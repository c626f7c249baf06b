#pragma once
#include <string_view>

namespace dsplan {

/// The version of the program, "0.1.0".
[[nodiscard]] std::string_view program_version();

} // namespace dsplan
