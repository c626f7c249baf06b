#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/render/markdown.hpp>

#include <algorithm>

namespace dsplan::render {

std::string markdown_text(std::string_view text) {
    constexpr std::string_view markup = "\\`*_[]<>#|~&";
    std::string escaped;
    for (char const letter : printable(text)) {
        if (markup.find(letter) != std::string_view::npos)
            escaped += '\\';
        escaped += letter;
    }
    return escaped;
}

std::string markdown_code(std::string_view text) {
    auto const content = printable(text);
    std::size_t longest = 0;
    std::size_t run = 0;
    for (char const letter : content) {
        run = letter == '`' ? run + 1 : 0;
        longest = std::max(longest, run);
    }
    // The fence must be longer than any run inside; a blank keeps it apart from one at either end.
    std::string const fence(longest + 1, '`');
    std::string const gap = longest == 0 ? "" : " ";
    return content.empty() ? std::string("``(empty)``") : fence + gap + content + gap + fence;
}

std::string markdown_cell(std::string_view text) {
    auto code = markdown_code(text);
    for (auto place = code.find('|'); place != std::string::npos; place = code.find('|', place + 2))
        code.insert(place, 1, '\\');
    return code;
}

} // namespace dsplan::render
