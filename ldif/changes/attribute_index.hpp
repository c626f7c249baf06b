#pragma once
#include <ldif/changes/entry.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace dsplan::ldif {

/// Finds the attributes of an entry by their descriptions, in any case, also where there are very many.
/// Attributes may be added at the end of the list while the index is in use.
class attribute_index {
public:
    explicit attribute_index(entry const& of) : entry_(of) {}

    /// The place of the attribute in the list; nothing where the entry does not have it.
    [[nodiscard]] std::optional<std::size_t> place(std::string_view description) const;

    /// The attribute itself, until one is added; null where the entry does not have it.
    [[nodiscard]] attribute const* find(std::string_view description) const;

private:
    entry const& entry_;
    mutable std::unordered_map<std::string, std::size_t> places_; // by description in lower case
    mutable std::size_t indexed_ = 0;                             // of the attributes, from the first on
};

} // namespace dsplan::ldif
