#pragma once
#include <tools/dsplan/render/text_lines.hpp>
#include <tools/dsplan/review/review.hpp>

#include <string>
#include <string_view>

namespace dsplan::render {

/// The review as a person reads it in a terminal: a line that sums up and the worst gain, what could not be
/// read, findings, records, effect, the line again. `shows_all`: every gain and loss, and the ACEs
/// that stay.
void write_review_text(review::review const& shown, text_sink const& write, bool shows_all = false);

/// One record as an entry: its name, and below it each attribute with its values in words.
[[nodiscard]] std::string entry_text(review::record_reading const& record);

/// The rules as a table.
[[nodiscard]] std::string rules_text();

/// "+", "-", "~", "↕" or " "
[[nodiscard]] std::string_view sign_of(words::mark what);
/// "added", "removed", "changed", "moved" or ""
[[nodiscard]] std::string_view word_of(words::mark what);

/// "DACL, 49 unchanged ACEs not shown", "SACL: unchanged, no ACEs"; "DACL, 49 unchanged ACEs" where they do
/// not stay hidden.
[[nodiscard]] std::string list_facts(std::string_view name, words::list_reading const& list,
                                     bool is_difference, bool hides_unchanged = true);

/// "records" and "findings", counted: "4 records; 1 danger, 2 notes"
[[nodiscard]] std::string review_head(review::review const& shown);

/// "Effect: abecker gains full control on 36 objects, …", names as they are; empty without an effect.
[[nodiscard]] std::string review_headline(review::review const& shown);

/// The findings of one rule, in the order of the import.
struct rule_findings {
    review::rule const* broken = nullptr;
    std::vector<review::finding const*> found;
};

/// By severity, the worst first, then by name of the rule.
[[nodiscard]] std::vector<rule_findings> by_rule(review::review const& shown);

} // namespace dsplan::render
