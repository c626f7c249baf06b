#include <ldif/changes/references.hpp>
#include <ldif/distinguished_name.hpp>

#include <algorithm>
#include <array>

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

std::string_view domain_key(std::string_view key) {
    std::size_t end = 0;
    while (key.substr(end).starts_with("dc="))
        end = key.find('\x01', end) + 1;
    return key.substr(0, end);
}

std::string_view domain_text(std::string_view dn) {
    auto const key = tree_key(dn);
    auto const domain = domain_key(key);
    auto below = std::count(key.begin() + static_cast<std::ptrdiff_t>(domain.size()), key.end(), '\x01');
    for (; below > 0; --below)
        dn = parent_text(dn);
    return dn;
}

std::vector<std::string> sibling_keys(std::string_view dn) {
    // The attributes that name objects of Active Directory.
    constexpr std::array<std::string_view, 8> types{"cn", "ou", "dc", "o", "l", "c", "uid", "mstapi-uid"};
    auto const key = tree_key(dn);
    auto const superior = parent_key(key);
    auto const own = std::string_view(key).substr(superior.size());
    auto const equal = own.find('=');
    std::vector<std::string> keys;
    for (auto const type : types)
        if (equal != std::string_view::npos && own.substr(0, equal) != type)
            keys.push_back(std::string(superior).append(type).append(own.substr(equal)));
    return keys;
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
