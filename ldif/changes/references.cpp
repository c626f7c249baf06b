#include <ldif/changes/references.hpp>
#include <ldif/distinguished_name.hpp>

#include <algorithm>

namespace dsplan::ldif {

std::string tree_key(std::string_view dn) {
    auto const key = normalize(dn);
    return key ? tree_order(*key) : std::string();
}

std::string_view parent_key(std::string_view key) {
    if (key.empty())
        return key;
    auto const separator = key.substr(0, key.size() - 1).rfind('\x01');
    return key.substr(0, separator == std::string_view::npos ? 0 : separator + 1);
}

std::string moved_name(std::string_view dn, std::string_view key, std::string_view old_key,
                       std::string_view new_dn) {
    auto const below =
        std::count(key.begin() + static_cast<std::ptrdiff_t>(old_key.size()), key.end(), '\x01');
    auto rest = dn;
    for (auto i = below; i > 0; --i)
        rest = parent_text(rest);
    auto const kept = dn.substr(0, dn.size() - rest.size());
    return std::string(kept).append(new_dn);
}

} // namespace dsplan::ldif
