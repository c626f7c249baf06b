#pragma once
#include <sddl/access_mask.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// The pieces that text about rights is made of.
namespace dsplan::words {

/// Without blanks around it, and without the quotation marks around all of it.
[[nodiscard]] std::string_view trimmed(std::string_view text);

/// Takes `end`, any case, off the end of the text; false if it is not there.
bool take_end(std::string_view& text, std::string_view end);

/// Without what people set or leave out between words: "Reset-Password" as "resetpassword".
[[nodiscard]] std::string squeezed(std::string_view text);

/// "change permissions", "GenericAll", "full control": bits on the object as a whole.
[[nodiscard]] std::optional<sddl::access_mask> find_phrase(std::string_view text);

/// "0x30".
[[nodiscard]] std::optional<sddl::access_mask> parse_mask_number(std::string_view text);

/// Letters of SDDL and of dsacls: "RPWP", "CA".
[[nodiscard]] std::optional<sddl::access_mask> parse_letters(std::string_view text);

/// What another tool calls a right, in the words of this one; empty for what is no such name.
[[nodiscard]] std::string_view find_foreign(std::string_view text);

/// The bit that a verb alone stands for: "read".
[[nodiscard]] std::optional<sddl::access_mask> lone_verb(std::string_view text);

/// The bit and the name of "write telephoneNumber".
[[nodiscard]] std::optional<std::pair<sddl::access_mask, std::string_view>> verb_of(std::string_view text);

/// A piece of a list of rights.
struct right_piece {
    std::string_view text;
    bool is_joined; ///< to the next one by "+" or "and"
};

/// Cuts at commas, "+" and "and" that stand outside quotation marks.
[[nodiscard]] std::vector<right_piece> split_rights(std::string_view text);

} // namespace dsplan::words
