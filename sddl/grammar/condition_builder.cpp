#include <sddl/condition.hpp>
#include <sddl/condition_operators.hpp>
#include <sddl/detail/attribute_name.hpp>
#include <sddl/grammar/condition_lexer.hpp>
#include <sddl/grammar/literals.hpp>
#include <sddl/number.hpp>

#include <boost/container/small_vector.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace dsplan::sddl {
namespace grammar {
namespace {

bool same_in_any_case(std::string_view a, std::string_view b) {
    return a.size() == b.size() &&
           std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return capital(x) == capital(y); });
}

// A member is an account; other literals, which no account is, are kept as Windows keeps them.
bool may_be_member(lexeme const& piece) {
    auto const text = view(piece.text);
    if (piece.kind == lexeme_kind::word)
        return text[0] == '+' || text[0] == '-' || (text[0] >= '0' && text[0] <= '9');
    return piece.kind == lexeme_kind::account || piece.kind == lexeme_kind::string ||
           piece.kind == lexeme_kind::octets;
}

// Puts the pieces into postfix order. Operators that wait for their right side stand on a stack, as do open
// parentheses: no recursion, so that nesting costs memory in proportion to the text and nothing else.
class condition_builder {
public:
    condition_builder(std::string_view source, std::vector<lexeme> const& pieces, domain_sids const& sids)
        : source_(source)
        , pieces_(pieces)
        , sids_(sids) {}

    result<condition> build();

private:
    using row = condition_operator_row;

    [[nodiscard]] bool at_end() const { return place_ == pieces_.size(); }
    [[nodiscard]] bool at_mark(char mark) const;
    [[nodiscard]] std::size_t offset() const;
    [[nodiscard]] row const* at_operator() const;
    [[nodiscard]] tl::unexpected<parse_error> unexpected(std::string expected) const;

    result<void> read_operand();
    result<void> read_operator();
    result<void> read_attribute();
    result<void> read_value(row const& sign);
    result<void> read_bare_value(row const& sign);
    result<condition_list> read_list();
    result<void> close();
    void apply(row const& sign);
    void apply_tighter_than(std::uint8_t precedence);

    std::string_view source_;
    std::vector<lexeme> const& pieces_;
    domain_sids const& sids_;
    std::size_t place_ = 0;
    bool wants_operand_ = true;
    boost::container::small_vector<row const*, 32> waiting_; // nullptr for an open parenthesis
    boost::container::small_vector<operand_kind, 32> operands_;
    condition made_;
};

bool condition_builder::at_mark(char mark) const {
    if (at_end() || pieces_[place_].kind != lexeme_kind::mark)
        return false;
    auto const text = view(pieces_[place_].text);
    return text.size() == 1 && text[0] == mark;
}

std::size_t condition_builder::offset() const {
    return at_end() ? source_.size()
                    : static_cast<std::size_t>(pieces_[place_].text.begin() - source_.data());
}

condition_operator_row const* condition_builder::at_operator() const {
    if (at_end() || (pieces_[place_].kind != lexeme_kind::mark && pieces_[place_].kind != lexeme_kind::word))
        return nullptr;
    auto const text = view(pieces_[place_].text);
    auto const found = std::find_if(condition_operators.begin(), condition_operators.end(),
                                    [text](row const& one) { return same_in_any_case(text, one.text); });
    return found == condition_operators.end() ? nullptr : &*found;
}

tl::unexpected<parse_error> condition_builder::unexpected(std::string expected) const {
    if (at_end())
        return unexpected_at(source_.size(), source_.size(), std::move(expected), "the end of the condition");
    auto const text = view(pieces_[place_].text);
    return unexpected_at(offset(), offset() + text.size(), std::move(expected), quoted(text));
}

void condition_builder::apply(row const& sign) {
    if (is_binary(sign.kind))
        operands_.pop_back();
    operands_.back() = operand_kind::expression;
    made_.postfix.emplace_back(sign.token);
}

void condition_builder::apply_tighter_than(std::uint8_t precedence) {
    while (waiting_.back() && waiting_.back()->precedence >= precedence) {
        apply(*waiting_.back());
        waiting_.pop_back();
    }
}

result<void> condition_builder::read_attribute() {
    if (at_end() ||
        (pieces_[place_].kind != lexeme_kind::attribute && pieces_[place_].kind != lexeme_kind::word))
        return unexpected("an attribute");
    auto const text = view(pieces_[place_].text);
    if (text[0] == '+' || text[0] == '-')
        return unexpected("an attribute");
    auto attribute = parse_attribute_name(text);
    if (!attribute)
        return moved(std::move(attribute.error()), offset());
    made_.postfix.emplace_back(std::move(*attribute));
    operands_.push_back(kind_of(made_.postfix.back()));
    ++place_;
    return success();
}

result<condition_list> condition_builder::read_list() {
    condition_list list;
    ++place_; // {
    while (!at_mark('}')) {
        if (!list.elements.empty()) {
            if (!at_mark(','))
                return unexpected("',' or '}' in a list");
            ++place_;
        }
        if (at_end() || pieces_[place_].kind == lexeme_kind::mark ||
            pieces_[place_].kind == lexeme_kind::attribute)
            return unexpected("a value in a list");
        auto literal = read_literal(pieces_[place_], sids_);
        if (!literal)
            return moved(std::move(literal.error()), offset());
        list.elements.push_back(std::move(*literal));
        ++place_;
    }
    ++place_;
    return list;
}

result<void> condition_builder::read_bare_value(row const& sign) {
    bool const wants_accounts = sign.kind == operator_kind::membership;
    auto const* const wanted = wants_accounts ? "SID(…) or a list of them in braces" : "a value";
    if (at_mark('{')) {
        auto list = read_list();
        if (!list)
            return tl::unexpected(std::move(list.error()));
        made_.postfix.emplace_back(std::move(*list));
    } else if (at_end() || pieces_[place_].kind == lexeme_kind::mark) {
        return unexpected(wanted);
    } else if (pieces_[place_].kind == lexeme_kind::attribute && !wants_accounts) {
        return read_attribute();
    } else if (wants_accounts && !may_be_member(pieces_[place_])) {
        return unexpected(wanted);
    } else {
        auto literal = read_literal(pieces_[place_], sids_);
        if (!literal)
            return moved(std::move(literal.error()), offset());
        std::visit([this](auto& value) { made_.postfix.emplace_back(std::move(value)); }, *literal);
        ++place_;
    }
    operands_.push_back(kind_of(made_.postfix.back()));
    return success();
}

// The right side of an operator, which may stand in parentheses that mean nothing.
result<void> condition_builder::read_value(row const& sign) {
    std::size_t depth = 0;
    for (; at_mark('('); ++place_)
        ++depth;
    if (auto const value = read_bare_value(sign); !value)
        return value;
    for (; depth > 0; --depth, ++place_)
        if (!at_mark(')'))
            return unexpected("')'");
    apply(sign);
    return success();
}

result<void> condition_builder::read_operand() {
    if (at_mark('(')) {
        waiting_.push_back(nullptr);
        ++place_;
        return success();
    }
    auto const* const sign = at_operator();
    if (sign && sign->kind == operator_kind::negation) {
        ++place_;
        waiting_.push_back(sign);
        return at_mark('(') ? success() : unexpected("'(' after '!'");
    }
    wants_operand_ = false;
    if (sign && sign->kind == operator_kind::membership) {
        ++place_;
        return read_value(*sign);
    }
    if (sign && sign->kind == operator_kind::existence) {
        ++place_;
        if (auto const attribute = read_attribute(); !attribute)
            return attribute;
        apply(*sign);
        return success();
    }
    if (at_end() || (sign && pieces_[place_].kind == lexeme_kind::mark) || at_mark(')'))
        return unexpected("an expression: an attribute, Exists, Member_of…, '!' or '('");
    return read_attribute();
}

result<void> condition_builder::close() {
    apply_tighter_than(0);
    waiting_.pop_back();
    ++place_;
    while (!waiting_.empty() && waiting_.back() && waiting_.back()->kind == operator_kind::negation) {
        apply(*waiting_.back());
        waiting_.pop_back();
    }
    if (waiting_.empty() && !at_end())
        return unexpected("the end of the condition");
    return success();
}

result<void> condition_builder::read_operator() {
    if (at_mark(')'))
        return close();
    auto const* const sign = at_operator();
    if (sign && sign->kind == operator_kind::conjunction) {
        apply_tighter_than(sign->precedence);
        waiting_.push_back(sign);
        wants_operand_ = true;
        ++place_;
        return success();
    }
    bool const has_attribute = operands_.back() != operand_kind::expression;
    if (!sign || sign->kind != operator_kind::relation || !has_attribute)
        return unexpected(has_attribute ? "an operator such as ==, Contains, &&, || or ')'"
                                        : "&&, || or ')'");
    ++place_;
    return read_value(*sign);
}

result<condition> condition_builder::build() {
    if (!at_mark('('))
        return unexpected("a condition in parentheses");
    auto const half = pieces_.size() / 2 + 1; // the other half is parentheses, mostly
    made_.postfix.reserve(half);
    do {
        if (auto const step = wants_operand_ ? read_operand() : read_operator(); !step)
            return tl::unexpected(step.error());
    } while (!waiting_.empty());
    return std::move(made_);
}

} // namespace
} // namespace grammar

result<condition> parse_condition(std::string_view text, domain_sids const& sids) {
    auto const pieces = grammar::lex_condition(text);
    if (!pieces)
        return tl::unexpected(pieces.error());
    return grammar::condition_builder(text, *pieces, sids).build();
}

} // namespace dsplan::sddl
