#include <ldif/changes/attribute_index.hpp>
#include <ldif/text/name_folding.hpp>

namespace dsplan::ldif {

std::optional<std::size_t> attribute_index::place(std::string_view description) const {
    constexpr std::size_t few = 64; // almost always; to look at each is quicker
    auto const& all = entry_.attributes;
    if (all.size() < few) {
        auto const* const found = entry_.find(description);
        return found == nullptr ? std::nullopt : std::optional(static_cast<std::size_t>(found - all.data()));
    }
    for (; indexed_ < all.size(); ++indexed_)
        places_.emplace(lower_case(all[indexed_].description), indexed_);
    auto const found = places_.find(lower_case(description));
    return found == places_.end() ? std::nullopt : std::optional(found->second);
}

attribute const* attribute_index::find(std::string_view description) const {
    auto const found = place(description);
    return found ? &entry_.attributes[*found] : nullptr;
}

} // namespace dsplan::ldif
