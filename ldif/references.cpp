#include <ldif/attribute_rules.hpp>
#include <ldif/distinguished_name.hpp>
#include <ldif/name_with_data.hpp>
#include <ldif/references.hpp>

#include <algorithm>

namespace dsplan::ldif {

std::string tree_key(std::string_view dn) {
    auto const key = normalize(dn);
    return key ? tree_order(*key) : std::string();
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

bool rename_references(entry& target, std::string_view old_key, std::string_view new_dn) {
    bool changed = false;
    for (auto& it : target.attributes) {
        if (!rules_of(it.description).is_name_valued)
            continue;
        for (auto& value : it.values) {
            auto const name = name_part(value);
            auto const key = tree_key(name);
            if (!is_within(key, old_key))
                continue;
            auto const before = std::string_view(value).substr(0, value.size() - name.size());
            value = std::string(before).append(moved_name(name, key, old_key, new_dn));
            changed = true;
        }
    }
    return changed;
}

bool remove_references(entry& target, std::string_view key) {
    std::size_t removed = 0;
    for (auto& it : target.attributes)
        if (rules_of(it.description).is_forward_link)
            removed += std::erase_if(it.values,
                                     [key](auto const& value) { return tree_key(name_part(value)) == key; });
    if (removed != 0)
        std::erase_if(target.attributes, [](attribute const& it) {
            return it.values.empty() && rules_of(it.description).is_forward_link;
        });
    return removed != 0;
}

} // namespace dsplan::ldif
