#include <sddl/detail/text.hpp>
#include <sddl/guid.hpp>
#include <sddl/number.hpp>

#include <boost/endian/conversion.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

namespace dsplan::sddl {
namespace {

constexpr bool is_dash_position(std::size_t index) {
    return index == 8 || index == 13 || index == 18 || index == 23;
}

constexpr std::uint64_t in_each(std::uint8_t octet) {
    return std::uint64_t{0x0101'0101'0101'0101} * octet;
}

// The four octets that eight digits say, the first of each lowest. All at once: digit by digit, this was a
// fifth of the time of reading object ACEs. An octet plus a constant has its highest bit where it reaches, or
// passes, a letter.
std::uint32_t octets_of_digits(std::uint64_t digits, bool& is_valid) {
    auto const small = in_each(0x20) | digits;
    auto const is_digit = (digits + in_each(0x80 - '0')) & ~(digits + in_each(0x7F - '9'));
    auto const is_letter = (small + in_each(0x80 - 'a')) & ~(small + in_each(0x7F - 'f')) & in_each(0x80);
    is_valid = is_valid && (digits & in_each(0x80)) == 0 &&
               ((is_digit | is_letter) & in_each(0x80)) == in_each(0x80);
    auto const values = (digits & in_each(0x0F)) + 9 * (is_letter >> 7);
    auto const pairs = (values << 4 | values >> 8) & 0x00FF'00FF'00FF'00FF;
    auto const halves = (pairs | pairs >> 8) & 0x0000'FFFF'0000'FFFF;
    return static_cast<std::uint32_t>(halves | halves >> 16);
}

// The eight digits of four octets likewise.
std::uint64_t digits_of(std::uint32_t octets) {
    auto const halves = (octets | std::uint64_t{octets} << 16) & 0x0000'FFFF'0000'FFFF;
    auto const pairs = (halves | halves << 8) & 0x00FF'00FF'00FF'00FF;
    auto const low = pairs & 0x000F'000F'000F'000F;
    auto const values = (pairs >> 4 & 0x000F'000F'000F'000F) | low << 8;
    auto const is_letter = (values + in_each(6)) >> 4 & in_each(1);
    return values + in_each('0') + is_letter * ('a' - '0' - 10);
}

tl::unexpected<parse_error> no_guid(std::string_view text, std::size_t begin, std::size_t end) {
    bool const has_brace = !text.empty() && text.front() == '{';
    return unexpected_at(begin, end, "a GUID such as 5b47d60f-6090-40b2-9f37-2a4de88f3063", quoted(text), {},
                         has_brace ? "leave out the braces" : "");
}

} // namespace

bool read_text(guid& made, char const* text) {
    auto const* const digits = reinterpret_cast<unsigned char const*>(text);
    auto const two_groups = [digits](std::size_t first, std::size_t second) {
        return std::uint64_t{boost::endian::load_little_u32(digits + second)} << 32 |
               boost::endian::load_little_u32(digits + first);
    };
    bool is_valid = text[8] == '-' && text[13] == '-' && text[18] == '-' && text[23] == '-';
    auto const first = octets_of_digits(boost::endian::load_little_u64(digits), is_valid);
    auto const second = octets_of_digits(two_groups(9, 14), is_valid);
    auto const third = octets_of_digits(two_groups(19, 24), is_valid);
    auto const fourth = octets_of_digits(boost::endian::load_little_u64(digits + 28), is_valid);
    // The first three fields are numbers, whose octets lie the other way round.
    auto* const octets = reinterpret_cast<unsigned char*>(made.octets.data());
    boost::endian::store_big_u32(octets, first);
    boost::endian::store_big_u16(octets + 4, static_cast<std::uint16_t>(second));
    boost::endian::store_big_u16(octets + 6, static_cast<std::uint16_t>(second >> 16));
    boost::endian::store_little_u32(octets + 8, third);
    boost::endian::store_little_u32(octets + 12, fourth);
    return is_valid;
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
    auto* const digits = reinterpret_cast<unsigned char*>(written);
    auto const* const octets = reinterpret_cast<unsigned char const*>(value.octets.data());
    auto const put_two_groups = [digits](std::size_t first, std::size_t second, std::uint64_t both) {
        boost::endian::store_little_u32(digits + first, static_cast<std::uint32_t>(both));
        boost::endian::store_little_u32(digits + second, static_cast<std::uint32_t>(both >> 32));
    };
    auto const numbers = boost::endian::load_big_u16(octets + 4) |
                         std::uint32_t{boost::endian::load_big_u16(octets + 6)} << 16;
    boost::endian::store_little_u64(digits, digits_of(boost::endian::load_big_u32(octets)));
    put_two_groups(9, 14, digits_of(numbers));
    put_two_groups(19, 24, digits_of(boost::endian::load_little_u32(octets + 8)));
    boost::endian::store_little_u64(digits + 28, digits_of(boost::endian::load_little_u32(octets + 12)));
    written[8] = written[13] = written[18] = written[23] = '-';
    return written + guid_text_size;
}

} // namespace dsplan::sddl

fmt::format_context::iterator fmt::formatter<dsplan::sddl::guid>::format(dsplan::sddl::guid const& value,
                                                                         format_context& context) const {
    std::array<char, dsplan::sddl::guid_text_size> text;
    return std::copy(text.data(), dsplan::sddl::put_text(text.data(), value), context.out());
}
