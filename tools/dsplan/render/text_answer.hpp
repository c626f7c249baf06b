#pragma once
#include <string>
#include <string_view>

/// Answers that are text in each form, for those who paste them elsewhere.
namespace dsplan::render {

/// The text as it is below its title, which is plain.
[[nodiscard]] std::string markdown_of_text(std::string_view title, std::string_view text);

/// The same as a page.
[[nodiscard]] std::string page_of_text(std::string_view title, std::string_view text);

} // namespace dsplan::render
