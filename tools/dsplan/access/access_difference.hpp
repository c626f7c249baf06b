#pragma once
#include <sddl/access_check.hpp>
#include <sddl/security_descriptor.hpp>
#include <tools/dsplan/access/right_changes.hpp>
#include <tools/dsplan/directory/class_rights.hpp>

#include <optional>
#include <vector>

namespace dsplan::access {

/// One side of a comparison.
struct access_state {
    sddl::security_descriptor const& descriptor;
    sddl::security_token const& token;
    std::optional<sddl::sid> self;
    bool owner_has_implicit_rights = true;
};

struct access_difference {
    right_differences rights;
    bool has_unknown_condition = false; ///< the claims that decide a conditional ACE are not known
};

/// `known` is for those who ask about many objects with the same `asked`.
[[nodiscard]] access_difference compare_access(directory::class_rights const& asked,
                                               access_state const& before, access_state const& after,
                                               right_change_memory* known = nullptr);

/// Trustees whose effective ACEs differ between two lists, ascending; all of both where only the order does.
[[nodiscard]] std::vector<sddl::sid> concerned_trustees(sddl::security_descriptor const& before,
                                                        sddl::security_descriptor const& after);

} // namespace dsplan::access
