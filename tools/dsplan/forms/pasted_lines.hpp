#pragma once
#include <sddl/number.hpp>

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

namespace dsplan {

/// `text` without the blanks and line ends around it.
[[nodiscard]] inline std::string_view trimmed(std::string_view text) {
    while (!text.empty() && sddl::is_blank(text.front()))
        text.remove_prefix(1);
    while (!text.empty() && sddl::is_blank(text.back()))
        text.remove_suffix(1);
    return text;
}

/// The lines of `text` as they stand in it, without their line feeds.
[[nodiscard]] inline std::vector<std::string_view> lines_of(std::string_view text) {
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        auto const end = std::min(text.find('\n'), text.size());
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

/// Where `part`, a part of `text`, begins in it.
[[nodiscard]] inline std::size_t place_in(std::string_view text, std::string_view part) {
    return static_cast<std::size_t>(part.data() - text.data());
}

} // namespace dsplan
