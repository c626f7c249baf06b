#pragma once
#include <tools/dsplan/effect/predict.hpp>

namespace dsplan::effect {

/// Two exports as a directory before a change and after it. Security principals are the same by their SID,
/// other objects by their name; what only the later export holds is taken for new.
[[nodiscard]] projection project_exports(directory::snapshot const& before, directory::snapshot const& after,
                                         directory::schema const& known);

} // namespace dsplan::effect
