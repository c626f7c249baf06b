#include <sddl/guid.hpp>
#include <sddl/number.hpp>
#include <sddl/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

namespace dsplan::sddl {
namespace {

// Where the octets of the binary form stand in the text: the first three fields are little-endian.
constexpr std::array<std::uint8_t, 16> text_position = {6,  4,  2,  0,  11, 9,  16, 14,
                                                        19, 21, 24, 26, 28, 30, 32, 34};

constexpr bool is_dash_position(std::size_t index) {
    return index == 8 || index == 13 || index == 18 || index == 23;
}

tl::unexpected<parse_error> no_guid(std::string_view text, std::size_t begin, std::size_t end) {
    bool const has_brace = !text.empty() && text.front() == '{';
    return unexpected_at(begin, end, "a GUID such as 5b47d60f-6090-40b2-9f37-2a4de88f3063", quoted(text), {},
                         has_brace ? "leave the braces away" : "");
}

} // namespace

bool read_text(guid& made, char const* text) {
    unsigned digits = 0; // all of them: what is no digit counts 16
    for (std::size_t index = 0; index < made.octets.size(); ++index) {
        auto const high = hexadecimal_value(text[text_position[index]]);
        auto const low = hexadecimal_value(text[text_position[index] + 1U]);
        digits |= high | low;
        made.octets[index] = static_cast<std::byte>(high << 4 | low);
    }
    return digits < 16 && text[8] == '-' && text[13] == '-' && text[18] == '-' && text[23] == '-';
}

result<guid> parse_guid(std::string_view text) {
    if (text.size() != guid_text_size)
        return no_guid(text, 0, text.size());
    result<guid> parsed;
    if (read_text(*parsed, text.data()))
        return parsed;
    std::size_t index = 0;
    while (is_dash_position(index) ? text[index] == '-' : hexadecimal_value(text[index]) < 16)
        ++index;
    return no_guid(text, index, index + 1);
}

result<guid> read_guid(byte_view bytes) {
    guid read;
    if (bytes.size() != read.octets.size())
        return unexpected_at(0, bytes.size(), "the 16 octets of a GUID",
                             fmt::format("{} octets", bytes.size()));
    std::copy(bytes.begin(), bytes.end(), read.octets.begin());
    return read;
}

char* put_text(char* written, guid const& value) {
    constexpr char digits[] = "0123456789abcdef";
    written[8] = written[13] = written[18] = written[23] = '-';
    for (std::size_t index = 0; index < value.octets.size(); ++index) {
        auto const octet = std::to_integer<unsigned>(value.octets[index]);
        written[text_position[index]] = digits[octet >> 4];
        written[text_position[index] + 1U] = digits[octet & 0xF];
    }
    return written + guid_text_size;
}

} // namespace dsplan::sddl

fmt::format_context::iterator fmt::formatter<dsplan::sddl::guid>::format(dsplan::sddl::guid const& value,
                                                                         format_context& context) const {
    std::array<char, dsplan::sddl::guid_text_size> text;
    return std::copy(text.data(), dsplan::sddl::put_text(text.data(), value), context.out());
}
