#include <sddl/detail/attribute_name.hpp>
#include <sddl/number.hpp>
#include <sddl/utf16.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace dsplan::sddl {
namespace {

struct prefix {
    std::string_view text;
    attribute_scope scope;
};

constexpr std::array<prefix, 3> prefixes{{{"@USER.", attribute_scope::user},
                                          {"@DEVICE.", attribute_scope::device},
                                          {"@RESOURCE.", attribute_scope::resource}}};

prefix const* find_prefix(std::string_view text) {
    auto const* const found = std::find_if(prefixes.begin(), prefixes.end(), [text](prefix const& one) {
        return text.size() >= one.text.size() &&
               std::equal(one.text.begin(), one.text.end(), text.begin(),
                          [](char wanted, char letter) { return wanted == capital(letter); });
    });
    return found == prefixes.end() ? nullptr : found;
}

// "%0020" at the start of `text`; nothing where the four digits are missing or say a letter that needs none.
std::optional<char16_t> read_escape(std::string_view text) {
    if (text.size() < 5)
        return std::nullopt;
    unsigned unit = 0;
    for (auto const digit : text.substr(1, 4)) {
        if (hexadecimal_value(digit) > 15)
            return std::nullopt;
        unit = unit * 16 + hexadecimal_value(digit);
    }
    if (unit == 0 || (unit < 0x80 && is_attribute_letter(static_cast<char>(unit))))
        return std::nullopt;
    return static_cast<char16_t>(unit);
}

} // namespace

result<condition_attribute> parse_attribute_name(std::string_view text) {
    condition_attribute read;
    std::size_t place = 0;
    if (!text.empty() && text[0] == '@') {
        auto const* const found = find_prefix(text);
        if (!found)
            return unexpected_at(0, text.size(),
                                 "@User., @Device. or @Resource. before the name of an attribute",
                                 quoted(text));
        read.scope = found->scope;
        place = found->text.size();
    }
    if (place == text.size())
        return unexpected_at(place, place, "the name of an attribute", "nothing");
    while (place < text.size()) {
        auto const stop = std::min(text.find('%', place), text.size());
        auto plain = to_utf16(text.substr(place, stop - place));
        if (!plain)
            return unexpected_at(place, stop, "UTF-8 in the name of an attribute", "other octets");
        if (stop == text.size() && read.name.empty())
            read.name = std::move(*plain);
        else
            read.name += *plain;
        place = stop;
        if (place == text.size())
            break;
        auto const unit = read_escape(text.substr(place));
        if (!unit)
            return unexpected_at(place, std::min(place + 5, text.size()),
                                 "'%' and the four hexadecimal digits of a letter that needs an escape",
                                 quoted(text.substr(place, 5)));
        read.name += *unit;
        place += 5;
    }
    return read;
}

std::optional<std::string> write_attribute_name(condition_attribute const& value) {
    std::string text;
    for (auto const& one : prefixes)
        if (one.scope == value.scope)
            text = one.text;
    bool const is_plain = std::all_of(value.name.begin(), value.name.end(), [](char16_t unit) {
        return unit < 0x80 && is_alphanumeric(static_cast<char>(unit));
    });
    if (is_plain && !value.name.empty()) // as nearly every name is
        return text.append(value.name.begin(), value.name.end());
    bool const is_local = value.scope == attribute_scope::local;
    for (auto const unit : value.name) {
        auto const letter = unit < 0x80 ? static_cast<char>(unit) : '\x7F';
        if (is_local ? is_simple_attribute_letter(letter) : is_attribute_letter(letter))
            text += letter;
        else if (is_local || unit == 0)
            return std::nullopt;
        else
            fmt::format_to(std::back_inserter(text), "%{:04x}", static_cast<unsigned>(unit));
    }
    if (value.name.empty())
        return std::nullopt;
    return text;
}

} // namespace dsplan::sddl
