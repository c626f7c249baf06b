#pragma once
#include <tools/dsplan/access/who_can.hpp>

namespace dsplan::access {

/// Everyone who has the right itself on the objects that `is_asked` chooses; a deletion through the parent or
/// by another right is another question.
[[nodiscard]] who_can_answer find_right_holders(directory_image const& image, right_query const& query,
                                                std::function<bool(object_index)> const& is_asked);

} // namespace dsplan::access
