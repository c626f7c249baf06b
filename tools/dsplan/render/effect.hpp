#pragma once
#include <sddl/domain_sids.hpp>
#include <tools/dsplan/effect/predict.hpp>

#include <nlohmann/json_fwd.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dsplan::render {

struct effect_style {
    sddl::domain_sids sids;         ///< for aliases in ACEs
    std::size_t names_at_most = 10; ///< names in one list; the rest is counted
};

/// What the directory refuses, who gains and loses what, where an ACE does not arrive and why, what is not
/// known.
[[nodiscard]] std::string effect_text(effect::effect const& shown, effect_style const& style);

/// "Change: 2 records: 1 member added, … 26 descriptors change."
[[nodiscard]] std::string effect_summary(effect::effect const& shown);

/// The same without the count of what the file holds and without a heading, each line behind `indent`.
[[nodiscard]] std::string effect_lines(effect::effect const& shown, effect_style const& style,
                                       std::string_view indent);

/// What was taken for granted, and what comes later: sentences.
[[nodiscard]] std::vector<std::string> effect_remarks(effect::effect const& shown);

/// "changes", "scopes", "unknown" and the counts, "refused" if records are; all names.
[[nodiscard]] nlohmann::ordered_json effect_json(effect::effect const& shown, effect_style const& style);

/// Objects where an ACE makes no difference.
struct unreached_objects {
    std::string text;                 ///< "3 user: blocked inheritance at OU=…", as the names are
    std::span<std::string const> dns; ///< of the scope; empty where they are not told
};

/// Those of a scope, the ones of other classes last and together.
[[nodiscard]] std::vector<unreached_objects> unreached_by(effect::scope_of_ace const& scope);

} // namespace dsplan::render
