#include <sddl/grammar/fields.hpp>
#include <sddl/grammar/literals.hpp>
#include <sddl/number.hpp>
#include <sddl/utf16.hpp>

#include <limits>
#include <utility>

namespace dsplan::sddl::grammar {
namespace {

constexpr std::uint64_t largest_positive = std::numeric_limits<std::int64_t>::max();

std::uint8_t base_code(unsigned base) {
    if (base == 8)
        return 1;
    return base == 10 ? 2 : 3;
}

} // namespace

result<condition_integer> read_integer(std::string_view text) {
    bool const has_sign = !text.empty() && (text[0] == '+' || text[0] == '-');
    bool const is_negative = has_sign && text[0] == '-';
    auto const digits = text.substr(has_sign ? 1 : 0);
    auto const read = read_number(digits, 0, std::numeric_limits<std::uint64_t>::max());
    if (read.consumed == 0 || read.consumed != digits.size() || read.has_minus || read.has_plus)
        return unexpected_at(0, text.size(),
                             "a value: an integer, a \"string\", #octets, SID(…) or a list in braces",
                             quoted(text));
    bool const is_of_bits = !has_sign && read.base == 16; // all 64 of them may be written
    if (read.saturated || (!is_of_bits && read.value > largest_positive + (is_negative ? 1U : 0U)))
        return unexpected_at(0, text.size(), "an integer of 64 bits", quoted(text));
    condition_integer value;
    value.sign = has_sign ? (is_negative ? 2 : 1) : 3;
    value.base = base_code(read.base);
    value.value = static_cast<std::int64_t>(is_negative ? 0 - read.value : read.value);
    return value;
}

result<std::u16string> read_string(std::string_view text) {
    if (auto const zero = text.find('\0'); zero != std::string_view::npos)
        return unexpected_at(zero, zero + 1, "a string without zero characters",
                             quoted(text.substr(zero, 1)));
    auto converted = to_utf16(text.substr(1, text.size() - 2));
    if (!converted)
        return unexpected_at(0, text.size(), "UTF-8 between the quotation marks", "other octets");
    return std::move(*converted);
}

byte_string read_octets(std::string_view digits) {
    byte_string octets((digits.size() + 1) / 2);
    std::size_t nibble = 0;
    for (auto const digit : digits) {
        auto const value = static_cast<std::byte>(digit == '#' ? 0U : hexadecimal_value(digit));
        octets[nibble / 2] |= nibble % 2 == 0 ? value << 4 : value;
        ++nibble;
    }
    return octets;
}

result<sid> read_account(std::string_view text, domain_sids const& sids) {
    constexpr std::size_t lead = 4; // SID(
    warnings odd;
    auto account = read_trustee(text.substr(lead, text.size() - lead - 1), sids, false, odd);
    if (!account)
        return moved(std::move(account.error()), lead);
    return account;
}

result<condition_literal> read_literal(lexeme const& piece, domain_sids const& sids) {
    auto const as_literal = [](auto value) {
        return condition_literal(std::move(value));
    };
    auto const text = view(piece.text);
    switch (piece.kind) {
    case lexeme_kind::account:
        return read_account(text, sids).map(as_literal);
    case lexeme_kind::string:
        return read_string(text).map(as_literal);
    case lexeme_kind::octets:
        return condition_literal(read_octets(text.substr(1)));
    default:
        return read_integer(text).map(as_literal);
    }
}

} // namespace dsplan::sddl::grammar
