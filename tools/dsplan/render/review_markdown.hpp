#pragma once
#include <tools/dsplan/render/page_section.hpp>
#include <tools/dsplan/render/review_text.hpp>
#include <tools/dsplan/review/review.hpp>

namespace dsplan::render {

/// The review as Markdown. Names from the files are escaped, so that they are text and nothing else.
void write_review_markdown(review::review const& shown, text_sink const& write,
                           page_frame const* frame = nullptr);

} // namespace dsplan::render
