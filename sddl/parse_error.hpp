#pragma once
#include <tl/expected.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace dsplan::sddl {

/// Why a text or a run of bytes is no SID, ACE, descriptor…; where, what was expected, what was found.
///
/// `begin` and `end` are octet offsets into the input that the failing function was given, half open;
/// begin == end marks a place between two octets (something is missing there).
struct parse_error {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string expected;     ///< "a SID or a two-letter alias"
    std::string found;        ///< "'B1'", "the end of the text"; printable, safe for a terminal
    std::string context;      ///< "account, field 6 of 6" or "DACL, ACE 3, SID"; empty where there is none
    std::string hint;         ///< "did you mean BA (Administrators)?"; empty where there is none
    bool is_spelling = false; ///< of a warning: another spelling of the same, worth saying to the strict only

    friend bool operator==(parse_error const&, parse_error const&) = default;
};

/// A value, or why there is none.
template <class T>
using result = tl::expected<T, parse_error>;

/// No error. `{}` means the same, but clears the error that is not there first, which readers of many small
/// parts feel.
[[nodiscard]] inline result<void> success() {
    result<void> made;
    return made;
}

/// "'B1'": octets of an input as `found` shows them, escaped where they could reach a terminal, cut where
/// they are long; "nothing" for none.
[[nodiscard]] std::string quoted(std::string_view octets);

/// The error of a function that returns a `result`: octets `begin` to `end` of its input are not what it
/// takes.
[[nodiscard]] tl::unexpected<parse_error> unexpected_at(std::size_t begin, std::size_t end,
                                                        std::string expected, std::string found,
                                                        std::string context = {}, std::string hint = {});

/// `error` of an input that starts `offset` octets into the caller's input; `context` goes before its own.
[[nodiscard]] tl::unexpected<parse_error> moved(parse_error error, std::size_t offset,
                                                std::string_view context = {});

/// "expected a SID or a two-letter alias, found 'B1'"
[[nodiscard]] std::string message(parse_error const& error);

/// The input line with a caret line below, each indented by `indent` blanks and closed by a line feed; then
/// the hint line where there is one. A long line is cut around the caret and unprintable octets are shown
/// escaped.
///
///     D:(A;;GA;;;B1)
///                ^^ account, field 6 of 6
///     did you mean BA (Administrators)?
[[nodiscard]] std::string render_caret(parse_error const& error, std::string_view source,
                                       std::size_t indent = 4);

} // namespace dsplan::sddl
