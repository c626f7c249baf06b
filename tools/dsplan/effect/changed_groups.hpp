#pragma once
#include <tools/dsplan/access/directory_image.hpp>

#include <vector>

namespace dsplan::effect {

/// True if an account may be in other groups after the change: members, or where a group counts.
[[nodiscard]] bool memberships_differ(access::directory_image const& before,
                                      access::directory_image const& after);

/// Groups whose members or types differ between two images, and those that they are in, however deep; one an
/// object of `after`.
[[nodiscard]] std::vector<bool> changed_groups(access::directory_image const& before,
                                               access::directory_image const& after);

} // namespace dsplan::effect
