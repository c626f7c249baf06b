#pragma once
#include <tools/dsplan/diff/export_diff.hpp>
#include <tools/dsplan/render/page_foot.hpp>

#include <string>

namespace dsplan::render {

/// What differs as a page in one file: the lists in two columns, the octets on demand.
[[nodiscard]] std::string diff_html(diff::diff const& shown, page_provenance const& from);

} // namespace dsplan::render
