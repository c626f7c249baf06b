#pragma once
#include <tools/dsplan/directory/identity.hpp>
#include <tools/dsplan/directory/schema.hpp>
#include <tools/dsplan/directory/snapshot.hpp>
#include <tools/dsplan/plan/plan.hpp>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace dsplan::plan {

enum class step_state : std::uint8_t {
    done,
    done_otherwise, ///< other ACEs than the planned ones say the same
    not_done,
    different, ///< not as planned, or with changes that were not planned
    unknown,   ///< the export lacks what would say it
};

/// One step of a plan held against a later export.
struct verified_step {
    step_state state = step_state::unknown;
    std::string what;                         ///< the step in words
    std::vector<std::string> details;         ///< what is missing, added or otherwise
    std::vector<directory::identity> named{}; ///< who and what the words name, in the later export
};

/// An object that the plan names held against a later export; `done` where what was compared is as it was.
struct compared_object {
    step_state state = step_state::unknown;
    std::string dn;
    std::vector<std::string> differences;
    std::vector<std::string> not_compared; ///< what one of the exports lacks; sentences
    std::size_t aces = 0;                  ///< explicit ACEs that differ
};

/// What a later export says of a plan.
struct verification {
    std::vector<verified_step> steps;     ///< one for each step of the plan
    std::vector<compared_object> objects; ///< groups and members, besides what the steps do to them
};

/// Compares an export from after the import with what the plan wanted: groups, ACEs, members, and what else
/// changed on the objects that it names.
///
/// Lists are compared by content, explicit ACEs only: a server may store them in another order, and that is
/// said, but no difference. Members are compared both ways.
[[nodiscard]] verification verify(std::span<domain_changes const> planned, directory::snapshot const& after,
                                  directory::schema const& known = directory::schema::built_in());

/// Compares an export from before the import with the one that the plan was made from: descriptors, members,
/// names that must be free. Every object is named, those that are as they were too.
[[nodiscard]] std::vector<compared_object> compare_with_base(std::span<domain_changes const> planned,
                                                             directory::snapshot const& fresh);

} // namespace dsplan::plan
