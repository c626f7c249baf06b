#pragma once
#include <ldif/record.hpp>
#include <tools/dsplan/ground/failure.hpp>
#include <tools/dsplan/paths/control_paths.hpp>

#include <functional>
#include <vector>

namespace dsplan::paths {

/// The directory after the change and more records.
using with_records = std::function<result<effect::projection>(std::vector<ldif::record> const& more)>;

/// Says of the first ways of a report, step by step, how many of its accounts keep a way to the target where
/// that step alone is taken away: the ACE where it was put, the membership, the value, or the owner. Of all
/// ways together it says over which steps most of them go, and of those of one account the fewest steps that
/// close them all.
///
/// Every cut is tried: the directory is made again without the step, and searched again. Ways that last for
/// an hour or close have none, and steps that no single record takes away are left out.
[[nodiscard]] result<void> find_cuts(path_report& report, path_question const& asked,
                                     effect::projection const& directory, std::size_t at_most,
                                     with_records const& with);

} // namespace dsplan::paths
