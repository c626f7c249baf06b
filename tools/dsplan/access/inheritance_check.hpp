#pragma once
#include <sddl/ace.hpp>
#include <tools/dsplan/directory/schema.hpp>
#include <tools/dsplan/directory/snapshot.hpp>

#include <string>
#include <vector>

namespace dsplan::access {

/// An object's inherited ACEs as its parent gives them, against those that the export holds.
struct inheritance_difference {
    std::vector<sddl::ace> missing; ///< the parent gives them, the object lacks them
    std::vector<sddl::ace> extra;   ///< the object has them, the parent does not give them: left over
    bool order_differs = false;     ///< the same ACEs in another order
    std::string unknown;            ///< why nothing could be computed; a printable sentence

    [[nodiscard]] bool equal() const {
        return missing.empty() && extra.empty() && !order_differs && unknown.empty();
    }
};

/// Recomputes DACL and SACL of one object from its parent's exported descriptor.
[[nodiscard]] inheritance_difference check_inheritance(directory::schema const& known,
                                                       directory::entry const& object);

} // namespace dsplan::access
