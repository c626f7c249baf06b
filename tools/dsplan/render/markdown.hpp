#pragma once
#include <string>
#include <string_view>

namespace dsplan::render {

/// `text` as plain words in Markdown: what would be markup or HTML is escaped, control characters are shown.
[[nodiscard]] std::string markdown_text(std::string_view text);

/// `text` as a code span, whatever backticks it holds.
[[nodiscard]] std::string markdown_code(std::string_view text);

/// A code span within a table, where a bar would end the cell.
[[nodiscard]] std::string markdown_cell(std::string_view text);

} // namespace dsplan::render
