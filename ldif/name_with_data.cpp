#include <ldif/distinguished_name.hpp>
#include <ldif/name_with_data.hpp>
#include <ldif/printable.hpp>
#include <ldif/text/name_folding.hpp>

#include <fmt/format.h>
#include <utf8.h>

#include <charconv>
#include <iterator>

namespace dsplan::ldif {
namespace {

tl::unexpected<parse_error> fail(std::size_t offset, std::string expected, std::string found,
                                 std::string hint = {}) {
    parse_error error;
    error.column = offset + 1;
    error.expected = std::move(expected);
    error.found = std::move(found);
    error.hint = std::move(hint);
    return tl::unexpected(std::move(error));
}

// The octets that `count` characters take; nothing where there are fewer.
std::size_t octets_of(std::string_view text, std::size_t count) {
    auto const* position = text.data();
    auto const* const end = position + text.size();
    for (; count > 0 && position != end; --count) {
        std::uint32_t code_point = 0;
        if (utf8::internal::validate_next(position, end, code_point) != utf8::internal::UTF8_OK)
            return std::string_view::npos;
        count -= code_point > 0xFFFF && count > 1 ? 1U : 0U; // counted in UTF-16 code units
    }
    return count == 0 ? static_cast<std::size_t>(position - text.data()) : std::string_view::npos;
}

result<std::string> from_hexadecimal(std::string_view digits, std::size_t offset) {
    if (digits.size() % 2 != 0)
        return fail(offset, "an even number of hexadecimal digits", fmt::format("{}", digits.size()));
    std::string octets;
    for (std::size_t i = 0; i < digits.size(); i += 2) {
        unsigned code = 0;
        auto const* const end = digits.data() + i + 2;
        auto const parsed = std::from_chars(digits.data() + i, end, code, 16);
        if (parsed.ec != std::errc() || parsed.ptr != end)
            return fail(offset + i, "hexadecimal digits", quoted(digits.substr(i, 2)));
        octets += static_cast<char>(code);
    }
    return octets;
}

// Where data and name lie.
struct parts {
    std::size_t data = 0;
    std::size_t data_size = 0;
    std::size_t dn = 0;
};

result<parts> find_parts(std::string_view text) {
    if (!looks_like_name_with_data(text))
        return fail(0, "'B:' or 'S:'",
                    text.empty() ? std::string("an empty value") : quoted(text.substr(0, 2)));
    std::size_t count = 0;
    auto const parsed = std::from_chars(text.data() + 2, text.data() + text.size(), count);
    auto const behind = static_cast<std::size_t>(parsed.ptr - text.data());
    if (parsed.ec != std::errc() || behind == text.size() || text[behind] != ':')
        return fail(2, "a count of characters with ':' after it", quoted(text.substr(2, 20)));
    auto const rest = text.substr(behind + 1);
    std::size_t const size = to_lower(text[0]) == 'b' ? count : octets_of(rest, count);
    if (size >= rest.size() || rest[size] != ':')
        return fail(behind + 1, fmt::format("{} characters with ':' after them", count), quoted(rest),
                    "the count does not fit the data");
    return parts{behind + 1, size, behind + 1 + size + 1};
}

} // namespace

bool looks_like_name_with_data(std::string_view text) {
    return text.size() > 2 && text[1] == ':' && (to_lower(text[0]) == 'b' || to_lower(text[0]) == 's');
}

result<name_with_data> parse_name_with_data(std::string_view text) {
    auto const found = find_parts(text);
    if (!found)
        return tl::unexpected(found.error());
    name_with_data value;
    value.dn = text.substr(found->dn);
    if (auto checked = check_distinguished_name(value.dn); !checked) {
        checked.error().column += found->dn;
        return tl::unexpected(std::move(checked.error()));
    }
    auto const data = text.substr(found->data, found->data_size);
    if (to_lower(text[0]) == 's') {
        value.type = name_with_data::kind::string;
        value.data = data;
        return value;
    }
    auto octets = from_hexadecimal(data, found->data);
    if (!octets)
        return tl::unexpected(std::move(octets.error()));
    value.data = std::move(*octets);
    return value;
}

std::string to_string(name_with_data const& value) {
    if (value.type == name_with_data::kind::string) {
        std::size_t units = 0;
        for (char const octet : value.data)
            units += (octet & 0xC0) == 0x80 ? 0U : static_cast<unsigned char>(octet) >= 0xF0 ? 2U : 1U;
        return fmt::format("S:{}:{}:{}", units, value.data, value.dn);
    }
    std::string text = fmt::format("B:{}:", value.data.size() * 2);
    for (char const octet : value.data)
        fmt::format_to(std::back_inserter(text), "{:02X}", static_cast<unsigned char>(octet));
    return text + ':' + value.dn;
}

std::string_view name_part(std::string_view text) {
    if (!looks_like_name_with_data(text))
        return text;
    auto const found = find_parts(text);
    return found ? text.substr(found->dn) : text;
}

result<std::string> normalize_name_value(std::string_view text) {
    if (!looks_like_name_with_data(text))
        return normalize(text);
    auto value = parse_name_with_data(text);
    if (!value)
        return tl::unexpected(value.error());
    return normalize(value->dn).map([&](std::string const& key) {
        value->dn = key;
        return to_string(*value);
    });
}

} // namespace dsplan::ldif
