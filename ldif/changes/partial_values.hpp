#pragma once
#include <ldif/changes/attribute_schema.hpp>
#include <ldif/changes/entry.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace dsplan::ldif {

/// An attribute of which an export has a range of the values, without the last ones.
struct partial_values {
    std::string dn; ///< of the object, as in the later export
    std::string description;
    bool is_before = false;   ///< the earlier export has a range
    bool is_after = false;    ///< the later one
    std::size_t left_out = 0; ///< values that may have come or gone, or may lie behind the range

    friend bool operator==(partial_values const&, partial_values const&) = default;
};

/// Takes differences out of two entries of one object that a range of the values leaves open: a value that
/// only one export shows may lie behind the range of the other. Gives what was not compared to the end.
[[nodiscard]] std::vector<partial_values> leave_out_unknown(entry& before, entry& after,
                                                            attribute_schema const& schema);

/// The attributes of a new object of which a range is known.
[[nodiscard]] std::vector<partial_values> partial_attributes(entry const& added);

} // namespace dsplan::ldif
