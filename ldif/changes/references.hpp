#pragma once
#include <string>
#include <string_view>

namespace dsplan::ldif {

/// The key of a name in tree order: `tree_order(normalize(dn))`; empty where the text is no name, and for the
/// rootDSE.
[[nodiscard]] std::string tree_key(std::string_view dn);

/// The key without its last RDN.
[[nodiscard]] std::string_view parent_key(std::string_view key);

/// True where the object of `key` is the one of `ancestor` or lies below it.
[[nodiscard]] inline bool is_within(std::string_view key, std::string_view ancestor) {
    return key.starts_with(ancestor);
}

/// `dn`, of an object at or below the one that is now called `new_dn`, under its new name; both keys in tree
/// order.
[[nodiscard]] std::string moved_name(std::string_view dn, std::string_view key, std::string_view old_key,
                                     std::string_view new_dn);

} // namespace dsplan::ldif
