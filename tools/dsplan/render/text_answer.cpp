#include <tools/dsplan/render/html_page.hpp>
#include <tools/dsplan/render/markdown.hpp>
#include <tools/dsplan/render/text_answer.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace dsplan::render {
namespace {

// Longer than any row of backticks in the text, which would end the block.
std::string fence_for(std::string_view text) {
    std::size_t longest = 2;
    std::size_t row = 0;
    for (char const letter : text) {
        row = letter == '`' ? row + 1 : 0;
        longest = std::max(longest, row);
    }
    return std::string(longest + 1, '`');
}

std::string_view line_end_for(std::string_view text) {
    return text.empty() || text.ends_with('\n') ? "" : "\n";
}

} // namespace

std::string markdown_of_text(std::string_view title, std::string_view text) {
    auto const fence = fence_for(text);
    return fmt::format("# {0}\n\n{1}text\n{2}{3}{1}\n", markdown_text(title), fence, text,
                       line_end_for(text));
}

std::string page_of_text(std::string_view title, std::string_view text) {
    html_page const page(title);
    // Line ends are no characters to be shown as such.
    std::string lines;
    while (!text.empty()) {
        auto const end = std::min(text.find('\n'), text.size());
        lines += html_text(text.substr(0, end)) + '\n';
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return page.head() +
           fmt::format("<h1>{0}</h1>\n<div class=\"scroll\" role=\"region\" tabindex=\"0\" "
                       "aria-label=\"{0}\">\n<pre>{1}</pre>\n</div>\n",
                       html_text(title), lines) +
           page.tail();
}

} // namespace dsplan::render
