#pragma once
#include <string_view>

namespace dsplan {

/// Whether Windows takes the name of a file for something else: for a device, whatever follows the first dot
/// ("con", "NUL.txt"), or for the name without its final dots and blanks. True on every system: files are
/// carried there.
[[nodiscard]] bool is_reserved_on_windows(std::string_view name);

} // namespace dsplan
