#pragma once
#include <ldif/changes/directory_tree.hpp>
#include <ldif/record.hpp>

#include <functional>
#include <vector>

namespace dsplan::ldif {

/// Applies a part of a record, as directory_tree::apply does.
using part_trial = std::function<tl::expected<void, apply_error>(record const& part)>;

/// What became of a record that is refused as a whole.
struct partial_application {
    std::vector<apply_error> refused; ///< each value that is refused, in the order of the file
    bool is_any_taken = false;        ///< the rest was applied
};

/// Does what is left of an addition or a modification, which `objects` has just refused, without the values
/// and attributes that the directory would refuse one by one. `apply` must end in `objects`; of very many
/// refused values about 100 are named, and the last of them says so.
[[nodiscard]] partial_application apply_rest(record const& change, directory_tree const& objects,
                                             part_trial const& apply);

} // namespace dsplan::ldif
