#pragma once
#include <tl/expected.hpp>

#include <cstdint>
#include <string>

namespace dsplan::ldif {

/// Why a line, a value or a name is not what it should be; where, what was expected, what was found.
struct parse_error {
    std::string file;           ///< as the user named it; empty for text from memory
    std::uint64_t line = 0;     ///< physical line, from 1; 0 where there is no file (a single DN)
    std::uint64_t column = 0;   ///< octet in that line, from 1; 0 for the whole line
    std::string source;         ///< the physical line, cut to a sensible length and printable; may be empty
    std::uint64_t caret = 0;    ///< where in `source`, in characters from 0, the caret stands
    std::uint64_t length = 1;   ///< characters that the caret line marks
    std::string expected;       ///< "':' after the attribute name"
    std::string found;          ///< "the end of the line"; printable, safe for a terminal
    std::string hint;           ///< what to do; empty where there is nothing to say
    bool can_continue = false;  ///< reading may go on at the next record
    bool is_incomplete = false; ///< the file was cut off, or lacks records that it says it has

    friend bool operator==(parse_error const&, parse_error const&) = default;
};

/// A value, or why there is none.
template <class T>
using result = tl::expected<T, parse_error>;

/// "expected ':' after the attribute name, found the end of the line"
[[nodiscard]] std::string message(parse_error const& error);

/// The place, the line with a caret below it where there is one, and the hint; each line closed by a line
/// feed.
///
///       users.ldf:118:12
///         objectSid:: AQUAAAA?
///                            ^
///       the value was cut off or edited: export it again
[[nodiscard]] std::string render_caret(parse_error const& error);

} // namespace dsplan::ldif
