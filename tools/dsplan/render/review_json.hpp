#pragma once
#include <tools/dsplan/render/plan_folder.hpp>
#include <tools/dsplan/render/review_text.hpp>
#include <tools/dsplan/review/review.hpp>

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace dsplan::render {

/// The review as JSON, ASCII, closed by a line feed. Its shape is described, for people and for validators,
/// by review.schema.json beside this file. `folder` is null but for a review of a plan folder.
void write_review_json(review::review const& shown, text_sink const& write,
                       plan_folder const* folder = nullptr);

/// One record of `file` in words, on one line.
[[nodiscard]] std::string entry_json(review::record_reading const& record, std::string const& file);

/// A descriptor in words, with all names always there.
[[nodiscard]] nlohmann::ordered_json reading_json(words::descriptor_reading const& descriptor);

} // namespace dsplan::render
