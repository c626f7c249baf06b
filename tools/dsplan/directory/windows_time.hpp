#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dsplan::directory {

/// A number of 100-nanosecond steps since the start of 1601, "2021-03-04 05:06:07 UTC"; nothing outside the
/// years 1601 to 9999. [MS-DTYP] 2.3.3
[[nodiscard]] std::optional<std::string> filetime_text(std::int64_t filetime);

/// The same counted from the start of the year 1, as .NET counts.
[[nodiscard]] std::optional<std::string> ticks_text(std::int64_t ticks);

/// "20210304050607.0Z" as "2021-03-04 05:06:07 UTC"; nothing where it is no time in UTC.
/// [MS-ADTS] 3.1.1.2.2.2
[[nodiscard]] std::optional<std::string> generalized_time_text(std::string_view text);

/// A negative number of 100-nanosecond steps, as maxPwdAge has it: "42 days", "1 day 2 hours 30 minutes".
[[nodiscard]] std::string interval_text(std::int64_t steps);

} // namespace dsplan::directory
