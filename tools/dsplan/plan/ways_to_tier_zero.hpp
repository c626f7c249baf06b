#pragma once
#include <tools/dsplan/plan/plan.hpp>

#include <functional>

namespace dsplan::plan {

/// Says of the ways that the changes of a plan open and close: a finding for each, the worst first, and a
/// headline for those that open. `is_told` says which ones somebody has told before.
void tell_ways(plan& drawn, std::function<bool(paths::changed_path const&)> const& is_told);

} // namespace dsplan::plan
