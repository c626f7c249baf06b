#pragma once
#include <ldif/record.hpp>
#include <tools/dsplan/effect/predict.hpp>

#include <span>
#include <vector>

namespace dsplan::effect {

/// True if one of the changes makes a domain controller compute inherited ACEs: it writes a descriptor, adds
/// an object or moves one.
[[nodiscard]] bool concern_inheritance(std::span<ldif::record const> changes);

/// What a domain controller does to descriptors after the records of a change, as records of their own:
/// written descriptors as they are stored, inherited ACEs below what changed. A new object without a
/// descriptor of its own gets none: who will own it is not known. [MS-ADTS] 3.1.1.6.3
[[nodiscard]] std::vector<ldif::record> propagated_records(projection const& change);

} // namespace dsplan::effect
