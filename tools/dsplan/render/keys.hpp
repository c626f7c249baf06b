#pragma once
#include <tools/dsplan/directory/key_survey.hpp>

#include <string>

namespace dsplan::render {

/// The keys of an export, an account each with its own, what is wrong below each, and a line that sums up.
[[nodiscard]] std::string keys_text(directory::key_survey const& survey);

/// The same as JSON, as keys.schema.json beside this file describes it.
[[nodiscard]] std::string keys_json(directory::key_survey const& survey);

} // namespace dsplan::render
