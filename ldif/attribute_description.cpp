#include <ldif/attribute_description.hpp>
#include <ldif/decimal.hpp>
#include <ldif/text/name_folding.hpp>

#include <algorithm>
#include <charconv>
#include <cstring>

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
    auto const first = read_decimal<std::uint64_t>(text.substr(0, dash));
    if (dash == std::string_view::npos || !first)
        return std::nullopt;
    if (text.substr(dash + 1) == "*")
        return value_range{*first, std::nullopt};
    auto const last = read_decimal<std::uint64_t>(text.substr(dash + 1));
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
    return attribute_name_equal{}(left, right);
}

namespace {

// Every octet with the bit set that tells cases apart.
std::uint64_t folded_word(char const* at, std::size_t size) {
    std::uint64_t word = 0;
    std::memcpy(&word, at, size);
    return word | 0x2020202020202020U;
}

} // namespace

// Of both ends, in which names differ most.
std::size_t attribute_name_hash::operator()(std::string_view name) const noexcept {
    auto const size = std::min(name.size(), sizeof(std::uint64_t));
    auto const first = folded_word(name.data(), size) * 0x9E3779B97F4A7C15U;
    auto const last = folded_word(name.data() + (name.size() - size), size) * 0xC2B2AE3D27D4EB4FU;
    return static_cast<std::size_t>((first ^ (last >> 7U) ^ name.size() * 0x100000001B3U) >> 16U);
}

bool attribute_name_equal::operator()(std::string_view left, std::string_view right) const noexcept {
    return left == right || // as a table spells it, nearly always
           std::equal(left.begin(), left.end(), right.begin(), right.end(),
                      [](char a, char b) { return to_lower(a) == to_lower(b); });
}

} // namespace dsplan::ldif
