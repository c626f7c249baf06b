#pragma once
#include <string>
#include <string_view>

namespace dsplan::paths {

/// Names of hosts and templates are the same in any case.
[[nodiscard]] std::string lower_case(std::string_view text);

/// "host" of "cifs/Host:445/domain"; empty for what names none.
[[nodiscard]] std::string host_of_service(std::string_view service);

} // namespace dsplan::paths
