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

/// "1 object", "1,214 objects"
[[nodiscard]] inline std::string counted(std::uint64_t number, std::string_view one, std::string_view many) {
    return with_thousands(number).append(" ").append(number == 1 ? one : many);
}

} // namespace dsplan
