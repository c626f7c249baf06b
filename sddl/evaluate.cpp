#include <sddl/condition_operators.hpp>
#include <sddl/evaluate.hpp>

#include <algorithm>
#include <optional>
#include <utility>

namespace dsplan::sddl {
namespace {

constexpr std::uint32_t claim_is_case_sensitive = 0x2;
constexpr std::uint32_t claim_is_disabled = 0x10;

// One value of a claim or of a literal. Integers keep whether they are below zero, so that the unsigned
// values of TU above 2^63 compare rightly with the signed literals.
struct value {
    enum class kind : std::uint8_t { integer, string, octets, account } type = kind::integer;
    bool is_negative = false;
    std::uint64_t bits = 0;
    std::u16string text;
    byte_string octets;
    sid account;
};

/// The values on one side of an operator; nothing where the attribute is not there.
struct operand {
    std::optional<std::vector<value>> values;
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

// ---- values

value of_integer(std::uint64_t bits, bool is_signed) {
    value made;
    made.bits = bits;
    made.is_negative = is_signed && static_cast<std::int64_t>(bits) < 0;
    return made;
}

value of_string(std::u16string text) {
    value made;
    made.type = value::kind::string;
    made.text = std::move(text);
    return made;
}

value of_octets(byte_string octets) {
    value made;
    made.type = value::kind::octets;
    made.octets = std::move(octets);
    return made;
}

value of_account(sid const& account) {
    value made;
    made.type = value::kind::account;
    made.account = account;
    return made;
}

struct literal_values {
    value operator()(condition_integer const& integer) const {
        return of_integer(static_cast<std::uint64_t>(integer.value), true);
    }
    value operator()(std::u16string const& text) const { return of_string(text); }
    value operator()(byte_string const& octets) const { return of_octets(octets); }
    value operator()(sid const& account) const { return of_account(account); }
};

value of_claim_value(claim_value const& one, claim_type type) {
    if (auto const* const bits = std::get_if<std::uint64_t>(&one))
        return of_integer(*bits, type == claim_type::signed_integer);
    if (auto const* const text = std::get_if<std::u16string>(&one))
        return of_string(*text);
    if (auto const* const account = std::get_if<sid>(&one))
        return of_account(*account);
    return of_octets(std::get<byte_string>(one));
}

// ASCII only: what Windows folds beyond that depends on its own tables.
char16_t folded(char16_t letter) {
    return letter >= u'A' && letter <= u'Z' ? static_cast<char16_t>(letter - u'A' + u'a') : letter;
}

int compare_text(std::u16string const& a, std::u16string const& b, bool is_case_sensitive) {
    auto const less = [is_case_sensitive](char16_t x, char16_t y) {
        return is_case_sensitive ? x < y : folded(x) < folded(y);
    };
    if (std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), less))
        return -1;
    return std::lexicographical_compare(b.begin(), b.end(), a.begin(), a.end(), less) ? 1 : 0;
}

template <class T>
int compare_plain(T const& a, T const& b) {
    if (a < b)
        return -1;
    return b < a ? 1 : 0;
}

// Nothing where the two are of different kinds.
std::optional<int> compare(value const& a, value const& b, bool is_case_sensitive) {
    if (a.type != b.type)
        return std::nullopt;
    switch (a.type) {
    case value::kind::integer:
        if (a.is_negative != b.is_negative)
            return a.is_negative ? -1 : 1;
        return compare_plain(a.bits, b.bits);
    case value::kind::string:
        return compare_text(a.text, b.text, is_case_sensitive);
    case value::kind::octets:
        return compare_plain(a.octets, b.octets);
    default:
        return compare_plain(a.account, b.account);
    }
}

// ---- operators

class evaluator {
public:
    explicit evaluator(condition_context const& context) : context_(context) {}

    truth run(condition const& value);

private:
    [[nodiscard]] operand of_attribute(condition_attribute const& attribute) const;
    [[nodiscard]] operand of_token(condition_token const& token) const;
    [[nodiscard]] std::vector<resource_claim> const& claims_of(attribute_scope scope) const;
    [[nodiscard]] truth membership(operand const& accounts, bool of_device, bool any) const;
    void apply(condition_operator sign);

    condition_context const& context_;
    std::vector<operand> stack_;
};

std::vector<resource_claim> const& evaluator::claims_of(attribute_scope scope) const {
    switch (scope) {
    case attribute_scope::user:
        return context_.user;
    case attribute_scope::device:
        return context_.device;
    case attribute_scope::resource:
        return context_.resource;
    default:
        return context_.local;
    }
}

operand evaluator::of_attribute(condition_attribute const& attribute) const {
    operand made;
    for (auto const& claim : claims_of(attribute.scope)) {
        if (compare_text(claim.name, attribute.name, false) != 0 || (claim.flags & claim_is_disabled) != 0)
            continue;
        made.is_case_sensitive = (claim.flags & claim_is_case_sensitive) != 0;
        made.is_list = claim.values.size() != 1;
        made.values.emplace();
        for (auto const& one : claim.values)
            made.values->push_back(of_claim_value(one, claim.type));
        break;
    }
    return made;
}

operand evaluator::of_token(condition_token const& token) const {
    if (auto const* const attribute = std::get_if<condition_attribute>(&token))
        return of_attribute(*attribute);
    operand made;
    made.values.emplace();
    if (auto const* const list = std::get_if<condition_list>(&token)) {
        made.is_list = true;
        for (auto const& element : list->elements)
            made.values->push_back(std::visit(literal_values{}, element));
        return made;
    }
    std::visit(
        [&made](auto const& literal) {
            if constexpr (requires { literal_values{}(literal); })
                made.values->push_back(literal_values{}(literal));
        },
        token);
    return made;
}

truth evaluator::membership(operand const& accounts, bool of_device, bool any) const {
    auto const& groups = of_device ? context_.device_groups : context_.groups;
    auto const is_account = [](value const& one) {
        return one.type == value::kind::account;
    };
    auto const is_member = [&groups](value const& one) {
        return groups.contains(one.account);
    };
    auto const& wanted = *accounts.values;
    if (wanted.empty() || !std::all_of(wanted.begin(), wanted.end(), is_account))
        return truth::unknown;
    return from(any ? std::any_of(wanted.begin(), wanted.end(), is_member)
                    : std::all_of(wanted.begin(), wanted.end(), is_member));
}

bool can_compare(operand const& left, operand const& right) {
    return left.values && right.values && !left.values->empty() && !right.values->empty();
}

bool has(std::vector<value> const& values, value const& wanted, bool is_case_sensitive) {
    return std::any_of(values.begin(), values.end(),
                       [&](value const& one) { return compare(one, wanted, is_case_sensitive) == 0; });
}

truth equal(operand const& left, operand const& right) {
    if (!can_compare(left, right))
        return truth::unknown;
    auto const sensitive = left.is_case_sensitive || right.is_case_sensitive;
    if (!compare(left.values->front(), right.values->front(), sensitive))
        return truth::unknown;
    auto const all_in = [sensitive](operand const& some, operand const& others) {
        return std::all_of(some.values->begin(), some.values->end(),
                           [&](value const& one) { return has(*others.values, one, sensitive); });
    };
    return from(left.values->size() == right.values->size() && all_in(left, right) && all_in(right, left));
}

truth ordered(condition_operator sign, operand const& left, operand const& right) {
    if (!can_compare(left, right) || left.is_list || right.is_list)
        return truth::unknown;
    auto const& first = left.values->front();
    auto const order =
        compare(first, right.values->front(), left.is_case_sensitive || right.is_case_sensitive);
    if (!order || first.type == value::kind::account)
        return truth::unknown;
    switch (sign) {
    case condition_operator::less:
        return from(*order < 0);
    case condition_operator::less_or_equal:
        return from(*order <= 0);
    case condition_operator::greater:
        return from(*order > 0);
    default:
        return from(*order >= 0);
    }
}

truth contained(operand const& left, operand const& right, bool any) {
    if (!can_compare(left, right) || left.values->front().type != right.values->front().type)
        return truth::unknown;
    auto const in_left = [&](value const& one) {
        return has(*left.values, one, left.is_case_sensitive || right.is_case_sensitive);
    };
    return from(any ? std::any_of(right.values->begin(), right.values->end(), in_left)
                    : std::all_of(right.values->begin(), right.values->end(), in_left));
}

// An attribute that stands alone: is it there, and neither zero nor empty?
truth truth_of(operand const& shown) {
    if (shown.is_expression)
        return shown.result;
    if (!shown.values || shown.values->size() != 1)
        return truth::unknown;
    auto const& only = shown.values->front();
    if (only.type == value::kind::integer)
        return from(only.bits != 0);
    return only.type == value::kind::string ? from(!only.text.empty()) : truth::unknown;
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
        auto const found = membership(right, of_device, row.text.ends_with("_Any"));
        made.result = row.text.starts_with("Not_") ? negated(found) : found;
    } else if (row.kind == operator_kind::existence) {
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

truth evaluate(condition const& value, condition_context const& context) {
    return evaluator(context).run(value);
}

} // namespace dsplan::sddl
