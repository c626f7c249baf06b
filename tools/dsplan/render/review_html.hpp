#pragma once
#include <tools/dsplan/render/page_section.hpp>
#include <tools/dsplan/render/review_text.hpp>
#include <tools/dsplan/review/review.hpp>

namespace dsplan::render {

/// The review of what is in `from` as one self-contained page.
void write_review_html(review::review const& shown, text_sink const& write, page_provenance const& from,
                       page_frame const* frame = nullptr);

} // namespace dsplan::render
