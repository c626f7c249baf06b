#include <ldif/changes/storage/object_mark.hpp>
#include <ldif/text/name_folding.hpp>

#include <array>
#include <charconv>
#include <cstdint>
#include <system_error>

namespace dsplan::ldif {

std::string object_mark(std::string_view value) {
    // Where the digits of each octet stand: the first three fields are little-endian.
    constexpr std::array<std::size_t, 16> places{6, 4, 2, 0, 11, 9, 16, 14, 19, 21, 24, 26, 28, 30, 32, 34};
    constexpr std::size_t text_size = 36;
    if (value.size() != text_size)
        return std::string(value);
    std::string octets;
    for (auto const place : places) {
        unsigned octet = 0;
        char const* const digits = value.data() + place;
        if (std::from_chars(digits, digits + 2, octet, 16).ptr != digits + 2)
            return std::string(value);
        octets += static_cast<char>(octet);
    }
    return octets;
}

std::string sid_mark(std::string_view value) {
    if (!value.starts_with("S-1-") && !value.starts_with("s-1-"))
        return std::string(value);
    std::string octets;
    auto const* place = value.data() + 4;
    auto const* const end = value.data() + value.size();
    std::uint64_t part = 0;
    for (std::size_t index = 0;; ++index) {
        auto const read = std::from_chars(place, end, part);
        if (read.ec != std::errc{} || (read.ptr != end && *read.ptr != '-'))
            return std::string(value);
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
}

namespace {

// Built-in groups have one SID in several domains.
bool is_of_account(std::string_view sid) {
    constexpr std::string_view account_sid("\1\5\0\0\0\0\0\5\25\0\0\0", 12); // S-1-5-21-... with five parts
    return sid.starts_with(account_sid);
}

} // namespace

std::string object_mark(record_view const& record) {
    std::string_view sid;
    bool is_foreign = false; // a foreign security principal has the SID of an account of another domain
    for (auto const& it : record.attributes) {
        if (equals_keyword(it.description, "objectguid"))
            return 'G' + object_mark(it.value);
        if (sid.empty() && equals_keyword(it.description, "objectsid"))
            sid = it.value;
        is_foreign = is_foreign || (equals_keyword(it.description, "objectclass") &&
                                    equals_keyword(it.value, "foreignsecurityprincipal"));
    }
    auto const octets = sid_mark(sid);
    return !is_foreign && is_of_account(octets) ? 'S' + octets : std::string();
}

bool may_be_one(std::string_view mark, std::string_view other) {
    return mark.empty() || other.empty() || mark.front() != other.front() || mark == other;
}

} // namespace dsplan::ldif
