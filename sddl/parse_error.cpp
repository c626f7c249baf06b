#include <sddl/parse_error.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace dsplan::sddl {
namespace {

constexpr std::size_t longest_quote = 40;
constexpr std::size_t widest_line = 100;

bool is_printable(char octet) {
    return octet >= 0x20 && octet < 0x7F;
}

std::string escaped(std::string_view octets) {
    std::string text;
    for (char const octet : octets) {
        if (is_printable(octet))
            text += octet;
        else
            fmt::format_to(std::back_inserter(text), "\\x{:02x}", static_cast<unsigned char>(octet));
    }
    return text;
}

// The part of the source that is shown: the line of the error, cut around it where it is long.
struct window {
    std::size_t begin;
    std::size_t end;
};

window line_around(std::size_t place, std::string_view source) {
    auto const before = source.substr(0, place).rfind('\n');
    auto const after = source.find('\n', place);
    return {before == std::string_view::npos ? 0 : before + 1,
            after == std::string_view::npos ? source.size() : after};
}

window cut(window line, std::size_t place) {
    if (line.end - line.begin <= widest_line)
        return line;
    auto const begin = place - line.begin > widest_line / 2 ? place - widest_line / 2 : line.begin;
    return {begin, std::min(line.end, begin + widest_line)};
}

} // namespace

std::string quoted(std::string_view octets) {
    if (octets.empty())
        return "nothing";
    if (octets.size() > longest_quote)
        return "'" + escaped(octets.substr(0, longest_quote)) + "…'";
    return "'" + escaped(octets) + "'";
}

tl::unexpected<parse_error> unexpected_at(std::size_t begin, std::size_t end, std::string expected,
                                          std::string found, std::string context, std::string hint) {
    return tl::unexpected(parse_error{.begin = begin,
                                      .end = end,
                                      .expected = std::move(expected),
                                      .found = std::move(found),
                                      .context = std::move(context),
                                      .hint = std::move(hint)});
}

tl::unexpected<parse_error> moved(parse_error error, std::size_t offset, std::string_view context) {
    error.begin += offset;
    error.end += offset;
    if (!context.empty())
        error.context =
            error.context.empty() ? std::string(context) : fmt::format("{}, {}", context, error.context);
    return tl::unexpected(std::move(error));
}

std::string message(parse_error const& error) {
    return fmt::format("expected {}, found {}", error.expected, error.found);
}

std::string render_caret(parse_error const& error, std::string_view source, std::size_t indent) {
    auto const begin = std::min(error.begin, source.size());
    auto const end = std::clamp(error.end, begin, source.size());
    auto const line = line_around(begin, source);
    auto const shown = cut(line, begin);
    std::string const lead = shown.begin > line.begin ? "…" : "";
    std::string const tail = shown.end < line.end ? "…" : "";
    auto const before = escaped(source.substr(shown.begin, begin - shown.begin));
    auto const marked = escaped(source.substr(begin, std::min(end, shown.end) - begin));
    auto const after = escaped(source.substr(begin, shown.end - begin)).substr(marked.size());

    std::string text = fmt::format("{:{}}{}{}{}{}{}\n", "", indent, lead, before, marked, after, tail);
    text += fmt::format("{:{}}{}", "", indent + before.size() + (lead.empty() ? 0 : 1),
                        std::string(std::max<std::size_t>(marked.size(), 1), '^'));
    if (!error.context.empty())
        text += ' ' + error.context;
    text += '\n';
    if (!error.hint.empty())
        text += fmt::format("{:{}}{}\n", "", indent, error.hint);
    return text;
}

} // namespace dsplan::sddl
