#pragma once
#include <string_view>

namespace dsplan {

/// "output of dsacls": what a listing of another tool is that shows permissions but holds no descriptor;
/// empty for everything else.
[[nodiscard]] std::string_view foreign_listing(std::string_view text);

} // namespace dsplan
