#pragma once
#include <sddl/ace.hpp>
#include <tools/dsplan/directory/schema.hpp>

#include <optional>
#include <string>
#include <vector>

namespace dsplan::words {

/// What a GUID in the object type of an ACE stands for, and which rights speak of it. One GUID may be several
/// things.
struct object_type_meaning {
    sddl::access_mask rights{};                        ///< those that grant or deny something with this GUID
    directory::schema_class const* of_class = nullptr; ///< where it is a class, on which every right counts
    std::vector<directory::schema_attribute const*> attributes; ///< it, or the members of the property set
    std::string words; ///< "Reset Password is an extended right (CR)"
};

/// Nothing for a GUID that the schema lacks. [MS-ADTS] 5.1.3.2.1
[[nodiscard]] std::optional<object_type_meaning> meaning_of(directory::schema const& known,
                                                            sddl::guid const& object_type);

/// The mask of the ACE, generic rights mapped, without rights that mean nothing with its object type.
[[nodiscard]] sddl::access_mask effective_rights(directory::schema const& known, sddl::ace const& value);

/// Why none of its rights means anything: "Reset Password is an extended right (CR)"; nothing for an ACE that
/// may do something, and for one that names no right.
[[nodiscard]] std::optional<std::string> why_nothing(directory::schema const& known, sddl::ace const& value);

} // namespace dsplan::words
