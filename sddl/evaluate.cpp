#include <sddl/condition_operators.hpp>
#include <sddl/detail/condition_value.hpp>
#include <sddl/evaluate.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace dsplan::sddl {
namespace {

constexpr std::uint32_t claim_is_case_sensitive = 0x2;
constexpr std::uint32_t claim_is_for_denial_only = 0x4;
constexpr std::uint32_t claim_is_disabled = 0x10;

using value_list = std::vector<condition_value>;

// The values on one side of an operator; nothing where the attribute is not there.
struct operand {
    std::optional<value_list> values;
    bool is_known = true; // else not even whether it is there
    bool is_list = false;
    bool is_case_sensitive = false;
    truth result = truth::unknown; // of an expression
    bool is_expression = false;
};

truth from(bool known) {
    return known ? truth::yes : truth::no;
}

truth negated(truth of) {
    if (of == truth::unknown)
        return of;
    return from(of == truth::no);
}

truth both(truth a, truth b) {
    if (a == truth::no || b == truth::no)
        return truth::no;
    return a == truth::yes && b == truth::yes ? truth::yes : truth::unknown;
}

// Whether one of them is, or all of them are, as `test` says.
template <class Test>
truth for_any(value_list const& values, Test test) {
    auto found = truth::no;
    for (auto const& one : values)
        found = negated(both(negated(found), negated(test(one))));
    return found;
}

template <class Test>
truth for_all(value_list const& values, Test test) {
    return negated(for_any(values, [&test](condition_value const& one) { return negated(test(one)); }));
}

// ---- operators

class evaluator {
public:
    explicit evaluator(condition_context const& context) : context_(context) {}

    truth run(condition const& value);

private:
    [[nodiscard]] operand of_attribute(condition_attribute const& attribute) const;
    [[nodiscard]] operand of_token(condition_token const& token) const;
    [[nodiscard]] std::optional<claim_list> const& claims_of(attribute_scope scope) const;
    [[nodiscard]] bool counts(resource_claim const& claim) const;
    [[nodiscard]] truth membership(operand const& accounts, bool of_device, bool is_any) const;
    void apply(condition_operator sign);

    condition_context const& context_;
    std::vector<operand> stack_;
};

std::optional<claim_list> const& evaluator::claims_of(attribute_scope scope) const {
    switch (scope) {
    case attribute_scope::user:
        return context_.claims.user;
    case attribute_scope::device:
        return context_.claims.device;
    case attribute_scope::resource:
        return context_.resource;
    default:
        return context_.claims.local;
    }
}

bool evaluator::counts(resource_claim const& claim) const {
    return (claim.flags & claim_is_disabled) == 0 &&
           (context_.is_denial || (claim.flags & claim_is_for_denial_only) == 0);
}

operand of_claim(resource_claim const& claim) {
    operand made;
    made.is_case_sensitive = (claim.flags & claim_is_case_sensitive) != 0;
    made.is_list = claim.values.size() != 1;
    made.values.emplace();
    for (auto const& one : claim.values)
        made.values->push_back(value_of(one, claim.type));
    return made;
}

operand evaluator::of_attribute(condition_attribute const& attribute) const {
    operand absent;
    auto const& claims = claims_of(attribute.scope);
    absent.is_known = claims.has_value();
    if (!claims)
        return absent;
    for (auto const& claim : *claims) {
        auto const order = compare_text(claim.name, attribute.name, false);
        if (order == 0 && counts(claim))
            return of_claim(claim);
        absent.is_known &= order != std::partial_ordering::unordered;
    }
    return absent;
}

operand evaluator::of_token(condition_token const& token) const {
    if (auto const* const attribute = std::get_if<condition_attribute>(&token))
        return of_attribute(*attribute);
    operand made;
    made.values.emplace();
    if (auto const* const list = std::get_if<condition_list>(&token)) {
        made.is_list = true;
        for (auto const& element : list->elements)
            made.values->push_back(value_of(element));
        return made;
    }
    std::visit(
        [&made](auto const& literal) {
            if constexpr (std::is_convertible_v<decltype(literal), condition_literal>)
                made.values->push_back(value_of(condition_literal(literal)));
        },
        token);
    return made;
}

truth evaluator::membership(operand const& accounts, bool of_device, bool is_any) const {
    if (of_device && !context_.claims.device_groups)
        return truth::unknown;
    auto const& groups = of_device ? *context_.claims.device_groups : context_.groups;
    auto const is_member = [&groups](condition_value const& one) {
        auto const* const account = std::get_if<sid>(&one);
        return account == nullptr ? truth::unknown : from(groups.holds(*account));
    };
    if (accounts.values->empty())
        return truth::unknown;
    return is_any ? for_any(*accounts.values, is_member) : for_all(*accounts.values, is_member);
}

bool can_compare(operand const& left, operand const& right) {
    return left.values && right.values && !left.values->empty() && !right.values->empty();
}

// A value of another kind is a different one; one that cannot be told apart is unknown.
truth has(value_list const& values, condition_value const& wanted, bool is_case_sensitive) {
    return for_any(values, [&](condition_value const& one) {
        if (one.index() != wanted.index())
            return truth::no;
        auto const order = compare(one, wanted, is_case_sensitive);
        return order == std::partial_ordering::unordered ? truth::unknown : from(order == 0);
    });
}

truth equal(operand const& left, operand const& right) {
    if (!can_compare(left, right) || left.values->front().index() != right.values->front().index())
        return truth::unknown;
    if (left.values->size() != right.values->size())
        return truth::no;
    auto const sensitive = left.is_case_sensitive || right.is_case_sensitive;
    auto const all_in = [sensitive](operand const& some, operand const& others) {
        return for_all(*some.values,
                       [&](condition_value const& one) { return has(*others.values, one, sensitive); });
    };
    return both(all_in(left, right), all_in(right, left));
}

truth ordered(condition_operator sign, operand const& left, operand const& right) {
    if (!can_compare(left, right) || left.is_list || right.is_list)
        return truth::unknown;
    auto const& first = left.values->front();
    auto const order =
        compare(first, right.values->front(), left.is_case_sensitive || right.is_case_sensitive);
    if (order == std::partial_ordering::unordered || std::holds_alternative<sid>(first))
        return truth::unknown;
    switch (sign) {
    case condition_operator::less:
        return from(order < 0);
    case condition_operator::less_or_equal:
        return from(order <= 0);
    case condition_operator::greater:
        return from(order > 0);
    default:
        return from(order >= 0);
    }
}

truth contained(operand const& left, operand const& right, bool is_any) {
    if (!can_compare(left, right) || left.values->front().index() != right.values->front().index())
        return truth::unknown;
    auto const in_left = [&](condition_value const& one) {
        return has(*left.values, one, left.is_case_sensitive || right.is_case_sensitive);
    };
    return is_any ? for_any(*right.values, in_left) : for_all(*right.values, in_left);
}

// An attribute that stands alone: is it there, and neither zero nor empty?
truth truth_of(operand const& shown) {
    if (shown.is_expression)
        return shown.result;
    if (!shown.values || shown.values->size() != 1)
        return truth::unknown;
    auto const& only = shown.values->front();
    if (auto const* const integer = std::get_if<wide_integer>(&only))
        return from(integer->bits != 0);
    auto const* const text = std::get_if<std::u16string>(&only);
    return text == nullptr ? truth::unknown : from(!text->empty());
}

truth relation(condition_operator sign, operand const& left, operand const& right) {
    switch (sign) {
    case condition_operator::equal:
        return equal(left, right);
    case condition_operator::not_equal:
        return negated(equal(left, right));
    case condition_operator::contains:
        return contained(left, right, false);
    case condition_operator::not_contains:
        return negated(contained(left, right, false));
    case condition_operator::any_of:
        return contained(left, right, true);
    case condition_operator::not_any_of:
        return negated(contained(left, right, true));
    default:
        return ordered(sign, left, right);
    }
}

bool asks_for_any(condition_operator sign) {
    return sign == condition_operator::member_of_any || sign == condition_operator::device_member_of_any ||
           sign == condition_operator::not_member_of_any ||
           sign == condition_operator::not_device_member_of_any;
}

void evaluator::apply(condition_operator sign) {
    auto const& row = *find_condition_operator(static_cast<std::uint8_t>(sign));
    auto const right = std::move(stack_.back());
    stack_.pop_back();
    operand left;
    if (is_binary(row.kind)) {
        left = std::move(stack_.back());
        stack_.pop_back();
    }
    operand made;
    made.is_expression = true;
    if (row.kind == operator_kind::membership) {
        bool const of_device = row.text.find("Device") != std::string_view::npos;
        auto const found = membership(right, of_device, asks_for_any(sign));
        made.result = row.text.starts_with("Not_") ? negated(found) : found;
    } else if (row.kind == operator_kind::existence) {
        if (right.is_known)
            made.result = from(right.values.has_value() == (sign == condition_operator::exists));
    } else if (row.kind == operator_kind::relation) {
        made.result = relation(sign, left, right);
    } else if (row.kind == operator_kind::negation) {
        made.result = negated(truth_of(right));
    } else if (sign == condition_operator::logical_and) {
        made.result = both(truth_of(left), truth_of(right));
    } else {
        made.result = negated(both(negated(truth_of(left)), negated(truth_of(right))));
    }
    stack_.push_back(std::move(made));
}

truth evaluator::run(condition const& value) {
    for (auto const& token : value.postfix) {
        if (auto const* const sign = std::get_if<condition_operator>(&token))
            apply(*sign);
        else
            stack_.push_back(of_token(token));
    }
    return stack_.empty() ? truth::unknown : truth_of(stack_.back());
}

} // namespace

std::optional<claim_list> resource_claims_of(security_descriptor const& descriptor) {
    if (sacl_state(descriptor) == acl_state::absent)
        return std::nullopt;
    claim_list claims;
    if (!descriptor.sacl)
        return claims;
    for (auto const& entry : descriptor.sacl->aces) {
        if (!is_claim(entry.type) || entry.has(ace_flag::inherit_only))
            continue;
        auto claim = decode_claim(entry.data);
        if (!claim)
            return std::nullopt;
        claims.push_back(std::move(*claim));
    }
    return claims;
}

truth evaluate(condition const& value, condition_context const& context) {
    return evaluator(context).run(value);
}

} // namespace dsplan::sddl
