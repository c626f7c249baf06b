#pragma once
#include <ldif/record.hpp>
#include <tools/dsplan/paths/control_paths.hpp>

#include <span>
#include <string>
#include <vector>

namespace dsplan::paths {

/// A record of a change and the file that it stands in.
struct placed_record {
    ldif::record const* record = nullptr;
    std::string file; ///< as the user named it
};

/// Says of each changed way which record makes it: the last one about the object and the attribute.
void place_changes(path_report& report, std::span<placed_record const> change);

} // namespace dsplan::paths
