#pragma once
#include <ldif/entry.hpp>

#include <string>
#include <string_view>

namespace dsplan::ldif {

/// The key of a name in tree order: `tree_order(normalize(dn))`; empty where the text is no name, and for the
/// rootDSE.
[[nodiscard]] std::string tree_key(std::string_view dn);

/// True where the object of `key` is the one of `ancestor` or lies below it.
[[nodiscard]] inline bool is_within(std::string_view key, std::string_view ancestor) {
    return key.starts_with(ancestor);
}

/// `dn`, of an object at or below the one that is now called `new_dn`, under its new name; both keys in tree
/// order.
[[nodiscard]] std::string moved_name(std::string_view dn, std::string_view key, std::string_view old_key,
                                     std::string_view new_dn);

/// Changes the values that name the object of `old_key` or one below it; true where there was one.
bool rename_references(entry& target, std::string_view old_key, std::string_view new_dn);

/// Removes the forward links to the object of `key`; true where there was one.
bool remove_references(entry& target, std::string_view key);

} // namespace dsplan::ldif
