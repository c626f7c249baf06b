#include <ldif/text_encoding.hpp>

#include <utf8.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>

namespace dsplan::ldif {
namespace {

// The generalised form of UTF-8: takes a lone surrogate too, as three octets that are no UTF-8.
void append_code_point(std::string& text, std::uint32_t code_point) {
    auto const put = [&text](std::uint32_t octet) {
        text += static_cast<char>(octet);
    };
    auto const tail = [&put, code_point](unsigned shift) {
        put(0x80U | (code_point >> shift & 0x3FU));
    };
    if (code_point < 0x80) {
        put(code_point);
    } else if (code_point < 0x800) {
        put(0xC0U | code_point >> 6);
        tail(0);
    } else if (code_point < 0x10000) {
        put(0xE0U | code_point >> 12);
        tail(6);
        tail(0);
    } else {
        put(0xF0U | code_point >> 18);
        tail(12);
        tail(6);
        tail(0);
    }
}

// Windows-1252 from 0x80 to 0x9F; what it leaves undefined stays a control character, as Windows reads it.
constexpr std::array<std::uint16_t, 32> windows_1252_high{
    0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008D, 0x017D, 0x008F, 0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178,
};

void append_single(std::string& text, unsigned char octet, bool is_windows) {
    bool const is_special = is_windows && octet >= 0x80 && octet < 0xA0;
    append_code_point(text, is_special ? windows_1252_high[octet - 0x80U] : octet);
}

} // namespace

// The octet of a character in Latin-1 or Windows-1252; nothing where it has none.
namespace {

std::optional<char> single_octet(std::uint32_t code_point, bool is_windows) {
    bool const is_special = is_windows && code_point >= 0x80;
    auto const* const found = std::find(windows_1252_high.begin(), windows_1252_high.end(), code_point);
    if (is_special && found != windows_1252_high.end())
        return static_cast<char>(0x80 + (found - windows_1252_high.begin()));
    bool const is_same = code_point < 0x80 || (code_point < 0x100 && (!is_special || code_point >= 0xA0));
    return is_same ? std::optional(static_cast<char>(code_point)) : std::nullopt;
}

} // namespace

detected_encoding detect_encoding(std::string_view octets) {
    if (octets.starts_with("\xEF\xBB\xBF"))
        return {text_encoding::utf8, 3};
    if (octets.starts_with("\xFF\xFE"))
        return {text_encoding::utf16_little_endian, 2};
    if (octets.starts_with("\xFE\xFF"))
        return {text_encoding::utf16_big_endian, 2};
    return {};
}

void transcoder::append_unit(std::string& text, std::uint32_t unit) {
    bool const is_low = unit >= 0xDC00 && unit < 0xE000;
    if (surrogate_ != 0) {
        std::uint32_t const high = surrogate_;
        surrogate_ = 0;
        if (is_low)
            return append_code_point(text, 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00));
        append_code_point(text, high);
    }
    if (unit >= 0xD800 && unit < 0xDC00)
        surrogate_ = unit;
    else
        append_code_point(text, unit);
}

void transcoder::append(std::string& text, std::string_view octets) {
    if (encoding_ == text_encoding::latin1 || encoding_ == text_encoding::windows_1252) {
        for (char const octet : octets)
            append_single(text, static_cast<unsigned char>(octet), encoding_ == text_encoding::windows_1252);
        return;
    }
    if (encoding_ != text_encoding::utf16_little_endian && encoding_ != text_encoding::utf16_big_endian) {
        text += octets;
        return;
    }
    bool const little = encoding_ == text_encoding::utf16_little_endian;
    auto const unit = [little](char one, char two) {
        auto const low = static_cast<unsigned char>(little ? one : two);
        auto const high = static_cast<unsigned char>(little ? two : one);
        return static_cast<std::uint32_t>(high) << 8 | low;
    };
    std::size_t i = 0;
    if (!waiting_.empty() && !octets.empty()) {
        append_unit(text, unit(waiting_[0], octets[0]));
        waiting_.clear();
        i = 1;
    }
    for (; i + 1 < octets.size(); i += 2)
        append_unit(text, unit(octets[i], octets[i + 1]));
    if (i < octets.size())
        waiting_ = octets[i];
}

void transcoder::finish(std::string& text) {
    if (surrogate_ != 0)
        append_code_point(text, surrogate_);
    if (!waiting_.empty())
        text += '\xFF';
    surrogate_ = 0;
    waiting_.clear();
}

std::string byte_order_mark(text_encoding encoding) {
    switch (encoding) {
    case text_encoding::utf8:
        return "\xEF\xBB\xBF";
    case text_encoding::utf16_little_endian:
        return "\xFF\xFE";
    case text_encoding::utf16_big_endian:
        return "\xFE\xFF";
    default:
        return {};
    }
}

bool append_encoded(std::string& octets, std::string_view text, text_encoding encoding) {
    bool complete = true;
    switch (encoding) {
    case text_encoding::utf16_little_endian:
    case text_encoding::utf16_big_endian: {
        std::u16string units;
        utf8::utf8to16(text.begin(), text.end(), std::back_inserter(units));
        bool const little = encoding == text_encoding::utf16_little_endian;
        for (unsigned const unit : units) {
            octets += static_cast<char>(little ? unit : unit >> 8U);
            octets += static_cast<char>(little ? unit >> 8U : unit);
        }
        return true;
    }
    case text_encoding::latin1:
    case text_encoding::windows_1252:
        for (auto const* it = text.data(); it != text.data() + text.size();) {
            auto const octet = single_octet(utf8::next(it, text.data() + text.size()),
                                            encoding == text_encoding::windows_1252);
            complete = complete && octet;
            octets += octet.value_or('?');
        }
        return complete;
    default:
        octets += text;
        return true;
    }
}

} // namespace dsplan::ldif
