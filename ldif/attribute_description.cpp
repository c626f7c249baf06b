#include <ldif/attribute_description.hpp>
#include <ldif/text/name_folding.hpp>

#include <algorithm>
#include <charconv>

namespace dsplan::ldif {
namespace {

constexpr std::string_view range_option = ";range=";

// Where the range option begins.
std::size_t find_range(std::string_view description) {
    for (std::size_t i = description.find(';'); i != std::string_view::npos; i = description.find(';', i + 1))
        if (equals_keyword(description.substr(i, range_option.size()), range_option))
            return i;
    return std::string_view::npos;
}

std::optional<std::uint64_t> number(std::string_view digits) {
    std::uint64_t value = 0;
    auto const* const end = digits.data() + digits.size();
    auto const parsed = std::from_chars(digits.data(), end, value);
    return parsed.ec == std::errc() && parsed.ptr == end ? std::optional(value) : std::nullopt;
}

} // namespace

std::string_view attribute_name(std::string_view description) {
    return description.substr(0, description.find(';'));
}

std::optional<value_range> range_of(std::string_view description) {
    auto const begin = find_range(description);
    if (begin == std::string_view::npos)
        return std::nullopt;
    auto text = description.substr(begin + range_option.size());
    text = text.substr(0, text.find(';'));
    auto const dash = text.find('-');
    auto const first = number(text.substr(0, dash));
    if (dash == std::string_view::npos || !first)
        return std::nullopt;
    if (text.substr(dash + 1) == "*")
        return value_range{*first, std::nullopt};
    auto const last = number(text.substr(dash + 1));
    return last ? std::optional(value_range{*first, last}) : std::nullopt;
}

std::string without_range(std::string_view description) {
    auto const begin = find_range(description);
    if (begin == std::string_view::npos)
        return std::string(description);
    auto const end = description.find(';', begin + 1);
    std::string name(description.substr(0, begin));
    return name.append(end == std::string_view::npos ? std::string_view() : description.substr(end));
}

bool same_description(std::string_view left, std::string_view right) {
    return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](char a, char b) { return to_lower(a) == to_lower(b); });
}

} // namespace dsplan::ldif
