#pragma once
#include <sddl/condition.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

namespace dsplan::sddl {

/// Where an operator stands and what it takes.
enum class operator_kind : std::uint8_t {
    membership, ///< before a SID or a list of SIDs
    existence,  ///< before an attribute
    relation,   ///< between an attribute and a value
    negation,   ///< before an expression in parentheses
    conjunction ///< between two expressions
};

/// An operator of conditions. [MS-DTYP] 2.4.4.17.6, 2.4.4.17.7, 2.5.1.1
struct condition_operator_row {
    condition_operator token;
    operator_kind kind;
    std::uint8_t precedence; ///< the higher binds tighter
    std::string_view text;
};

// clang-format off
inline constexpr std::array<condition_operator_row, 23> condition_operators{{
    {condition_operator::equal, operator_kind::relation, 5, "=="},
    {condition_operator::not_equal, operator_kind::relation, 5, "!="},
    {condition_operator::less, operator_kind::relation, 5, "<"},
    {condition_operator::less_or_equal, operator_kind::relation, 5, "<="},
    {condition_operator::greater, operator_kind::relation, 5, ">"},
    {condition_operator::greater_or_equal, operator_kind::relation, 5, ">="},
    {condition_operator::contains, operator_kind::relation, 5, "Contains"},
    {condition_operator::exists, operator_kind::existence, 6, "Exists"},
    {condition_operator::any_of, operator_kind::relation, 5, "Any_of"},
    {condition_operator::member_of, operator_kind::membership, 6, "Member_of"},
    {condition_operator::device_member_of, operator_kind::membership, 6, "Device_Member_of"},
    {condition_operator::member_of_any, operator_kind::membership, 6, "Member_of_any"},
    {condition_operator::device_member_of_any, operator_kind::membership, 6, "Device_Member_of_Any"},
    {condition_operator::not_exists, operator_kind::existence, 6, "Not_Exists"},
    {condition_operator::not_contains, operator_kind::relation, 5, "Not_Contains"},
    {condition_operator::not_any_of, operator_kind::relation, 5, "Not_Any_of"},
    {condition_operator::not_member_of, operator_kind::membership, 6, "Not_Member_of"},
    {condition_operator::not_device_member_of, operator_kind::membership, 6, "Not_Device_Member_of"},
    {condition_operator::not_member_of_any, operator_kind::membership, 6, "Not_Member_of_Any"},
    {condition_operator::not_device_member_of_any, operator_kind::membership, 6, "Not_Device_Member_of_Any"},
    {condition_operator::logical_and, operator_kind::conjunction, 3, "&&"},
    {condition_operator::logical_or, operator_kind::conjunction, 2, "||"},
    {condition_operator::logical_not, operator_kind::negation, 4, "!"},
}};
// clang-format on

static_assert(std::adjacent_find(condition_operators.begin(), condition_operators.end(),
                                 [](auto const& a, auto const& b) { return a.token >= b.token; }) ==
                  condition_operators.end(),
              "the operators are sorted by their tokens");

/// For every token the number of its row from 1, and 0 where no row has it.
inline constexpr auto condition_operator_numbers = [] {
    std::array<std::uint8_t, 256> numbers{};
    for (std::size_t row = 0; row < condition_operators.size(); ++row)
        numbers[static_cast<std::uint8_t>(condition_operators[row].token)] =
            static_cast<std::uint8_t>(row + 1);
    return numbers;
}();

/// The row of a token; nullptr for an octet that is no operator.
[[nodiscard]] constexpr condition_operator_row const* find_condition_operator(std::uint8_t token) {
    auto const number = condition_operator_numbers[token];
    return number == 0 ? nullptr : &condition_operators[number - 1U];
}

[[nodiscard]] constexpr bool is_binary(operator_kind kind) {
    return kind == operator_kind::relation || kind == operator_kind::conjunction;
}

/// What an operand is to the operator above it.
enum class operand_kind : std::uint8_t { attribute, local_attribute, literal, account, list, expression };

/// What a token that is no operator is as an operand.
[[nodiscard]] operand_kind kind_of(condition_token const& operand);

/// True if an operator may stand over these operands; `left` counts for binary ones only.
[[nodiscard]] bool takes(condition_operator_row const& row, operand_kind left, operand_kind right);

} // namespace dsplan::sddl
