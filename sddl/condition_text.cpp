#include <sddl/condition.hpp>
#include <sddl/condition_operators.hpp>
#include <sddl/detail/attribute_name.hpp>
#include <sddl/detail/sid_text.hpp>
#include <sddl/utf16.hpp>
#include <sddl/write.hpp>

#include <fmt/format.h>

#include <iterator>
#include <utility>

namespace dsplan::sddl {
namespace {

// Prints literals and attributes; `is_sayable` falls where SDDL has no text for one.
struct operand_printer {
    std::string& text;
    domain_sids const& sids;
    bool is_sayable = true;

    void operator()(condition_integer const& value) {
        if (value.sign == 1)
            text += '+';
        if (value.sign == 2)
            text += '-';
        auto const magnitude = value.sign == 2 ? 0 - static_cast<std::uint64_t>(value.value)
                                               : static_cast<std::uint64_t>(value.value);
        // A value whose sign octet denies its sign bit would be read back as another.
        bool const is_of_bits = value.sign == 3 && value.base == 3;
        is_sayable = is_sayable && (is_of_bits || (value.sign == 2 ? value.value <= 0 : value.value >= 0));
        if (value.base == 1)
            fmt::format_to(std::back_inserter(text), "0{:o}", magnitude);
        else if (value.base == 3)
            fmt::format_to(std::back_inserter(text), "0x{:x}", magnitude);
        else
            fmt::format_to(std::back_inserter(text), "{}", magnitude);
    }
    void operator()(std::u16string const& value) { is_sayable = append_quoted(text, value) && is_sayable; }
    void operator()(byte_string const& value) {
        text += '#';
        for (auto const octet : value)
            fmt::format_to(std::back_inserter(text), "{:02X}", std::to_integer<unsigned>(octet));
    }
    void operator()(sid const& value) {
        is_sayable = is_sayable && sddl::is_sayable(value);
        text += "SID(";
        text += write_trustee(value, sids);
        text += ')';
    }
    void operator()(condition_list const& value) {
        text += '{';
        for (auto const& element : value.elements) {
            if (&element != value.elements.data())
                text += ", ";
            std::visit(*this, element);
        }
        text += '}';
    }
    void operator()(condition_attribute const& value) {
        auto const name = write_attribute_name(value);
        is_sayable = is_sayable && name;
        text += name.value_or(std::string{});
    }
    void operator()(condition_operator) {}
};

constexpr std::size_t no_operand = static_cast<std::size_t>(-1);

struct expression {
    std::size_t left = no_operand;
    std::size_t right = no_operand;
};

// What stands under each operator, as indices into the postfix form.
std::vector<expression> tree_of(condition const& value) {
    std::vector<expression> nodes(value.postfix.size());
    std::vector<std::size_t> stack;
    stack.reserve(nodes.size());
    for (std::size_t index = 0; index < nodes.size(); ++index) {
        if (auto const* const token = std::get_if<condition_operator>(&value.postfix[index])) {
            nodes[index].right = stack.back();
            stack.pop_back();
            if (is_binary(find_condition_operator(static_cast<std::uint8_t>(*token))->kind)) {
                nodes[index].left = stack.back();
                stack.pop_back();
            }
        }
        stack.push_back(index);
    }
    return nodes;
}

// Prints with a stack of its own what is still to be printed: nodes, and texts between them.
class printer {
public:
    printer(condition const& value, domain_sids const& sids)
        : value_(value)
        , nodes_(tree_of(value))
        , operands_{text_, sids} {}

    std::optional<std::string> print();

private:
    struct work {
        std::size_t node = no_operand; // of an expression; else a text
        std::string_view text;
    };

    void later(std::string_view text) { left_.push_back({no_operand, text}); }
    void later(std::size_t index) { left_.push_back({index, {}}); }
    void print_operand(std::size_t index) { std::visit(operands_, value_.postfix[index]); }
    void print_relation(expression const& under, condition_operator_row const& row);
    void open(expression const& under, condition_operator_row const& row);

    condition const& value_;
    std::vector<expression> nodes_;
    std::string text_;
    operand_printer operands_;
    std::vector<work> left_;
};

// What stands under it are attributes and values.
void printer::print_relation(expression const& under, condition_operator_row const& row) {
    text_ += '(';
    if (under.left != no_operand) {
        print_operand(under.left);
        text_ += ' ';
    }
    text_ += row.text;
    text_ += ' ';
    // Behind a relation a name without '@' would be read as a value.
    if (row.kind == operator_kind::relation &&
        kind_of(value_.postfix[under.right]) == operand_kind::local_attribute)
        operands_.is_sayable = false;
    print_operand(under.right);
    text_ += ')';
}

// A conjunction or a negation, over expressions.
void printer::open(expression const& under, condition_operator_row const& row) {
    text_ += '(';
    later(")");
    later(under.right);
    if (row.kind != operator_kind::negation)
        later(" ");
    later(row.text);
    if (under.left != no_operand) {
        later(" ");
        later(under.left);
    }
}

std::optional<std::string> printer::print() {
    constexpr std::size_t usual_token = 16;
    text_.reserve(usual_token * nodes_.size());
    left_.reserve(2 * nodes_.size());
    later(value_.postfix.size() - 1);
    while (!left_.empty()) {
        auto const next = left_.back();
        left_.pop_back();
        if (next.node == no_operand) {
            text_ += next.text;
            continue;
        }
        if (auto const* const sign = std::get_if<condition_operator>(&value_.postfix[next.node])) {
            auto const& row = *find_condition_operator(static_cast<std::uint8_t>(*sign));
            bool const is_over_expressions =
                row.kind == operator_kind::conjunction || row.kind == operator_kind::negation;
            is_over_expressions ? open(nodes_[next.node], row) : print_relation(nodes_[next.node], row);
            continue;
        }
        text_ += '('; // an attribute alone is an expression too
        print_operand(next.node);
        text_ += ')';
    }
    if (!operands_.is_sayable)
        return std::nullopt;
    return std::move(text_);
}

} // namespace

std::optional<std::string> write_condition(condition const& value, domain_sids const& sids) {
    if (value.postfix.empty())
        return std::nullopt;
    return printer(value, sids).print();
}

} // namespace dsplan::sddl
