#pragma once
#include <sddl/guid.hpp>
#include <tools/dsplan/directory/schema.hpp>

#include <vector>

namespace dsplan::words {

/// What a GUID in the object type of an ACE reaches: an attribute, the members of a property set, objects of
/// a class. One GUID may be several of them, or none that the schema knows.
struct object_type_reach {
    directory::schema_class const* of_class = nullptr; ///< null where it is no class
    std::vector<directory::schema_attribute const*> attributes;
};

[[nodiscard]] object_type_reach reach_of(directory::schema const& known, sddl::guid const& object_type);

} // namespace dsplan::words
