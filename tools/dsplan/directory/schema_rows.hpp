#pragma once
#include <tools/dsplan/directory/read_records.hpp>
#include <tools/dsplan/directory/schema_table.hpp>
#include <tools/dsplan/ground/failure.hpp>

#include <deque>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

namespace dsplan::directory {

/// A schema as text, from the built-in table or from an export.
struct schema_rows {
    std::vector<attribute_row> attributes;
    std::vector<class_row> classes;
    std::vector<right_row> rights;
    std::deque<std::string> texts; ///< what rows from an export point into
};

/// Reads attributeSchema, classSchema and controlAccessRight entries of LDIF files; passes over all others.
[[nodiscard]] result<schema_rows> read_schema_rows(std::span<std::filesystem::path const> files,
                                                   reading_options const& reading);

} // namespace dsplan::directory
