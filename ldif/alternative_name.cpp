#include <ldif/alternative_name.hpp>
#include <ldif/distinguished_name.hpp>
#include <ldif/printable.hpp>
#include <ldif/text/name_folding.hpp>

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <iterator>

namespace dsplan::ldif {
namespace {

constexpr std::size_t guid_size = 16;

struct form {
    std::string_view prefix;
    alternative_name::kind type;
    std::string_view what;
};
constexpr std::array<form, 3> forms{{
    {"<guid=", alternative_name::kind::guid, "a GUID"},
    {"<sid=", alternative_name::kind::sid, "a SID"},
    {"<wkguid=", alternative_name::kind::well_known, "a well-known GUID, a comma and a name"},
}};

form const* form_of(std::string_view text) {
    for (auto const& it : forms)
        if (equals_keyword(text.substr(0, it.prefix.size()), it.prefix))
            return &it;
    return nullptr;
}

tl::unexpected<parse_error> no_name(std::size_t offset, std::string expected, std::string_view found) {
    parse_error error;
    error.column = offset + 1;
    error.expected = std::move(expected);
    error.found = found.empty() ? std::string("nothing") : quoted(found);
    return tl::unexpected(std::move(error));
}

std::optional<std::string> octets_of_digits(std::string_view digits) {
    std::string octets;
    if (digits.empty() || digits.size() % 2 != 0)
        return std::nullopt;
    for (auto const* place = digits.data(); place != digits.data() + digits.size(); place += 2) {
        unsigned octet = 0;
        if (std::from_chars(place, place + 2, octet, 16).ptr != place + 2)
            return std::nullopt;
        octets += static_cast<char>(octet);
    }
    return octets;
}

std::optional<std::string> guid_of(std::string_view text) {
    if (auto octets = guid_octets(text))
        return octets;
    auto octets = octets_of_digits(text);
    return octets && octets->size() == guid_size ? octets : std::nullopt;
}

std::optional<std::string> sid_of(std::string_view text) {
    if (auto octets = sid_octets(text))
        return octets;
    auto octets = octets_of_digits(text);
    return octets && sid_text(*octets) ? octets : std::nullopt;
}

result<alternative_name> parse_well_known(std::string_view text, std::size_t offset) {
    auto const comma = std::min(text.find(','), text.size());
    auto octets = guid_of(text.substr(0, comma));
    if (!octets || comma == text.size())
        return no_name(offset, std::string(forms[2].what), text);
    auto const dn = text.substr(comma + 1);
    if (auto checked = check_distinguished_name(dn); !checked) {
        checked.error().column += offset + comma + 1;
        return tl::unexpected(std::move(checked.error()));
    }
    return alternative_name{alternative_name::kind::well_known, std::move(*octets), std::string(dn)};
}

} // namespace

bool looks_like_alternative_name(std::string_view text) {
    return text.ends_with('>') && form_of(text) != nullptr;
}

result<alternative_name> parse_alternative_name(std::string_view text) {
    auto const* const found = looks_like_alternative_name(text) ? form_of(text) : nullptr;
    if (found == nullptr)
        return no_name(0, "<GUID=…>, <SID=…> or <WKGUID=…,…>", text.substr(0, 8));
    auto const offset = found->prefix.size();
    auto const inner = text.substr(offset, text.size() - offset - 1);
    if (found->type == alternative_name::kind::well_known)
        return parse_well_known(inner, offset);
    auto octets = found->type == alternative_name::kind::guid ? guid_of(inner) : sid_of(inner);
    if (!octets)
        return no_name(offset, std::string(found->what), inner);
    return alternative_name{found->type, std::move(*octets), {}};
}

result<void> check_any_name(std::string_view text) {
    if (!looks_like_alternative_name(text))
        return check_distinguished_name(text);
    auto const parsed = parse_alternative_name(text);
    return parsed ? result<void>() : result<void>(tl::unexpected(parsed.error()));
}

std::optional<std::string> guid_octets(std::string_view text) {
    // Where the digits of each octet stand: the first three fields are little-endian.
    constexpr std::array<std::size_t, guid_size> places{6,  4,  2,  0,  11, 9,  16, 14,
                                                        19, 21, 24, 26, 28, 30, 32, 34};
    constexpr std::size_t text_size = 36;
    if (text.size() != text_size || text[8] != '-' || text[13] != '-' || text[18] != '-' || text[23] != '-')
        return std::nullopt;
    std::string octets;
    for (auto const place : places) {
        unsigned octet = 0;
        char const* const digits = text.data() + place;
        if (std::from_chars(digits, digits + 2, octet, 16).ptr != digits + 2)
            return std::nullopt;
        octets += static_cast<char>(octet);
    }
    return octets;
}

std::optional<std::string> sid_octets(std::string_view text) {
    if (!text.starts_with("S-1-") && !text.starts_with("s-1-"))
        return std::nullopt;
    constexpr std::size_t most_parts = 15;
    std::string octets;
    auto const* place = text.data() + 4;
    auto const* const end = text.data() + text.size();
    std::uint64_t part = 0;
    for (std::size_t index = 0; index <= most_parts; ++index) {
        auto const read = std::from_chars(place, end, part);
        std::uint64_t const largest = index == 0 ? 0xFFFFFFFFFFFF : 0xFFFFFFFF;
        if (read.ec != std::errc{} || (read.ptr != end && *read.ptr != '-') || part > largest)
            return std::nullopt;
        if (index == 0) { // the authority is big-endian, in six octets
            for (unsigned shift = 48; shift != 0; shift -= 8)
                octets += static_cast<char>(part >> (shift - 8) & 0xFFU);
        } else {
            for (unsigned shift = 0; shift != 32; shift += 8)
                octets += static_cast<char>(part >> shift & 0xFFU);
        }
        if (read.ptr == end)
            return std::string{'\1', static_cast<char>(index)} + octets;
        place = read.ptr + 1;
    }
    return std::nullopt;
}

std::optional<std::string> sid_text(std::string_view octets) {
    constexpr std::size_t head = 8;
    auto const at = [octets](std::size_t i) {
        return static_cast<std::uint64_t>(static_cast<unsigned char>(octets[i]));
    };
    if (octets.size() < head || at(0) != 1 || octets.size() != head + at(1) * 4)
        return std::nullopt;
    std::uint64_t authority = 0;
    for (std::size_t i = 2; i < head; ++i)
        authority = authority << 8 | at(i);
    std::string text = fmt::format("S-1-{}", authority);
    for (std::size_t i = head; i < octets.size(); i += 4)
        fmt::format_to(std::back_inserter(text), "-{}",
                       at(i) | at(i + 1) << 8 | at(i + 2) << 16 | at(i + 3) << 24);
    return text;
}

} // namespace dsplan::ldif
