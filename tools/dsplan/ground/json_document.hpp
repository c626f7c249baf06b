#pragma once
#include <nlohmann/json.hpp>

#include <string_view>

namespace dsplan {

/// What every JSON document that dsplan writes begins with: {"format": "dsplan.NAME", "version": 1}.
[[nodiscard]] inline nlohmann::ordered_json json_document(std::string_view name) {
    return {{"format", "dsplan." + std::string(name)}, {"version", 1}};
}

/// The same with the members of `content` after it.
[[nodiscard]] inline nlohmann::ordered_json json_document(std::string_view name,
                                                          nlohmann::ordered_json const& content) {
    auto made = json_document(name);
    made.update(content);
    return made;
}

} // namespace dsplan
