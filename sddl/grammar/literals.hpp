#pragma once
#include <sddl/condition.hpp>
#include <sddl/domain_sids.hpp>
#include <sddl/grammar/condition_lexer.hpp>
#include <sddl/parse_error.hpp>

#include <optional>
#include <string_view>

// The literals that conditions and claims share; offsets in errors count from the start of the literal.
namespace dsplan::sddl::grammar {

/// "-0x10", with how it is written.
[[nodiscard]] result<condition_integer> read_integer(std::string_view text);

/// "\"x\"" with its quotation marks.
[[nodiscard]] result<std::u16string> read_string(std::string_view text);

/// Hexadecimal digits, '#' standing for 0; an odd number of them gets a 0 after it.
[[nodiscard]] byte_string read_octets(std::string_view digits);

/// "SID(BA)"
[[nodiscard]] result<sid> read_account(std::string_view text, domain_sids const& sids);

/// Any of them; an error for another kind of piece.
[[nodiscard]] result<condition_literal> read_literal(lexeme const& piece, domain_sids const& sids);

} // namespace dsplan::sddl::grammar
