#pragma once
#include <tools/dsplan/render/paths_text.hpp>

#include <nlohmann/json.hpp>
#include <nlohmann/json_fwd.hpp>

namespace dsplan::render {

/// As paths.schema.json describes it.
[[nodiscard]] nlohmann::ordered_json paths_json(paths::path_report const& report, paths_style const& style);

/// The ways alone, as a review of a change holds them, too.
[[nodiscard]] nlohmann::ordered_json control_paths_json(paths::path_report const& report,
                                                        paths_style const& style);

} // namespace dsplan::render
