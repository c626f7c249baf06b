#pragma once
#include <tools/dsplan/plan/plan.hpp>

#include <string>

namespace dsplan::plan {

/// Why dsacls cannot make the change, as a phrase: it removes every ACE of a trustee and never one, limits no
/// ACE to direct children, takes a class only for the objects below, and reads names that a line of cmd.exe
/// can hold. Empty where it can.
[[nodiscard]] std::string obstacle_to_dsacls(permission_change const& change);

} // namespace dsplan::plan
