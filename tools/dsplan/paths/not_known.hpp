#pragma once
#include <tools/dsplan/paths/control_paths.hpp>
#include <tools/dsplan/paths/path_side.hpp>

namespace dsplan::paths {

/// Adds what the export lacks: sentences, and edge by edge what was not looked for.
void add_not_known(path_report& report, path_question const& asked, path_side const& side,
                   std::vector<object_index> const& targets);

} // namespace dsplan::paths
