#pragma once
#include <cstdint>
#include <string>

namespace dsplan {

/// "1,214": thousands apart, the same in every locale.
[[nodiscard]] inline std::string with_thousands(std::uint64_t number) {
    std::string text = std::to_string(number);
    for (std::size_t digits = 3; digits < text.size(); digits += 4)
        text.insert(text.size() - digits, 1, ',');
    return text;
}

} // namespace dsplan
