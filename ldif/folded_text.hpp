#pragma once
#include <string>
#include <string_view>

namespace dsplan::ldif {

/// The text as names are compared: without regard to case, in Unicode's simple folding. Equal for equal
/// names.
[[nodiscard]] std::string folded_text(std::string_view utf8);

} // namespace dsplan::ldif
