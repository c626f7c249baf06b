#pragma once
#include <tools/dsplan/render/review_text.hpp>
#include <tools/dsplan/review/review.hpp>

#include <nlohmann/json_fwd.hpp>

namespace dsplan::render {

/// The review as JSON, ASCII, closed by a line feed. Its shape is described, for people and for validators,
/// by review.schema.json beside this file.
void write_review_json(review::review const& shown, text_sink const& write);

/// One record, with all names always there.
[[nodiscard]] nlohmann::ordered_json record_json(review::record_reading const& record,
                                                 std::vector<std::string> const& files);

/// A descriptor in words, with all names always there.
[[nodiscard]] nlohmann::ordered_json reading_json(review::descriptor_reading const& descriptor);

/// The findings by rule.
[[nodiscard]] nlohmann::ordered_json findings_json(review::review const& shown);

} // namespace dsplan::render
