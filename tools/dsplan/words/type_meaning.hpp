#pragma once
#include <sddl/guid.hpp>
#include <tools/dsplan/directory/class_rights.hpp>
#include <tools/dsplan/directory/schema.hpp>

#include <string_view>

namespace dsplan::words {

inline constexpr auto child_bits = sddl::right_create_child | sddl::right_delete_child;
inline constexpr auto property_bits = sddl::right_read_property | sddl::right_write_property;

[[nodiscard]] constexpr bool has_any(sddl::access_mask mask, sddl::access_mask wanted) {
    return (mask & wanted).bits != 0;
}

/// Everything that one GUID is in a schema: it may be an attribute, a property set and a validated write at
/// once. [MS-ADTS] 5.1.3.2.1
struct type_meaning {
    directory::schema_attribute const* attribute = nullptr;
    directory::control_access_right const* property_set = nullptr;
    directory::control_access_right const* extended_right = nullptr;
    directory::control_access_right const* validated_write = nullptr;
    directory::schema_class const* object_class = nullptr;
    bool gathers_attributes =
        false; ///< attributes name it as their set, whether a right of that name exists or not
    bool guards_confidential = false; ///< it is a confidential attribute or a set that holds one

    [[nodiscard]] bool is_known() const;

    /// The bits that mean something with it as an object type.
    [[nodiscard]] sddl::access_mask bits() const;

    /// What a bit speaks of; nothing fits where `bits` does not hold it.
    [[nodiscard]] directory::right_subject subject_of(sddl::access_mask bit) const;

    /// "an extended right"; the first of what it is.
    [[nodiscard]] std::string_view kind_text() const;

    /// The name of the first of what it is.
    [[nodiscard]] std::string_view name() const;
};

[[nodiscard]] type_meaning meaning_of(sddl::guid const& type, directory::schema const& known);

inline constexpr std::uint32_t is_property_set = 0x30; ///< validAccesses, [MS-ADTS] 5.1.3.2.1
inline constexpr std::uint32_t is_extended_right = 0x100;
inline constexpr std::uint32_t is_validated_write = 0x8;

} // namespace dsplan::words
