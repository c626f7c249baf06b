#pragma once
#include <tools/dsplan/review/rule_table.hpp>
#include <tools/dsplan/review/value_change.hpp>

#include <span>
#include <string>
#include <string_view>

namespace dsplan::review {

/// What of an attribute is dangerous: the rule, and a test that says what it saw in one sentence, or nothing.
struct value_rule {
    std::string_view attribute;
    rule_name rule;
    std::string (*test)(value_change const&);
};

/// By attribute, in any case.
[[nodiscard]] std::span<value_rule const> value_rules();

/// Whether some rule of the review looks at values of the attribute.
[[nodiscard]] bool has_value_rule(std::string_view attribute);

/// An attribute that security rests on and that no rule looks at.
struct unjudged_attribute {
    std::string_view attribute;
    std::string_view why;      ///< "roams a user's private keys"
    bool is_of_schema = false; ///< a new object of the schema has it; the change of the schema is told
};
[[nodiscard]] std::span<unjudged_attribute const> unjudged_attributes();

/// Holds the change to the rules of its attribute.
void judge_values(value_change const& change, finding_list const& findings);

} // namespace dsplan::review
