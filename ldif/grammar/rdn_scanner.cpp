#include <ldif/grammar/rdn_scanner.hpp>
#include <ldif/printable.hpp>
#include <ldif/text/octet_classes.hpp>

#include <fmt/format.h>

#include <array>

namespace dsplan::ldif {
namespace {

constexpr bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

constexpr int hexadecimal(char c) {
    if (is_digit(c))
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

// RFC 4514 section 3; the question mark is Samba's.
constexpr std::string_view escapable = " \"#+,;<=>\\?";
constexpr std::string_view must_be_escaped = "\"+,;<>\\";

// Which octets end the fast walk over a value.
constexpr std::array<bool, 256> stops = [] {
    std::array<bool, 256> table{};
    for (char const c : must_be_escaped)
        table[static_cast<unsigned char>(c)] = true;
    return table;
}();

constexpr bool is_plain_octet(char c) {
    return c >= 0x20 && c < 0x7F;
}

} // namespace

parse_error rdn_scanner::error(std::string expected, std::string hint) const {
    parse_error error;
    error.column = position_ + 1;
    error.expected = std::move(expected);
    error.found =
        position_ < text_.size() ? quoted_character(text_, position_) : std::string("the end of the name");
    error.hint = std::move(hint);
    return error;
}

void rdn_scanner::skip_blanks() {
    while (position_ < text_.size() && text_[position_] == ' ')
        ++position_;
}

// attributeType = descr / numericoid
result<std::string_view> rdn_scanner::scan_type() {
    std::size_t const start = position_;
    auto const at = [this] {
        return position_ < text_.size() ? text_[position_] : '\0';
    };
    if (!is_letter(at()) && !is_digit(at()))
        return tl::unexpected(error("an attribute name such as CN, OU or DC"));
    while (is_letter(at()) || is_digit(at()) || at() == '-' || at() == '.')
        ++position_;
    auto const type = text_.substr(start, position_ - start);
    skip_blanks();
    if (at() != '=')
        return tl::unexpected(
            error("'=' after the attribute name", start == 0 ? "" : "a comma inside a value is written \\,"));
    ++position_;
    return type;
}

// pair = ESC ( ESC / special / hexpair )
result<void> rdn_scanner::scan_escape() {
    ++position_;
    if (position_ < text_.size() && escapable.find(text_[position_]) != std::string_view::npos) {
        ++position_;
        return {};
    }
    for (int digit = 0; digit < 2; ++digit, ++position_)
        if (position_ >= text_.size() || hexadecimal(text_[position_]) < 0)
            return tl::unexpected(error("a special character or two hexadecimal digits after '\\'",
                                        "a backslash is written \\\\"));
    return {};
}

// RFC 2253 section 4: a value between quotation marks
result<void> rdn_scanner::scan_quoted(rdn_part& part) {
    std::size_t const start = position_++;
    part.is_plain = false;
    while (position_ < text_.size() && text_[position_] != '"') {
        if (text_[position_] != '\\')
            ++position_;
        else if (auto escape = scan_escape(); !escape)
            return escape;
    }
    if (position_ == text_.size())
        return tl::unexpected(error("the closing quotation mark"));
    ++position_;
    part.value = text_.substr(start, position_ - start);
    skip_blanks();
    return {};
}

result<void> rdn_scanner::scan_string(rdn_part& part) {
    std::size_t const start = position_;
    std::size_t end = start; // after the last octet that is no unescaped blank
    while (position_ < text_.size() && text_[position_] != ',' && text_[position_] != '+') {
        char const octet = text_[position_];
        if (!stops[static_cast<unsigned char>(octet)]) {
            ++position_;
            part.is_plain = part.is_plain && is_plain_octet(octet);
            end = octet == ' ' ? end : position_;
            continue;
        }
        if (octet != '\\')
            return tl::unexpected(
                error("a value, ',' or '+'", std::string("inside a value it is written \\") + octet));
        if (auto escape = scan_escape(); !escape)
            return escape;
        part.is_plain = false;
        end = position_;
    }
    part.value = text_.substr(start, end - start);
    return {};
}

result<void> rdn_scanner::scan_value(rdn_part& part) {
    skip_blanks();
    if (position_ < text_.size() && text_[position_] == '"')
        return scan_quoted(part);
    bool const is_hexadecimal = position_ < text_.size() && text_[position_] == '#';
    std::size_t const start = position_;
    if (auto value = scan_string(part); !value)
        return value;
    if (is_hexadecimal) {
        part.is_plain = false;
        if (auto octets = unescape(part); !octets) {
            position_ = start;
            return tl::unexpected(error(octets.error().expected, octets.error().hint));
        }
    }
    return {};
}

result<rdn_part> rdn_scanner::next() {
    rdn_part part;
    skip_blanks();
    if (++parts_ > maximum_parts)
        return tl::unexpected(error(fmt::format("a name of at most {} parts", maximum_parts),
                                    "no directory has a name so deep"));
    auto type = scan_type();
    if (!type)
        return tl::unexpected(std::move(type.error()));
    part.type = *type;
    if (auto value = scan_value(part); !value)
        return tl::unexpected(std::move(value.error()));
    if (position_ == text_.size())
        return part;
    if (text_[position_] != ',' && text_[position_] != '+')
        return tl::unexpected(error("',' or '+' after the value"));
    part.separator = text_[position_++] == ',' ? rdn_separator::comma : rdn_separator::plus;
    return part;
}

namespace {

// #hexstring: the BER encoding of a string or an octet string with a length in the short form.
result<std::string> decode_hexadecimal(std::string_view text) {
    parse_error error;
    error.column = 1;
    error.expected = "an even number of hexadecimal digits of a BER string after '#'";
    error.found = quoted(text);
    error.hint = "a value that begins with # is written \\#";
    std::string octets;
    for (std::size_t i = 1; i + 1 < text.size(); i += 2) {
        int const high = hexadecimal(text[i]);
        int const low = hexadecimal(text[i + 1]);
        if (high < 0 || low < 0)
            return tl::unexpected(error);
        octets += static_cast<char>(high * 16 + low);
    }
    constexpr std::string_view string_tags{"\x04\x0C\x13\x16", 4};
    if (text.size() % 2 == 0 || octets.size() < 2 || octets.size() > 129 ||
        string_tags.find(octets[0]) == std::string_view::npos ||
        static_cast<unsigned char>(octets[1]) != octets.size() - 2)
        return tl::unexpected(error);
    return octets.substr(2);
}

} // namespace

result<std::string> unescape(rdn_part const& part) {
    auto value = part.value;
    if (part.is_plain)
        return std::string(value);
    if (value.starts_with('#'))
        return decode_hexadecimal(value);
    if (value.starts_with('"'))
        value = value.substr(1, value.size() - 2);
    std::string octets;
    for (std::size_t i = 0; i < value.size(); ++i) {
        if (value[i] == '\\' && hexadecimal(value[i + 1]) >= 0) {
            octets += static_cast<char>(hexadecimal(value[i + 1]) * 16 + hexadecimal(value[i + 2]));
            i += 2;
        } else {
            i += value[i] == '\\' ? 1U : 0U;
            octets += value[i];
        }
    }
    return octets;
}

} // namespace dsplan::ldif
