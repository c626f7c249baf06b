#pragma once
#include <tools/dsplan/paths/control_paths.hpp>
#include <tools/dsplan/review/findings.hpp>

#include <cstddef>
#include <functional>

namespace dsplan::review {

/// Whether one of the rules about ways to tier 0 is looked for: computing the ways costs time.
[[nodiscard]] bool wants_paths(std::function<bool(rule const&)> const& is_wanted);

/// The list for the findings of a record by its place among the records of the change, from 1; of 0 that for
/// the whole change.
using list_of_record = std::function<finding_list(std::size_t record)>;

/// Ways to tier 0 that the change opens, shortens and closes, each by the step that it changes.
void find_in_paths(paths::path_report const& report, list_of_record const& list_of);

} // namespace dsplan::review
