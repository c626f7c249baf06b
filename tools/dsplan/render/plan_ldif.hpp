#pragma once
#include <tools/dsplan/plan/plan.hpp>

#include <string>

/// The LDIF files of a plan, as ldifde wants them. Each is empty where the plan has nothing for it.
namespace dsplan::render {

/// Creates the group that does not exist yet.
[[nodiscard]] std::string group_ldif(plan::domain_changes const& changes);

/// Replaces descriptors whole: only those that the export holds whole.
[[nodiscard]] std::string permissions_ldif(plan::domain_changes const& changes);

/// Adds members.
[[nodiscard]] std::string members_ldif(plan::domain_changes const& changes);

/// Undoes what the other files do, last first. A created group is deleted.
[[nodiscard]] std::string rollback_ldif(plan::domain_changes const& changes);

} // namespace dsplan::render
