#pragma once
#include <sddl/domain_sids.hpp>
#include <tools/dsplan/effect/harm.hpp>
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
    std::size_t lines_at_most = 12; ///< of gains and losses; the rest is counted
    bool shows_all = false;         ///< every gain and loss, right by right and class by class
};

/// What the directory refuses, who gains and loses what, where an ACE does not arrive and why, what is not
/// known.
[[nodiscard]] std::string effect_text(effect::effect const& shown, effect_style const& style);

/// "Change: 2 records: 1 member added, … 26 descriptors change."
[[nodiscard]] std::string effect_summary(effect::effect const& shown);

/// "abecker gains full control of 36 objects, DC=contoso,DC=com among them": the worst gain, or that nobody
/// gains or loses anything as far as is known; names as they are.
[[nodiscard]] std::string effect_headline(effect::effect const& shown);

/// "Nobody else gains or loses anything.", as far as is known.
[[nodiscard]] std::string nobody_sentence(effect::effect const& shown);

/// A folded row in words: "on 18 user objects: CN=…; …", "on 36 objects (18 user, …): …", names as they are.
[[nodiscard]] std::string folded_objects_text(effect::folded_right const& shown);

/// The same without the count of what the file holds and without a heading, each line behind `indent`.
[[nodiscard]] std::string effect_lines(effect::effect const& shown, effect_style const& style,
                                       std::string_view indent);

/// Who gains and loses what, each line behind `indent`.
[[nodiscard]] std::string account_lines(std::span<effect::account_change const> changes,
                                        effect_style const& style, std::string_view indent);

[[nodiscard]] nlohmann::ordered_json accounts_json(std::span<effect::account_change const> changes);

/// What was taken for granted, and what comes later: sentences.
[[nodiscard]] std::vector<std::string> effect_remarks(effect::effect const& shown);

/// "changes", "scopes", "unknown" and the counts, "refused" if records are; all names.
[[nodiscard]] nlohmann::ordered_json effect_json(effect::effect const& shown, effect_style const& style);

/// One of the "rights" of a change.
[[nodiscard]] nlohmann::ordered_json right_json(effect::right_change const& row);

/// Objects where an ACE makes no difference.
struct unreached_objects {
    std::string text;                 ///< "3 user: blocked inheritance at OU=…", as the names are
    std::span<std::string const> dns; ///< of the scope; empty where they are not told
};

/// Those of a scope, the ones of other classes last and together.
[[nodiscard]] std::vector<unreached_objects> unreached_by(effect::scope_of_ace const& scope);

} // namespace dsplan::render
