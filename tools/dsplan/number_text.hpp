#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace dsplan {

/// "1,214": thousands apart, the same in every locale.
[[nodiscard]] inline std::string with_thousands(std::uint64_t number) {
    std::string text = std::to_string(number);
    for (std::size_t digits = 3; digits < text.size(); digits += 4)
        text.insert(text.size() - digits, 1, ',');
    return text;
}

/// "1 record", "2 records"
[[nodiscard]] inline std::string counted(std::uint64_t number, std::string_view what) {
    return with_thousands(number) + ' ' + std::string(what) + (number == 1 ? "" : "s");
}

} // namespace dsplan
