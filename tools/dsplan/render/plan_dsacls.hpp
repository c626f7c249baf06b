#pragma once
#include <tools/dsplan/plan/plan.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace dsplan::render {

/// The commands that add an object's ACEs to the list that is there when they run, one for each sign and
/// switch, and then those that take all ACEs of a trustee; none where dsacls cannot say it. What cannot be
/// quoted for cmd.exe is left as a placeholder in angle brackets, which dsacls refuses.
[[nodiscard]] std::vector<std::string> dsacls_commands(plan::permission_change const& change);

/// 01-permissions.cmd: names the plan, and stops at the first command that fails. Empty where dsacls can
/// change nothing of the plan.
[[nodiscard]] std::string permissions_cmd(plan::domain_changes const& changes, std::string_view plan_digest);

/// rollback.cmd. dsacls removes all ACEs of a trustee or none, so where the trustee had others the command is
/// only shown, with what would have to be granted again.
[[nodiscard]] std::string rollback_cmd(plan::domain_changes const& changes, std::string_view plan_digest);

} // namespace dsplan::render
