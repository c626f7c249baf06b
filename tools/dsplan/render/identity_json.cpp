#include <tools/dsplan/render/identity_json.hpp>

#include <nlohmann/json.hpp>

namespace dsplan::render {

nlohmann::ordered_json text_or_null_json(std::string const& text) {
    return text.empty() ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(text);
}

nlohmann::ordered_json identity_json(directory::identity const& shown) {
    return {{"name", shown.name}, {"sid", text_or_null_json(shown.sid)}, {"dn", text_or_null_json(shown.dn)}};
}

nlohmann::ordered_json identities_json(std::vector<directory::identity> const& shown) {
    auto made = nlohmann::ordered_json::array();
    for (auto const& each : shown)
        made.push_back(identity_json(each));
    return made;
}

} // namespace dsplan::render
