#pragma once
#include <tools/dsplan/render/page_foot.hpp>
#include <tools/dsplan/render/paths_text.hpp>

#include <string>

namespace dsplan::render {

/// A page in one file: the ways as a picture of at most 25 boxes, and below it as numbered steps, which say
/// the same and more.
[[nodiscard]] std::string paths_html(paths::path_report const& report, paths_style const& style,
                                     page_provenance const& from);

} // namespace dsplan::render
