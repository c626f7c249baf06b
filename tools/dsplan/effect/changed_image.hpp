#pragma once
#include <tools/dsplan/access/directory_image.hpp>
#include <tools/dsplan/effect/change_application.hpp>

#include <string>
#include <vector>

namespace dsplan::effect {

/// Changes the image of the snapshot to what the applied changes leave: objects, names, parents, classes,
/// members, descriptors. Descriptors stay as they are written; what they become, `propagate` computes.
/// Returns what of the changes has an effect that is not computed; sentences.
[[nodiscard]] std::vector<std::string> change_image(access::directory_image& image,
                                                    change_context const& context,
                                                    change_application const& applied);

} // namespace dsplan::effect
