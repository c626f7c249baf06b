#pragma once
#include <sddl/domain_sids.hpp>
#include <sddl/security_descriptor.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace dsplan::plan {

/// What a later descriptor shows of the parts that a change sets besides explicit ACEs of the DACL.
struct verified_parts {
    std::size_t all = 0;
    std::size_t done = 0;
    bool are_unknown = false;         ///< the later export lacks what would say it
    std::vector<std::string> details; ///< of those that are not done
};

/// Compares owner, group, inheritance, order and auditing. `before` gets what is done, so that what still
/// differs from it was not planned.
[[nodiscard]] verified_parts verify_parts(sddl::security_descriptor& before,
                                          sddl::security_descriptor const& planned,
                                          sddl::security_descriptor const& found,
                                          sddl::domain_sids const& sids);

} // namespace dsplan::plan
