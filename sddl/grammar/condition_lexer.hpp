#pragma once
#include <sddl/grammar/text_tree.hpp>
#include <sddl/parse_error.hpp>

#include <cstdint>
#include <string_view>
#include <vector>

namespace dsplan::sddl::grammar {

enum class lexeme_kind : std::uint8_t { account, numeric_account, attribute, string, octets, word, mark };

/// A piece of a condition or of a claim: "SID(BA)", "S-1-5-18", "@User.a", "\"x\"", "#0a", "Exists", "&&".
struct lexeme {
    lexeme_kind kind = lexeme_kind::mark;
    slice text;
};

/// Cuts a condition or a claim into its pieces; blanks between them are left out.
[[nodiscard]] result<std::vector<lexeme>> lex_condition(std::string_view text);

} // namespace dsplan::sddl::grammar
