#pragma once
#include <sddl/ace.hpp>
#include <sddl/bytes.hpp>
#include <sddl/domain_sids.hpp>
#include <sddl/parse_error.hpp>
#include <sddl/sid.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace dsplan::sddl {

/// An integer of a condition, with how it was written. [MS-DTYP] 2.4.4.17.5
struct condition_integer {
    std::uint8_t width = 0x04; ///< the token: 0x01 int8 … 0x04 int64, the only one that text makes
    std::uint8_t sign = 0x03;  ///< 1 '+', 2 '-', 3 none
    std::uint8_t base = 0x02;  ///< 1 octal, 2 decimal, 3 hexadecimal
    std::int64_t value = 0;

    friend bool operator==(condition_integer const&, condition_integer const&) = default;
};

/// A value that is not a list: integer, string (UTF-16), octet string, SID.
using condition_literal = std::variant<condition_integer, std::u16string, byte_string, sid>;

/// "{1, 2}". [MS-DTYP] 2.4.4.17.5
struct condition_list {
    std::vector<condition_literal> elements;

    friend bool operator==(condition_list const&, condition_list const&) = default;
};

/// Whose attribute: the token of the binary form. [MS-DTYP] 2.4.4.17.8
enum class attribute_scope : std::uint8_t { local = 0xF8, user = 0xF9, resource = 0xFA, device = 0xFB };

/// "@User.Title"
struct condition_attribute {
    attribute_scope scope = attribute_scope::local;
    std::u16string name;

    friend bool operator==(condition_attribute const&, condition_attribute const&) = default;
};

/// The operators, by their tokens. [MS-DTYP] 2.4.4.17.6, 2.4.4.17.7
enum class condition_operator : std::uint8_t {
    equal = 0x80,
    not_equal = 0x81,
    less = 0x82,
    less_or_equal = 0x83,
    greater = 0x84,
    greater_or_equal = 0x85,
    contains = 0x86,
    exists = 0x87,
    any_of = 0x88,
    member_of = 0x89,
    device_member_of = 0x8A,
    member_of_any = 0x8B,
    device_member_of_any = 0x8C,
    not_exists = 0x8D,
    not_contains = 0x8E,
    not_any_of = 0x8F,
    not_member_of = 0x90,
    not_device_member_of = 0x91,
    not_member_of_any = 0x92,
    not_device_member_of_any = 0x93,
    logical_and = 0xA0,
    logical_or = 0xA1,
    logical_not = 0xA2,
};

using condition_token = std::variant<condition_integer, std::u16string, byte_string, sid, condition_list,
                                     condition_attribute, condition_operator>;

/// The condition of a callback ACE, as the binary form has it: operands before their operator. Functions that
/// make one see to it that every operator has the operands it needs, so that the others need not look.
///
/// No function here recurses: the nesting of a condition is bounded by its size alone.
struct condition {
    std::vector<condition_token> postfix;

    friend bool operator==(condition const&, condition const&) = default;
};

/// Reads "(@User.Title == \"VP\" && Member_of {SID(BA)})" with its outer parentheses. [MS-DTYP] 2.5.1.1
[[nodiscard]] result<condition> parse_condition(std::string_view text, domain_sids const& sids = {});

/// The text that Windows prints, every sub-expression in parentheses; nothing for a string that no text can
/// say: one with a quotation mark or half of a surrogate pair in it.
[[nodiscard]] std::optional<std::string> write_condition(condition const& value,
                                                         domain_sids const& sids = {});

/// Reads the binary form: "artx", tokens, at most three zero octets of padding. [MS-DTYP] 2.4.4.17.4
[[nodiscard]] result<condition> decode_condition(byte_view bytes);

/// The binary form, padded with zeros to a multiple of four octets.
[[nodiscard]] byte_string encode_condition(condition const& value);

/// True if `bytes` start as a condition does.
[[nodiscard]] bool is_condition(byte_view bytes);

/// True for an ACE whose data is a condition, well-formed or not: every callback ACE, and an access filter
/// with one.
[[nodiscard]] bool has_condition(ace const& value);

} // namespace dsplan::sddl
