#pragma once
#include <cstddef>
#include <string_view>

namespace dsplan {

/// ASCII only: attribute and class names are ASCII, and no locale may change what is equal.
[[nodiscard]] constexpr char to_lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

/// Less than, equal to or greater than zero as `a` sorts before, with or after `b`.
[[nodiscard]] constexpr int compare_ignoring_case(std::string_view a, std::string_view b) {
    for (std::size_t index = 0; index < a.size() && index < b.size(); ++index) {
        auto const left = static_cast<unsigned char>(to_lower(a[index]));
        auto const right = static_cast<unsigned char>(to_lower(b[index]));
        if (left != right)
            return left < right ? -1 : 1;
    }
    return a.size() == b.size() ? 0 : (a.size() < b.size() ? -1 : 1);
}

[[nodiscard]] constexpr bool equal_ignoring_case(std::string_view a, std::string_view b) {
    return compare_ignoring_case(a, b) == 0;
}

[[nodiscard]] constexpr bool starts_ignoring_case(std::string_view text, std::string_view start) {
    return text.size() >= start.size() && equal_ignoring_case(text.substr(0, start.size()), start);
}

} // namespace dsplan
