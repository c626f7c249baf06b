#pragma once
#include <sddl/acl.hpp>

#include <cstddef>
#include <optional>
#include <vector>

namespace dsplan::words {

/// What became of one ACE of either list.
struct ace_change {
    enum class kind : std::uint8_t { kept, moved, added, removed, changed } what = kind::kept;
    std::optional<std::size_t> before; ///< index in the earlier list
    std::optional<std::size_t> after;  ///< index in the later list
};

/// Two lists ACE by ACE: first those of the later list in its order, then those that went.
///
/// Equal ACEs are the same ACE. Of them the fewest are called moved that leave the others in their order. An
/// ACE that went and one that came, of the same effect, trustee, types and origin, are one that changed.
[[nodiscard]] std::vector<ace_change> compare_lists(std::vector<sddl::ace> const& before,
                                                    std::vector<sddl::ace> const& after);

} // namespace dsplan::words
