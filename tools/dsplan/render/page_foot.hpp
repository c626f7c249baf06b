#pragma once
#include <tools/dsplan/ground/input_digest.hpp>

#include <string>
#include <vector>

namespace dsplan::render {

/// Something that a page was made from: what it is to the page, and which file it was.
struct page_source {
    std::string role; ///< "change", "base", "descriptor"
    input_digest file;
};

/// What a page was made from, for those who have to answer for it.
struct page_provenance {
    std::vector<page_source> sources;
};

/// What stands below every page: sources with their sums, the version of the program, and on paper lines to
/// sign. It names neither the time nor a folder, so that the same input makes the same page.
[[nodiscard]] std::string foot_html(page_provenance const& from);

} // namespace dsplan::render
