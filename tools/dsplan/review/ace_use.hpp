#pragma once
#include <tools/dsplan/review/descriptor_findings.hpp>
#include <tools/dsplan/review/rule_table.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace dsplan::review {

/// Why an ACE does less than it seems to: the rule and one sentence.
struct useless_ace {
    rule_name rule;
    std::string text;
};

/// Whether an ACE of a written list can do anything: inherited by nothing, without a right, with a right that
/// its object type does not have, for a class that has no such thing, or after a deny ACE that takes it all.
/// None of it proves that it is harmless: the directory asks neither for the class that a right is meant for,
/// nor keeps the order of a list for ever.
[[nodiscard]] std::optional<useless_ace> find_useless(written_descriptor const& written, std::size_t index,
                                                      words::name_context const& names);

} // namespace dsplan::review
