#include <tools/dsplan/ground/ascii_case.hpp>
#include <tools/dsplan/ground/console.hpp>
#include <tools/dsplan/render/markdown.hpp>

#include <algorithm>

namespace dsplan::render {

namespace {

// GitHub makes links of "https://…" and "www.…" although nothing marks them.
bool is_before_slashes(std::string_view text, std::size_t place) {
    return text.substr(place).starts_with("://");
}

bool is_behind_www(std::string_view text, std::size_t place) {
    return place >= 3 && text[place] == '.' && equal_ignoring_case(text.substr(place - 3, 3), "www");
}

} // namespace

std::string markdown_text(std::string_view text) {
    constexpr std::string_view markup = "\\`*_[]<>#|~&";
    auto const shown = printable(text);
    std::string escaped;
    for (std::size_t place = 0; place < shown.size(); ++place) {
        bool const is_markup = markup.find(shown[place]) != std::string_view::npos;
        if (is_markup || is_before_slashes(shown, place) || is_behind_www(shown, place))
            escaped += '\\';
        escaped += shown[place];
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
