#pragma once
#include <sddl/access_mask.hpp>
#include <sddl/guid.hpp>
#include <tools/dsplan/directory/schema.hpp>

#include <cstdint>
#include <optional>
#include <string_view>

namespace dsplan::directory {

/// What a GUID of an ACE can stand for. One GUID can be several of them at once.
enum class schema_kind : std::uint8_t {
    attribute,
    object_class,
    property_set,
    extended_right,
    validated_write
};

/// A name with what it is the name of.
struct schema_name {
    schema_kind kind;
    std::string_view text;
};

/// What the object type of an ACE with these rights is called: CC and DC ask for a class, SW for a validated
/// write, CR for an extended right, RP and WP for a property set or an attribute. Nothing for a GUID that the
/// schema does not have. [MS-ADTS] 5.1.3.2.1
[[nodiscard]] std::optional<schema_name> object_type_name(schema const& known, sddl::guid const& id,
                                                          sddl::access_mask rights);

/// The property set that an attribute belongs to; nothing where there is none or the attribute is unknown.
[[nodiscard]] std::optional<sddl::guid> property_set_of(schema const& known, sddl::guid const& attribute);

} // namespace dsplan::directory
