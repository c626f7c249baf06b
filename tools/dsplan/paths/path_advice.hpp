#pragma once
#include <tools/dsplan/paths/control_paths.hpp>

#include <string>
#include <string_view>

/// What to do about ways, as sentences that are not yet printable.
namespace dsplan::paths {

/// The command that plans to take away what a step rests on: an ACE where it was put, an owner, the
/// membership of the account in the group itself. Empty where no plan does, or no quoting would keep it in
/// one line.
[[nodiscard]] std::string command_against(path_step const& step);

/// Why the new step of the way matters; empty where the change makes no step, or closes the way.
[[nodiscard]] std::string_view reason_of(changed_path const& changed);

/// "leave out (OA;;CR;…;;Helpdesk) on CN=sync,…, or grant it on other objects; or close step 3: dsplan plan
/// revoke …"; empty where nothing in the change opens the way, or it closes it.
[[nodiscard]] std::string advice_about(changed_path const& changed);

} // namespace dsplan::paths
