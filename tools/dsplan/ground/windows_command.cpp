#include <tools/dsplan/ground/windows_command.hpp>

#include <algorithm>

namespace dsplan {

std::optional<std::string> quote_argument(std::string_view text) {
    constexpr std::string_view unsafe = "\"%!$`";
    bool const quotable = std::all_of(text.begin(), text.end(), [&](char octet) {
        return octet >= 0x20 && octet < 0x7F && unsafe.find(octet) == std::string_view::npos;
    });
    if (!quotable)
        return std::nullopt;
    std::string quoted = "\"" + std::string(text);
    quoted.append(text.size() - (text.find_last_not_of('\\') + 1), '\\');
    return quoted + '"';
}

std::string quote_argument_or(std::string_view text, std::string_view placeholder) {
    return quote_argument(text).value_or("\"<" + std::string(placeholder) + ">\"");
}

} // namespace dsplan
