#pragma once
#include <sddl/domain_sids.hpp>
#include <tools/dsplan/directory/membership.hpp>
#include <tools/dsplan/directory/snapshot.hpp>
#include <tools/dsplan/plan/plan.hpp>
#include <tools/dsplan/plan/verify.hpp>

#include <map>
#include <string>
#include <vector>

namespace dsplan::plan {

/// DNs of the direct members by normalised name: those of `member`, whether the export holds their objects or
/// not, and those that name the group as theirs.
using member_names = std::map<std::string, std::string, std::less<>>;

[[nodiscard]] member_names members_of(directory::entry const& group, directory::membership const& members);

/// The same of names that a plan kept.
[[nodiscard]] member_names member_names_of(std::vector<std::string> const& dns);

/// Class, SID and descriptor of an object against what the plan kept of it; members are not compared.
[[nodiscard]] compared_object compare(object_before const& before, directory::snapshot const& later,
                                      sddl::domain_sids const& sids);

} // namespace dsplan::plan
