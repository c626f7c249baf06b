#include <ldif/parse_error.hpp>
#include <ldif/printable.hpp>

#include <fmt/format.h>

namespace dsplan::ldif {

std::string message(parse_error const& error) {
    if (error.expected.empty())
        return error.found;
    return fmt::format("expected {}, found {}", error.expected, error.found);
}

std::string render_caret(parse_error const& error) {
    std::string text;
    if (error.line != 0) {
        std::string const column = error.column == 0 ? "" : fmt::format(":{}", error.column);
        text += fmt::format("  {}:{}{}\n", error.file.empty() ? std::string("line") : printable(error.file),
                            error.line, column);
    } else if (!error.file.empty()) {
        text += fmt::format("  {}\n", printable(error.file));
    }
    if (!error.source.empty()) {
        text += fmt::format("    {}\n", error.source);
        if (error.column != 0)
            text += fmt::format("    {:>{}}{:^>{}}\n", "", error.caret, "", error.length);
    }
    if (!error.hint.empty())
        text += fmt::format("  {}\n", error.hint);
    return text;
}

} // namespace dsplan::ldif
