#pragma once
#include <tools/dsplan/render/page_section.hpp>
#include <tools/dsplan/render/review_text.hpp>
#include <tools/dsplan/review/review.hpp>

namespace dsplan::render {

/// The review as one self-contained page.
void write_review_html(review::review const& shown, text_sink const& write,
                       page_frame const* frame = nullptr);

} // namespace dsplan::render
