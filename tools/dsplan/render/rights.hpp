#pragma once
#include <tools/dsplan/words/right_list.hpp>

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <vector>

namespace dsplan::render {

/// A row a right: words, kind, letters, GUID, other names.
[[nodiscard]] std::string rights_text(std::vector<words::listed_right> const& rights);

/// The same; an array of objects.
[[nodiscard]] nlohmann::ordered_json rights_json(std::vector<words::listed_right> const& rights);

/// A row for each form of "applies to": words, flags, names elsewhere.
[[nodiscard]] std::string applications_text();

/// The same as JSON, with the other spellings that are read.
[[nodiscard]] nlohmann::ordered_json applications_json();

} // namespace dsplan::render
