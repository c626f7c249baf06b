#pragma once
#include <string>
#include <string_view>

namespace dsplan::plan {

/// The ldifde command that imports a file of a plan, DC left to be filled in. -h signs and encrypts the
/// session; the folder of the log has no backslash at its end, with which ldifde fails and writes no log. No
/// -k, which hides a refused descriptor, and no -z.
[[nodiscard]] std::string import_command(std::string_view file);

} // namespace dsplan::plan
