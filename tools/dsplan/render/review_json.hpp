#pragma once
#include <tools/dsplan/render/review_text.hpp>
#include <tools/dsplan/review/review.hpp>

#include <nlohmann/json_fwd.hpp>

namespace dsplan::render {

/// The review as JSON, ASCII, closed by a line feed. Its shape is described, for people and for validators,
/// by review.schema.json beside this file.
void write_review_json(review::review const& shown, text_sink const& write);

/// A descriptor in words, with all names always there.
[[nodiscard]] nlohmann::ordered_json reading_json(words::descriptor_reading const& descriptor);

} // namespace dsplan::render
