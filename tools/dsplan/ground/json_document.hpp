#pragma once
#include <nlohmann/json.hpp>

#include <string>
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

/// A document as it is written: indented, with a line end; octets that are no UTF-8 are replaced.
[[nodiscard]] inline std::string json_text(nlohmann::ordered_json const& document) {
    return document.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + '\n';
}

} // namespace dsplan
