#pragma once
#include <tools/dsplan/directory/snapshot.hpp>
#include <tools/dsplan/plan/plan.hpp>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace dsplan::plan {

enum class step_state : std::uint8_t {
    done,
    not_done,
    different, ///< not as planned, or with changes that were not planned
    unknown,   ///< the export lacks the object
};

/// One step of a plan held against a later export.
struct verified_step {
    step_state state = step_state::unknown;
    std::string what;                 ///< the step in words
    std::vector<std::string> details; ///< what is missing, added or otherwise
};

/// Compares a later export with what the plan wanted: groups, ACEs, members.
///
/// Lists are compared by content, explicit ACEs only: a server may store them in another order, and that is
/// said, but no difference. Where the plan holds the whole descriptor, everything else in it is compared too.
[[nodiscard]] std::vector<verified_step> verify(std::span<domain_changes const> planned,
                                                directory::snapshot const& after);

} // namespace dsplan::plan
