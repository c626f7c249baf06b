#pragma once
#include <tools/dsplan/directory/membership.hpp>
#include <tools/dsplan/directory/snapshot.hpp>
#include <tools/dsplan/plan/plan.hpp>

namespace dsplan::plan {

/// Keeps in the plan what the export says of the groups and members that its steps name.
void keep_objects(plan& drawn, directory::snapshot const& exported, directory::membership const& members);

} // namespace dsplan::plan
