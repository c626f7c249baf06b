#include <sddl/guid.hpp>
#include <sddl/number.hpp>
#include <sddl/text.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

namespace dsplan::sddl {
namespace {

constexpr std::size_t text_size = 36;

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

result<guid> parse_guid(std::string_view text) {
    if (text.size() != text_size)
        return no_guid(text, 0, text.size());
    for (std::size_t index = 0; index < text_size; ++index)
        if (is_dash_position(index) ? text[index] != '-' : hexadecimal_value(text[index]) > 15)
            return no_guid(text, index, index + 1);
    guid parsed;
    for (std::size_t index = 0; index < parsed.octets.size(); ++index) {
        auto const* const pair = text.data() + text_position[index];
        parsed.octets[index] =
            static_cast<std::byte>(hexadecimal_value(pair[0]) * 16 + hexadecimal_value(pair[1]));
    }
    return parsed;
}

result<guid> read_guid(byte_view bytes) {
    guid read;
    if (bytes.size() != read.octets.size())
        return unexpected_at(0, bytes.size(), "the 16 octets of a GUID",
                             fmt::format("{} octets", bytes.size()));
    std::copy(bytes.begin(), bytes.end(), read.octets.begin());
    return read;
}

void append_text(std::string& text, guid const& value) {
    constexpr char digits[] = "0123456789abcdef";
    std::array<char, text_size> written;
    written[8] = written[13] = written[18] = written[23] = '-';
    for (std::size_t index = 0; index < value.octets.size(); ++index) {
        auto const octet = std::to_integer<unsigned>(value.octets[index]);
        written[text_position[index]] = digits[octet >> 4];
        written[text_position[index] + 1U] = digits[octet & 0xF];
    }
    text.append(written.data(), written.size());
}

} // namespace dsplan::sddl

fmt::format_context::iterator fmt::formatter<dsplan::sddl::guid>::format(dsplan::sddl::guid const& value,
                                                                         format_context& context) const {
    std::string text;
    dsplan::sddl::append_text(text, value);
    return std::copy(text.begin(), text.end(), context.out());
}
