#pragma once
#include <sddl/acl.hpp>
#include <tools/dsplan/plan/plan.hpp>
#include <tools/dsplan/plan/request/resolve.hpp>

namespace dsplan::plan {

/// Puts the explicit ACEs that `after` has and `before` lacks into the change, and those that went, each with
/// the names that people and dsacls know it by.
void note_changed_aces(permission_change& change, sddl::acl const& before, sddl::acl const& after,
                       request_context const& context);

} // namespace dsplan::plan
