#pragma once
#include <ldif/record.hpp>
#include <tools/dsplan/directory/read_records.hpp>

#include <string>
#include <vector>

namespace dsplan::commands {

/// Change records of several files, in the order of their import.
struct imported_changes {
    std::vector<ldif::record> records;
    std::vector<std::string> files; ///< of each record
};

/// Reads all records of all files. Unlike records of an export none is left out: that would be another
/// change.
[[nodiscard]] result<imported_changes> read_changes(std::vector<std::string> const& files,
                                                    reading_options reading);

} // namespace dsplan::commands
