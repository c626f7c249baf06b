#include <tools/dsplan/render/terminal_text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace dsplan::render {
namespace {

constexpr std::size_t further_in = 4; // columns

// Of UTF-8 text: octets that continue a character take none.
std::size_t columns_of(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char octet) {
        return (static_cast<unsigned char>(octet) & 0xC0U) != 0x80;
    }));
}

std::size_t indent_of(std::string_view line) {
    return std::min(line.find_first_not_of(' '), line.size());
}

void append_wrapped(std::string& made, std::string_view line, std::size_t width) {
    auto const indent = std::min(indent_of(line) + further_in, width / 2);
    made += line.substr(0, indent_of(line));
    std::size_t column = indent_of(line);
    for (auto rest = line.substr(indent_of(line)); !rest.empty();) {
        auto const blanks = indent_of(rest);
        auto const end = std::min(rest.find(' ', blanks), rest.size());
        auto word = rest.substr(0, end);
        if (column + columns_of(word) > width && column > indent) {
            made += '\n' + std::string(indent, ' ');
            column = indent;
            word.remove_prefix(blanks);
        }
        made += word;
        column += columns_of(word);
        rest.remove_prefix(end);
    }
}

struct colored_sign {
    std::string_view sign;
    std::string_view code;
};
constexpr std::array signs{
    colored_sign{"+ ", "32"}, colored_sign{"✓ ", "32"}, colored_sign{"- ", "31"}, colored_sign{"✗ ", "31"},
    colored_sign{"~ ", "33"}, colored_sign{"? ", "33"}, colored_sign{"↕ ", "33"}, colored_sign{"! ", "33"},
    colored_sign{"· ", "2"},  colored_sign{"# ", "2"},
};

void append_colored(std::string& made, std::string_view line) {
    auto const indent = indent_of(line);
    auto const rest = line.substr(indent);
    auto const* const found = std::find_if(
        signs.begin(), signs.end(), [rest](colored_sign const& each) { return rest.starts_with(each.sign); });
    if (indent == 0 || found == signs.end()) {
        made += line;
        return;
    }
    auto const sign = found->sign.substr(0, found->sign.size() - 1);
    made += fmt::format("{}\x1b[{}m{}\x1b[0m{}", line.substr(0, indent), found->code, sign,
                        rest.substr(sign.size()));
}

template <class Append>
std::string line_by_line(std::string_view text, Append append) {
    std::string made;
    while (!text.empty()) {
        auto const end = std::min(text.find('\n'), text.size());
        append(made, text.substr(0, end));
        if (end < text.size())
            made += '\n';
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return made;
}

} // namespace

std::string wrapped(std::string_view text, std::size_t width) {
    if (width == 0)
        return std::string(text);
    return line_by_line(text, [width](std::string& made, std::string_view line) {
        if (columns_of(line) <= width)
            made += line;
        else
            append_wrapped(made, line, width);
    });
}

std::string with_colored_signs(std::string_view text) {
    return line_by_line(text, append_colored);
}

} // namespace dsplan::render
