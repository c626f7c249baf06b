#pragma once
#include <tools/dsplan/directory/snapshot.hpp>
#include <tools/dsplan/ground/failure.hpp>
#include <tools/dsplan/plan/plan.hpp>
#include <tools/dsplan/review/review_changes.hpp>

#include <span>

namespace dsplan::review {

/// Lets `names` name the group that a plan creates and that has no SID yet.
void name_planned_group(words::name_context& names, plan::plan const& drawn);

/// Reviews the files of a plan as `review_changes` does, against the export that the plan was made from and
/// with the effect that the plan predicts. A plan without changes has a review without records.
[[nodiscard]] result<review> review_plan(plan::plan const& drawn, directory::snapshot const& exported,
                                         directory::schema const& known,
                                         std::span<change_source const> sources);

} // namespace dsplan::review
