#pragma once
#include <tools/dsplan/render/review_text.hpp>
#include <tools/dsplan/review/review.hpp>

#include <nlohmann/json_fwd.hpp>

namespace dsplan::render {

/// The review as JSON, ASCII, closed by a line feed. Its shape is described, for people and for validators,
/// by review.schema.json beside this file.
void write_review_json(review::review const& shown, text_sink const& write);

/// Whether a record has its ACEs with it; the page draws those by itself.
enum class ace_lists : std::uint8_t { whole, left_out };

/// One record, with all names always there.
[[nodiscard]] nlohmann::ordered_json record_json(review::record_reading const& record,
                                                 std::vector<std::string> const& files,
                                                 ace_lists shown = ace_lists::whole);

/// A descriptor in words, with all names always there.
[[nodiscard]] nlohmann::ordered_json reading_json(review::descriptor_reading const& descriptor,
                                                  ace_lists shown = ace_lists::whole);

/// An ACE of a descriptor.
[[nodiscard]] nlohmann::ordered_json ace_json(review::ace_reading const& ace);

/// A rule, and one place where it is broken.
[[nodiscard]] nlohmann::ordered_json rule_json(review::rule const& broken);
[[nodiscard]] nlohmann::ordered_json finding_json(review::finding const& found);

} // namespace dsplan::render
