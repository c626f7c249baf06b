#pragma once
#include <tools/dsplan/plan/list_cover.hpp>

#include <vector>

namespace dsplan::plan {

/// Makes these the explicit ACEs of the list: what is there already stays in its place, once as often as
/// `wanted` has it; what is missing goes where the directory itself would keep it.
void make_explicit_aces(tracked_list& aces, std::vector<sddl::ace> const& wanted);

} // namespace dsplan::plan
