#pragma once
#include <sddl/security_descriptor.hpp>
#include <tools/dsplan/plan/plan.hpp>

namespace dsplan::review {

/// A descriptor before and after a command that adds ACEs to its list. Where the base lacks the list,
/// `before` has an empty one, and `after` the new ACEs alone. A trustee without a SID is `words::nobody`.
struct edited_descriptor {
    sddl::security_descriptor before;
    sddl::security_descriptor after;
};

[[nodiscard]] edited_descriptor edit(plan::permission_change const& change);

} // namespace dsplan::review
