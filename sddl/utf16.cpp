#include <sddl/utf16.hpp>

#include <utf8.h>

#include <algorithm>
#include <iterator>

namespace dsplan::sddl {

std::optional<std::u16string> to_utf16(std::string_view text) {
    if (std::all_of(text.begin(), text.end(), [](char letter) { return (letter & 0x80) == 0; }))
        return std::u16string(text.begin(), text.end()); // which nearly every text is
    if (!utf8::is_valid(text.begin(), text.end()))
        return std::nullopt;
    std::u16string converted;
    utf8::unchecked::utf8to16(text.begin(), text.end(), std::back_inserter(converted));
    return converted;
}

std::optional<std::string> to_utf8(std::u16string_view text) {
    if (std::all_of(text.begin(), text.end(), [](char16_t unit) { return unit < 0x80; }))
        return std::string(text.begin(), text.end());
    std::string converted;
    try {
        utf8::utf16to8(text.begin(), text.end(), std::back_inserter(converted));
    } catch (utf8::exception const&) {
        return std::nullopt; // half of a surrogate pair
    }
    return converted;
}

bool append_quoted(std::string& target, std::u16string_view text) {
    auto const is_unsayable = [](char16_t unit) {
        return unit == u'"' || unit == u'\0';
    };
    auto const written = std::any_of(text.begin(), text.end(), is_unsayable) ? std::nullopt : to_utf8(text);
    target += '"';
    target += written.value_or(std::string{});
    target += '"';
    return written.has_value();
}

} // namespace dsplan::sddl
