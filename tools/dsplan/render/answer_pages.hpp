#pragma once
#include <tools/dsplan/render/page_foot.hpp>

#include <nlohmann/json_fwd.hpp>

#include <string>

/// Pages of answers that are lists, from the JSON that says the same.
namespace dsplan::render {

/// Of what `who-can` writes.
[[nodiscard]] std::string who_can_page(nlohmann::ordered_json const& answer, page_provenance const& from);
[[nodiscard]] std::string who_can_markdown(nlohmann::ordered_json const& answer);

/// Of what `access` writes: all that an account may do with an object.
[[nodiscard]] std::string access_page(nlohmann::ordered_json const& answer, page_provenance const& from);

/// Of what `access --right` writes: yes or no.
[[nodiscard]] std::string access_answer_page(nlohmann::ordered_json const& answer,
                                             page_provenance const& from);

/// Of what `inherit` writes; `equal` is the number of objects that need no line.
[[nodiscard]] std::string inherit_page(nlohmann::ordered_json const& answer, std::size_t equal,
                                       page_provenance const& from);
[[nodiscard]] std::string inherit_markdown(nlohmann::ordered_json const& answer, std::size_t equal);

} // namespace dsplan::render
