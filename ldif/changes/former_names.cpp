#include <ldif/changes/former_names.hpp>
#include <ldif/changes/references.hpp>

namespace dsplan::ldif {

bool former_names::rename(std::string_view key, std::string_view new_key, std::string_view before) {
    // Below itself it would put names after the cursor for ever.
    if (new_key.empty() || is_within(new_key, key))
        return false;
    // Renames of what lies below go along.
    std::string place;
    std::string below;
    for (bool more = renames_.at_or_behind(key, place, below); more && is_within(place, key);
         more = renames_.behind(place, place, below)) {
        renames_.erase(place);
        renames_.put(std::string(new_key).append(place, key.size()), below);
    }
    renames_.put(new_key, before);
    is_empty_ = false;
    return true;
}

std::optional<former_names::match> former_names::find(std::string_view key) const {
    std::string before;
    for (auto above = key; !is_empty_ && !above.empty(); above = parent_key(above))
        if (renames_.find(above, before))
            return match{above, std::move(before)};
    return std::nullopt;
}

std::string former_names::original(std::string_view key) const {
    auto renamed = find(key);
    return renamed ? std::move(renamed->before).append(key.substr(renamed->key.size())) : std::string(key);
}

} // namespace dsplan::ldif
