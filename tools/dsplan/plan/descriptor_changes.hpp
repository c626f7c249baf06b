#pragma once
#include <sddl/domain_sids.hpp>
#include <sddl/security_descriptor.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace dsplan::plan {

/// What differs between a descriptor and a later one, in words.
struct descriptor_changes {
    std::vector<std::string> differences;
    std::size_t aces = 0;      ///< explicit ACEs added or removed
    bool is_reordered = false; ///< the ACEs that both have stand in different orders, which is no difference
};

/// Compares by content. Inherited ACEs are the server's to compute and do not count. An owner or group that
/// the earlier one lacks is not compared, the auditing list only where `with_sacl`.
[[nodiscard]] descriptor_changes changes_between(sddl::security_descriptor const& before,
                                                 sddl::security_descriptor const& after, bool with_sacl,
                                                 sddl::domain_sids const& sids);

} // namespace dsplan::plan
