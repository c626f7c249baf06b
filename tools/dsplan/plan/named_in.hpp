#pragma once
#include <tools/dsplan/directory/identity.hpp>
#include <tools/dsplan/directory/snapshot.hpp>
#include <tools/dsplan/plan/plan.hpp>

#include <vector>

namespace dsplan::plan {

/// Who and what the words of a step name, as the export has them; what it lacks stands there with what the
/// plan knows. The object that the step changes comes first, then each trustee once.
[[nodiscard]] std::vector<directory::identity> named_in(permission_change const& step,
                                                        directory::snapshot const& exported);

/// The same: the group and the member.
[[nodiscard]] std::vector<directory::identity> named_in(member_addition const& step,
                                                        directory::snapshot const& exported);

/// The same: the group.
[[nodiscard]] std::vector<directory::identity> named_in(group_creation const& step,
                                                        directory::snapshot const& exported);

} // namespace dsplan::plan
