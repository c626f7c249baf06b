#pragma once
#include <tools/dsplan/diff/export_diff.hpp>

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace dsplan::render {

/// What differs, as a person reads it in a terminal.
[[nodiscard]] std::string diff_text(diff::diff const& shown);

/// The same in Markdown.
[[nodiscard]] std::string diff_markdown(diff::diff const& shown);

/// The same as JSON, closed by a line feed, described by diff.schema.json beside this file.
[[nodiscard]] std::string diff_json(diff::diff const& shown);

/// The same as a value.
[[nodiscard]] nlohmann::ordered_json diff_values(diff::diff const& shown);

/// "No difference.", "3 objects with other descriptors, …": one line that sums up, names as they are.
[[nodiscard]] std::string diff_summary(diff::diff const& shown);

} // namespace dsplan::render
