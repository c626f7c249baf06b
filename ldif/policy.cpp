#include <ldif/policy.hpp>

#include <algorithm>

namespace dsplan::ldif {
namespace {

using enum policy_action;

struct row {
    policy rule;
    std::string_view name;
    policy_action rfc2849;
    policy_action ldifde;
};

// In the order of the enumeration.
constexpr std::array<row, policy_count> rows{{
    {policy::missing_version, "missing-version", warn, accept},
    {policy::version_line, "version-line", accept, warn},
    {policy::byte_order_mark, "byte-order-mark", warn, accept},
    {policy::foreign_encoding, "foreign-encoding", accept, warn},
    {policy::trailing_blanks, "trailing-blanks", warn, warn},
    {policy::blank_separator, "blank-separator", reject, warn},
    {policy::missing_separator, "missing-separator", reject, warn},
    {policy::duplicate_values, "duplicate-values", reject, warn},
    {policy::missing_final_dash, "missing-final-dash", reject, warn},
    {policy::dash_with_blanks, "dash-with-blanks", warn, warn},
    {policy::stray_dash, "stray-dash", reject, warn},
    {policy::missing_changetype, "missing-changetype", accept, accept},
    {policy::mixed_records, "mixed-records", reject, warn},
    {policy::unknown_changetype, "unknown-changetype", reject, reject},
    {policy::ntds_changetype, "ntds-changetype", reject, accept},
    {policy::non_ascii, "non-ascii", reject, warn},
    {policy::invalid_utf8, "invalid-utf8", reject, warn},
    {policy::invalid_unicode, "invalid-unicode", reject, reject},
    {policy::control_character, "control-character", accept, warn},
    {policy::forbidden_character, "forbidden-character", reject, reject},
    {policy::unsafe_first_character, "unsafe-first-character", reject, warn},
    {policy::unusual_attribute_name, "unusual-attribute-name", reject, warn},
    {policy::invalid_name, "invalid-name", reject, warn},
    {policy::empty_modification, "empty-modification", accept, warn},
    {policy::empty_value, "empty-value", accept, warn},
    {policy::folded_comment, "folded-comment", accept, warn},
    {policy::entry_without_attributes, "entry-without-attributes", reject, accept},
    {policy::control_line, "control-line", accept, warn},
    {policy::search_trailer, "search-trailer", reject, accept},
    {policy::incomplete_result, "incomplete-result", reject, reject},
    {policy::wrong_total, "wrong-total", reject, reject},
    {policy::missing_final_line_end, "missing-final-line-end", reject, reject},
    {policy::incomplete_record, "incomplete-record", reject, reject},
    {policy::empty_file, "empty-file", reject, reject},
}};

constexpr bool in_order() {
    for (std::size_t i = 0; i < rows.size(); ++i)
        if (static_cast<std::size_t>(rows[i].rule) != i)
            return false;
    return true;
}
static_assert(in_order());

} // namespace

std::string_view to_string(policy policy) {
    return rows[static_cast<std::size_t>(policy)].name;
}

std::optional<policy> policy_named(std::string_view name) {
    auto const* const found =
        std::find_if(rows.begin(), rows.end(), [name](row const& it) { return it.name == name; });
    return found == rows.end() ? std::nullopt : std::optional(found->rule);
}

policies policies::rfc2849() {
    policies chosen;
    for (auto const& row : rows)
        chosen[row.rule] = row.rfc2849;
    return chosen;
}

policies policies::ldifde() {
    policies chosen;
    for (auto const& row : rows)
        chosen[row.rule] = row.ldifde;
    return chosen;
}

void policies::allow_incomplete_files() {
    for (auto const rule : {policy::incomplete_record, policy::incomplete_result, policy::wrong_total})
        (*this)[rule] = policy_action::warn;
}

} // namespace dsplan::ldif
