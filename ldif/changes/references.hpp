#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace dsplan::ldif {

/// The key of a name in tree order: `tree_order(normalize(dn))`; empty where the text is no name, and for the
/// rootDSE.
[[nodiscard]] std::string tree_key(std::string_view dn);

/// The key without its last RDN.
[[nodiscard]] std::string_view parent_key(std::string_view key);

/// The part of the key that is made of domain components alone: "dc=com\1dc=contoso\1".
[[nodiscard]] std::string_view domain_key(std::string_view key);

/// The name of the domain that the object of `dn` lies in, as it is spelled there; empty where it is in none.
[[nodiscard]] std::string_view domain_text(std::string_view dn);

/// The keys that objects have which differ from the one of `dn` in the attribute of their name alone.
[[nodiscard]] std::vector<std::string> sibling_keys(std::string_view dn);

/// True where the object of `key` is the one of `ancestor` or lies below it.
[[nodiscard]] inline bool is_within(std::string_view key, std::string_view ancestor) {
    return key.starts_with(ancestor);
}

/// `dn`, of an object at or below the one that is now called `new_dn`, under its new name; both keys in tree
/// order.
[[nodiscard]] std::string moved_name(std::string_view dn, std::string_view key, std::string_view old_key,
                                     std::string_view new_dn);

} // namespace dsplan::ldif
