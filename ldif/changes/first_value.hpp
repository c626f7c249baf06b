#pragma once
#include <ldif/changes/entry.hpp>

#include <string>
#include <string_view>

namespace dsplan::ldif {

/// The first value of the attribute of that description; empty where there is none.
[[nodiscard]] inline std::string first_value(entry const& of, std::string_view description) {
    auto const* const found = of.find(description);
    return found == nullptr || found->values.empty() ? std::string() : found->values.front();
}

} // namespace dsplan::ldif
