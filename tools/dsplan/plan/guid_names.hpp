#pragma once
#include <tools/dsplan/directory/schema.hpp>
#include <tools/dsplan/plan/plan.hpp>

namespace dsplan::plan {

/// Puts the GUID in the place of each display name that dsacls is to look up: the names of rights and
/// property sets are those of the language of Windows, while attributes and classes are called the same
/// everywhere.
void name_rights_by_guid(plan& drawn, directory::schema const& known);

} // namespace dsplan::plan
