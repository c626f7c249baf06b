#pragma once
#include <nlohmann/json_fwd.hpp>

#include <string>

/// Pages of answers that are lists, from the JSON that says the same.
namespace dsplan::render {

/// Of what `who-can` writes.
[[nodiscard]] std::string who_can_page(nlohmann::ordered_json const& answer);
[[nodiscard]] std::string who_can_markdown(nlohmann::ordered_json const& answer);

/// Of what `inherit` writes; `equal` is the number of objects that need no line.
[[nodiscard]] std::string inherit_page(nlohmann::ordered_json const& answer, std::size_t equal);
[[nodiscard]] std::string inherit_markdown(nlohmann::ordered_json const& answer, std::size_t equal);

} // namespace dsplan::render
