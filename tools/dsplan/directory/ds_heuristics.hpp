#pragma once
#include <tools/dsplan/directory/snapshot.hpp>

#include <cstddef>
#include <vector>

namespace dsplan::directory {

/// Character `number` of each dSHeuristics of the export that is that long, counted from 1 as the
/// specification does. A forest has one; one that is not exported gives none. [MS-ADTS] 6.1.1.2.4.1.2
[[nodiscard]] std::vector<char> ds_heuristics(snapshot const& exported, std::size_t number);

} // namespace dsplan::directory
