#pragma once
#include <ldif/record.hpp>
#include <tools/dsplan/ground/failure.hpp>
#include <tools/dsplan/paths/control_paths.hpp>

#include <functional>

namespace dsplan::paths {

/// The directory after the change and one record more.
using with_record = std::function<result<effect::projection>(ldif::record const& more)>;

/// Says of the first ways of a report, step by step, how many of its accounts keep a way to the target where
/// that step alone is taken away: the ACE where it was put, the membership, the value, or the owner.
///
/// Every cut is tried: the directory is made again without the step, and searched again. Ways that last for
/// an hour or close have none, and steps that no single record takes away are left out.
[[nodiscard]] result<void> find_cuts(path_report& report, path_question const& asked,
                                     effect::projection const& directory, std::size_t at_most,
                                     with_record const& with);

} // namespace dsplan::paths
