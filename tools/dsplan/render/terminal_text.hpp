#pragma once
#include <cstddef>
#include <string>
#include <string_view>

/// Text for people as a terminal shows it.
namespace dsplan::render {

/// Lines that are longer than `width` columns go on in the next one, further in; a word is never broken. The
/// text itself where `width` is 0.
[[nodiscard]] std::string wrapped(std::string_view text, std::size_t width);

/// The sign that a line begins with gets its colour: green for what is added or right, red for what is taken
/// away or dangerous, yellow for what changes or is worth a look.
[[nodiscard]] std::string with_colored_signs(std::string_view text);

} // namespace dsplan::render
