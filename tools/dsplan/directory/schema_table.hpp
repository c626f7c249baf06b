#pragma once
#include <cstdint>
#include <span>
#include <string_view>

namespace dsplan::directory {

enum attribute_flags : std::uint8_t {
    plain = 0,
    constructed = 1,
    confidential = 2,
    system_only = 4,
    back_link = 8
};

struct attribute_row {
    std::string_view name;
    std::string_view id;
    std::string_view property_set; ///< empty where it is in none
    int flags;
};

/// Category is objectClassCategory. Lists are names with a blank between.
struct class_row {
    std::string_view name;
    std::string_view id;
    int category;
    bool is_system_only;
    std::string_view superclass;
    std::string_view auxiliaries;
    std::string_view attributes;
    std::string_view superiors;
    std::string_view default_descriptor; ///< SDDL
};

struct right_row {
    std::string_view name;
    std::string_view display_name;
    std::string_view id;
    std::uint32_t valid_accesses;
    std::string_view applies_to; ///< GUIDs of classes with a blank between
};

/// What a class of the built-in schema has beside what the library of changes knows of it.
struct class_rest {
    std::string_view name;
    std::string_view id;
    bool is_system_only;
    std::string_view auxiliaries;
    std::string_view attributes;
    std::string_view default_descriptor;
};

/// The built-in schema, sorted by name without regard to case.
[[nodiscard]] std::span<attribute_row const> attribute_rows();
[[nodiscard]] std::span<class_rest const> class_rests();
[[nodiscard]] std::span<right_row const> right_rows();

} // namespace dsplan::directory
