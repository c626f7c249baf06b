#pragma once
#include <tools/dsplan/ground/number_text.hpp>

#include <fmt/format.h>

#include <cstddef>
#include <string>

namespace dsplan::render {

/// "a, b and 3 more": at most so many texts, as they are.
template <class Texts>
[[nodiscard]] std::string shortened_list(Texts const& texts, std::size_t at_most) {
    std::string all;
    std::size_t count = 0;
    for (auto const& text : texts) {
        if (count++ == at_most)
            return fmt::format("{} and {} more", all, with_thousands(texts.size() - at_most));
        all += (all.empty() ? "" : ", ") + std::string(text);
    }
    return all;
}

} // namespace dsplan::render
