#pragma once
#include <tools/dsplan/directory/identity.hpp>

#include <nlohmann/json_fwd.hpp>

#include <string>
#include <vector>

namespace dsplan::render {

/// The text, or null where it is empty.
[[nodiscard]] nlohmann::ordered_json text_or_null_json(std::string const& text);

/// "name", "sid" and "dn"; null where the export does not say it.
[[nodiscard]] nlohmann::ordered_json identity_json(directory::identity const& shown);
[[nodiscard]] nlohmann::ordered_json identities_json(std::vector<directory::identity> const& shown);

} // namespace dsplan::render
