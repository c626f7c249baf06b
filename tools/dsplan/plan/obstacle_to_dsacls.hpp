#pragma once
#include <tools/dsplan/plan/plan.hpp>

#include <string>
#include <string_view>

namespace dsplan::plan {

/// What `obstacle_to_dsacls` says of a change that the user wants as LDIF.
inline constexpr std::string_view ldif_was_chosen = "LDIF was asked for";

/// Why dsacls cannot make the change, as a phrase: it removes every ACE of a trustee and never one, limits no
/// ACE to direct children, takes a class only for the objects below, and reads names that a line of cmd.exe
/// can hold. Empty where it can.
[[nodiscard]] std::string obstacle_to_dsacls(permission_change const& change);

} // namespace dsplan::plan
