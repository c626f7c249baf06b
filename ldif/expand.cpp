#include <ldif/base64.hpp>
#include <ldif/expand.hpp>
#include <ldif/printable.hpp>
#include <ldif/text/name_folding.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

namespace dsplan::ldif {
namespace {

constexpr std::array<std::string_view, 10> keywords{"dn",           "control",     "changetype", "newrdn",
                                                    "deleteoldrdn", "newsuperior", "add",        "delete",
                                                    "replace",      "increment"};

bool is_keyword(std::string_view name) {
    return std::any_of(keywords.begin(), keywords.end(),
                       [name](auto it) { return equals_keyword(name, it); });
}

bool is_name_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

std::size_t name_end(std::string_view text, std::size_t begin) {
    while (begin < text.size() && is_name_character(text[begin]))
        ++begin;
    return begin;
}

// The macro that begins at `at`: "<Name>", "${NAME}", "%NAME%", "#name" in place of a name, "DC=X" at its
// end.
std::string_view macro_at(std::string_view text, std::size_t at, std::size_t value) {
    auto const closed = [&](std::size_t begin, char close) -> std::string_view {
        auto const end = name_end(text, begin);
        bool const is_macro = end > begin && end < text.size() && text[end] == close;
        return is_macro ? text.substr(at, end + 1 - at) : std::string_view();
    };
    bool const starts_part = at == value || text[at - 1] == ',';
    switch (text[at]) {
    case '<':
        return closed(at + 1, '>');
    case '$':
        return at + 1 < text.size() && text[at + 1] == '{' ? closed(at + 2, '}') : std::string_view();
    case '%':
        return closed(at + 1, '%');
    case '#':
        return starts_part && name_end(text, at + 1) > at + 4 ? text.substr(at, name_end(text, at + 1) - at)
                                                              : std::string_view();
    case 'D':
    case 'd':
        return starts_part && equals_keyword(text.substr(at, 4), "dc=x") && (at + 4 == text.size())
                   ? text.substr(at, 4)
                   : std::string_view();
    default:
        return {};
    }
}

// A physical line with its continuations and line ends.
std::size_t logical_size(std::string_view text) {
    std::size_t end = 0;
    do {
        auto const at = text.find('\n', end);
        end = at == std::string_view::npos ? text.size() : at + 1;
    } while (end < text.size() && text[end] == ' ');
    return end;
}

std::string unfold(std::string_view text) {
    std::string line;
    while (!text.empty()) {
        auto const at = std::min(text.find('\n'), text.size());
        auto part = text.substr(0, at);
        if (part.ends_with('\r'))
            part.remove_suffix(1);
        line += part;
        text.remove_prefix(std::min(at + 1, text.size()));
        if (text.starts_with(' '))
            text.remove_prefix(1);
    }
    return line;
}

std::uint64_t lines_before_dn(std::string_view text) {
    std::uint64_t count = 0;
    while (!text.empty() && !equals_keyword(unfold(text.substr(0, logical_size(text))).substr(0, 3), "dn:")) {
        auto const size = logical_size(text);
        count += static_cast<std::uint64_t>(
            std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(size), '\n'));
        text.remove_prefix(size);
    }
    return count;
}

std::size_t count_of(std::string_view line, std::string_view from) {
    std::size_t count = 0;
    for (auto at = from.empty() ? std::string_view::npos : line.find(from); at != std::string_view::npos;
         at = line.find(from, at + from.size()))
        ++count;
    return count;
}

std::string replaced(std::string_view line, std::string_view from, std::string_view to) {
    std::string made;
    for (auto at = line.find(from); at != std::string_view::npos; at = line.find(from)) {
        made.append(line, 0, at).append(to);
        line.remove_prefix(at + from.size());
    }
    return made.append(line);
}

void append_folded_line(std::string& text, std::string_view line, std::string_view line_end,
                        std::size_t fold_column) {
    std::size_t const column = fold_column == 0 ? line.size() + 1 : std::max<std::size_t>(fold_column, 8);
    text += line.substr(0, column);
    for (std::size_t at = column; at < line.size(); at += column - 1) {
        text += line_end;
        text += ' ';
        text += line.substr(at, column - 1);
    }
    text += line_end;
}

class record_expander {
public:
    record_expander(record_view const& record, std::span<substitution const> substitutions,
                    std::size_t fold_column)
        : record_(record)
        , substitutions_(substitutions)
        , fold_column_(fold_column) {}

    expanded_record run() {
        // The text begins with comments before "dn:", whose line the record knows.
        auto rest = record_.text;
        line_ = record_.line - lines_before_dn(rest);
        while (!rest.empty()) {
            auto const size = logical_size(rest);
            expand_line(rest.substr(0, size));
            rest.remove_prefix(size);
        }
        return std::move(result_);
    }

private:
    void expand_line(std::string_view text) {
        auto const lines = static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
        if (!text.starts_with('#')) {
            auto line = unfold(text);
            auto const colon = line.find(':');
            if (colon != std::string::npos && colon + 1 < line.size() && line[colon + 1] == ':') {
                look_into_base64(std::string_view(line).substr(colon + 2));
            } else {
                std::size_t const before = result_.replaced;
                auto const keyword =
                    is_keyword(line.substr(0, colon)) ? line.substr(0, colon + 1) : std::string();
                line.erase(0, keyword.size());
                replace_all(line);
                line.insert(0, keyword);
                find_leftovers(line, std::min(line.find(':'), line.size() - 1) + 1);
                if (result_.replaced != before) {
                    append_folded_line(result_.text, line,
                                       text.find("\r\n") != std::string_view::npos ? "\r\n" : "\n",
                                       fold_column_);
                    line_ += lines;
                    return;
                }
            }
        }
        result_.text += text;
        line_ += lines;
    }

    void replace_all(std::string& line) {
        for (auto const& [from, to] : substitutions_) {
            auto const count = count_of(line, from);
            if (count == 0)
                continue;
            auto const grown = to.size() > from.size() ? (to.size() - from.size()) * count : 0;
            if (line.size() + grown > longest_expanded_line) {
                result_.is_too_long = true;
                return;
            }
            line = replaced(line, from, to);
            result_.replaced += count;
        }
    }

    void find_leftovers(std::string_view line, std::size_t value) {
        while (value < line.size() && line[value] == ' ')
            ++value;
        for (std::size_t at = value; at < line.size(); ++at)
            if (auto const macro = macro_at(line, at, value); !macro.empty())
                result_.warnings.push_back({expand_warning::kind::leftover, line_, std::string(macro)});
    }

    void look_into_base64(std::string_view text) {
        text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
        auto const octets = decode_base64(text);
        if (!octets)
            return;
        for (auto const& it : substitutions_)
            if (!it.from.empty() && octets->find(it.from) != std::string::npos)
                result_.warnings.push_back({expand_warning::kind::base64, line_, it.from});
    }

    record_view const& record_;
    std::span<substitution const> substitutions_;
    std::size_t fold_column_;
    std::uint64_t line_ = 0; // physical, of the line in hand
    expanded_record result_;
};

} // namespace

std::string_view find_macro(std::string_view name) {
    for (std::size_t at = 0; at < name.size(); ++at)
        if (auto const macro = macro_at(name, at, 0); !macro.empty())
            return macro;
    return {};
}

std::string hint_for_macro(std::string_view macro) {
    return fmt::format("'{}' looks like a placeholder: dsplan ldif expand -c FROM TO fills it in",
                       printable(macro));
}

expanded_record expand(record_view const& record, std::span<substitution const> substitutions,
                       std::size_t fold_column) {
    return record_expander(record, substitutions, fold_column).run();
}

} // namespace dsplan::ldif
