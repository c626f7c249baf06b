#pragma once
#include <tools/dsplan/access/directory_image.hpp>

#include <vector>

namespace dsplan::effect {

/// Groups whose members differ between two images, and those that they are in, however deep; one an object of
/// `after`.
[[nodiscard]] std::vector<bool> changed_groups(access::directory_image const& before,
                                               access::directory_image const& after);

} // namespace dsplan::effect
