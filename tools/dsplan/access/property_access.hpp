#pragma once
#include <sddl/access_mask.hpp>
#include <tools/dsplan/directory/schema.hpp>

namespace dsplan::access {

/// Of the rights granted on an attribute those that are of use: writing what a client can write, reading what
/// one can read, and a confidential attribute only with control access. [MS-ADTS] 3.1.1.4.4
[[nodiscard]] inline sddl::access_mask usable_rights(directory::schema_attribute const& attribute,
                                                     sddl::access_mask granted) {
    auto const usable = granted & attribute.possible_rights();
    bool const lacks_control = attribute.is_confidential && !granted.contains(sddl::right_control_access);
    return lacks_control ? usable & sddl::right_write_property : usable;
}

/// True for rights on a confidential attribute that are one half of reading it.
[[nodiscard]] inline bool is_half_of_reading(directory::schema_attribute const& attribute,
                                             sddl::access_mask granted) {
    return attribute.is_confidential &&
           granted.contains(sddl::right_read_property) != granted.contains(sddl::right_control_access);
}

} // namespace dsplan::access
