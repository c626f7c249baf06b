#pragma once
#include <tools/dsplan/paths/control_paths.hpp>

#include <string>
#include <string_view>

namespace dsplan::paths {

/// The rule of a review that says so: "control-path-opens", "tier0-member".
[[nodiscard]] std::string_view rule_of(changed_path const& changed);

/// "2 accounts (through Helpdesk) get a way to tier 0 that they did not have"; not yet printable.
/// of a new member of tier 0 "ann becomes a member of Domain Admins, through IT".
[[nodiscard]] std::string sentence_of(changed_path const& changed, std::string_view target);

/// Whether the change makes a member of tier 0, and nobody has to do anything more.
[[nodiscard]] bool is_new_member(changed_path const& changed);

/// The same with its length, and what remains of a way that closes: ", in 2 steps".
[[nodiscard]] std::string whole_sentence_of(changed_path const& changed, std::string_view target);

/// "Helpdesk may reset the password of sync, (OA;;CR;…), explicit (new)"; not yet printable.
[[nodiscard]] std::string evidence_of(changed_path const& changed, std::size_t step);

/// "opens 1 (12 accounts), on a condition 1, closes 1"; empty where nothing changes.
[[nodiscard]] std::string counts_text(path_report const& report);

/// "Helpdesk may reset the password of sync"; not yet printable.
[[nodiscard]] std::string text_of(path_step const& step);

} // namespace dsplan::paths
