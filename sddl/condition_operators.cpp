#include <sddl/condition_operators.hpp>

namespace dsplan::sddl {
namespace {

bool is_attribute(operand_kind kind) {
    return kind == operand_kind::attribute || kind == operand_kind::local_attribute;
}

// An attribute alone is an expression too: is it there, and not zero?
bool is_logical(operand_kind kind) {
    return kind == operand_kind::expression || is_attribute(kind);
}

} // namespace

operand_kind kind_of(condition_token const& operand) {
    if (auto const* const attribute = std::get_if<condition_attribute>(&operand))
        return attribute->scope == attribute_scope::local ? operand_kind::local_attribute
                                                          : operand_kind::attribute;
    if (std::holds_alternative<sid>(operand))
        return operand_kind::account;
    return std::holds_alternative<condition_list>(operand) ? operand_kind::list : operand_kind::literal;
}

bool takes(condition_operator_row const& row, operand_kind left, operand_kind right) {
    switch (row.kind) {
    case operator_kind::membership:
        return right == operand_kind::account || right == operand_kind::list ||
               right == operand_kind::literal;
    case operator_kind::existence:
        return is_attribute(right);
    case operator_kind::relation:
        return is_attribute(left) && right != operand_kind::expression;
    case operator_kind::negation:
        return is_logical(right);
    default:
        return is_logical(left) && is_logical(right);
    }
}

} // namespace dsplan::sddl
