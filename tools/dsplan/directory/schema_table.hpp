#pragma once
#include <cstdint>
#include <span>
#include <string_view>

namespace dsplan::directory {

// The schema that the program brings along, as texts; `schema_names` makes it searchable.

struct attribute_row {
    std::string_view id; ///< schemaIDGUID
    std::string_view name;
    std::string_view property_set; ///< attributeSecurityGUID; empty where there is none
    bool is_confidential;          ///< searchFlags 0x80
};

enum class class_kind : std::uint8_t { structural, abstract, auxiliary };

struct class_row {
    std::string_view id; ///< schemaIDGUID
    std::string_view name;
    std::string_view superior; ///< subClassOf
    class_kind kind;
};

struct right_row {
    std::string_view id; ///< rightsGuid
    std::string_view display_name;
    std::string_view name; ///< cn
    std::uint32_t valid_accesses;
};

/// Each ascending by `id`.
[[nodiscard]] std::span<attribute_row const> attribute_rows();
[[nodiscard]] std::span<class_row const> class_rows();
[[nodiscard]] std::span<right_row const> right_rows();

} // namespace dsplan::directory
