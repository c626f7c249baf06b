#pragma once
#include <sddl/security_descriptor.hpp>
#include <tools/dsplan/words/account_names.hpp>
#include <tools/dsplan/words/explanation.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace dsplan::words {

/// What becomes of a value or an ACE.
enum class mark : std::uint8_t { none, added, removed, changed, moved };

/// An ACE, and what becomes of it.
struct ace_reading {
    mark what = mark::none;
    std::size_t position = 0;         ///< from 1, in the new list; in the old one where it is removed
    std::optional<std::size_t> was{}; ///< the place in the old list, where it moved or changed
    explained_ace words{};
    std::string changed_from{};                 ///< the old ACE as SDDL, where it changed
    std::shared_ptr<explained_ace const> old{}; ///< the same in words
};

/// A DACL or SACL, whole or against the base.
struct list_reading {
    std::vector<std::string> notes; ///< its state and flags
    std::vector<ace_reading> aces;  ///< the whole list, or what differs
    std::size_t unchanged = 0;      ///< ACEs that the base has too, which are not in `aces`
    std::vector<ace_reading> kept;  ///< these, as many of them as `name_cache` has room for
    bool only_order = false;        ///< the same ACEs in another order
};

/// A descriptor, whole or against the base.
struct descriptor_reading {
    bool is_difference = false;
    std::vector<std::string> facts; ///< owner, group, control
    list_reading dacl;
    list_reading sacl;
};

/// The descriptor in words: whole, or where `before` is not null what differs from it.
[[nodiscard]] descriptor_reading read_descriptor(sddl::security_descriptor const& after,
                                                 sddl::security_descriptor const* before,
                                                 name_context const& names);

/// One ACE in words.
[[nodiscard]] explained_ace read_ace(sddl::ace const& value, name_context const& names);

} // namespace dsplan::words
