#include <ldif/comments.hpp>
#include <ldif/text/name_folding.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace dsplan::ldif {
namespace {

// Takes a physical line with its continuations and line ends.
std::string_view take_folded_line(std::string_view& text) {
    std::size_t end = 0;
    do {
        auto const at = text.find('\n', end);
        end = at == std::string_view::npos ? text.size() : at + 1;
    } while (end < text.size() && text[end] == ' ');
    auto const line = text.substr(0, end);
    text.remove_prefix(end);
    return line;
}

bool is_changetype(std::string_view line) {
    return equals_keyword(line.substr(0, 11), "changetype:");
}

// The comments in front of each line of a record, as they are; the last ones stand after it.
struct commented_lines {
    std::vector<std::string> comments{std::string()};
    bool has_changetype = false;
    std::size_t head = 1; // lines in front of where a changetype belongs

    explicit commented_lines(std::string_view text) {
        while (!text.empty()) {
            auto const line = take_folded_line(text);
            if (line.starts_with('#')) {
                comments.back() += line;
                if (!line.ends_with('\n'))
                    comments.back() += '\n';
                continue;
            }
            has_changetype = has_changetype || is_changetype(line);
            if (equals_keyword(line.substr(0, 8), "control:") && comments.size() == head + 1)
                ++head;
            comments.emplace_back();
        }
    }
};

void append_with_line_ends(std::string& target, std::string_view lines, std::string_view line_end) {
    for (char const c : lines)
        if (c == '\n')
            target += line_end;
        else if (c != '\r')
            target += c;
}

} // namespace

std::string with_comments(std::string_view written, std::string_view original) {
    commented_lines const source(original);
    std::string_view const line_end = written.find("\r\n") != std::string_view::npos ? "\r\n" : "\n";
    std::string text;
    std::string explanation; // a comment that the writer made for the line after it
    std::size_t index = 0;
    auto const put_comments = [&] {
        std::string kept;
        if (index < source.comments.size())
            append_with_line_ends(kept, source.comments[index], line_end);
        if (kept.ends_with(explanation))
            explanation.clear(); // it was made before
        text += kept + explanation;
        explanation.clear();
    };
    while (!written.empty()) {
        auto const line = take_folded_line(written);
        if (line.starts_with('#')) {
            explanation += line;
            continue;
        }
        bool const is_behind = line == line_end; // the empty line after the record
        for (; is_behind && index < source.comments.size(); ++index)
            put_comments();
        bool const is_new = !source.has_changetype && index == source.head && is_changetype(line);
        if (!is_behind && !is_new) {
            put_comments();
            ++index;
        }
        text += line;
    }
    return text;
}

} // namespace dsplan::ldif
