#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace dsplan::ldif {

/// How the octets of a file become text.
enum class text_encoding : std::uint8_t {
    detect, ///< by byte order mark, UTF-8 without one
    utf8,
    utf16_little_endian,
    utf16_big_endian,
    latin1,       ///< ISO 8859-1
    windows_1252, ///< the "ANSI" code page of western Windows, in which ldifde writes without -u
};

/// An encoding with the length of the byte order mark that told it, 0 without one.
struct detected_encoding {
    text_encoding encoding = text_encoding::utf8;
    std::size_t mark_size = 0;
};

/// The byte order mark in front of `octets`, or UTF-8.
[[nodiscard]] detected_encoding detect_encoding(std::string_view octets);

/// Turns octets in pieces of any size into UTF-8. What is no character of the encoding (a lone surrogate,
/// half a code unit at the end) becomes octets that are no UTF-8, so that whoever checks the text finds the
/// place.
class transcoder {
public:
    explicit transcoder(text_encoding encoding) : encoding_(encoding) {}

    /// Appends the text of `octets`; half a character at their end waits for the next call.
    void append(std::string& text, std::string_view octets);

    /// Appends what still waits.
    void finish(std::string& text);

private:
    void append_unit(std::string& text, std::uint32_t unit);

    text_encoding encoding_;
    std::string waiting_;         // half a code unit
    std::uint32_t surrogate_ = 0; // a high one that waits for its low one
};

/// The octets that a file in `encoding` begins with, its byte order mark.
[[nodiscard]] std::string byte_order_mark(text_encoding encoding);

/// Appends valid UTF-8 text in `encoding`. False where it has no such character; '?' stands for it then.
bool append_encoded(std::string& octets, std::string_view text, text_encoding encoding);

} // namespace dsplan::ldif
