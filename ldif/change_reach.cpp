#include <ldif/attribute_description.hpp>
#include <ldif/attribute_rules.hpp>
#include <ldif/change_reach.hpp>
#include <ldif/distinguished_name.hpp>
#include <ldif/name_with_data.hpp>
#include <ldif/references.hpp>
#include <ldif/storage/rename_plan.hpp>
#include <ldif/text/name_folding.hpp>

#include <algorithm>

namespace dsplan::ldif {

change_reach::change_reach(std::span<record const> changes) {
    for (auto const& it : changes)
        add(it);
}

// The key that the object had before the renames seen so far.
std::string change_reach::original(std::string key) const {
    for (auto rename = renames_.rbegin(); rename != renames_.rend(); ++rename)
        if (is_within(key, rename->second))
            key = rename->first + key.substr(rename->second.size());
    return key;
}

void change_reach::add(record const& change) {
    auto const key = tree_key(change.dn);
    if (key.empty())
        return;
    auto const before = original(key);
    keys_.insert(before);
    keys_.emplace(parent_key(before));
    keys_.insert(original(std::string(parent_key(key))));
    if (change.changetype == change_type::delete_entry ||
        change.changetype == change_type::ntds_schema_delete)
        subtrees_.insert(before);
    if (!change.renamed)
        return;
    subtrees_.insert(before);
    auto const& superior = change.renamed->superior;
    auto const new_superior =
        superior && !superior->empty() ? *superior : std::string(parent_text(change.dn));
    auto const new_key =
        tree_key(new_superior.empty() ? change.renamed->relative_distinguished_name
                                      : change.renamed->relative_distinguished_name + "," + new_superior);
    keys_.insert(original(new_key));
    keys_.insert(original(tree_key(new_superior)));
    if (!new_key.empty())
        renames_.emplace_back(key, new_key);
}

bool change_reach::is_in_subtree(std::string_view key) const {
    for (; !key.empty(); key = parent_key(key))
        if (subtrees_.contains(key))
            return true;
    return false;
}

bool change_reach::concerns(record_view const& record) const {
    auto const key = tree_key(record.dn);
    if (key.empty())
        return false;
    if (keys_.contains(key) || is_in_subtree(key))
        return true;
    return !subtrees_.empty() &&
           std::any_of(record.attributes.begin(), record.attributes.end(), [this](auto const& it) {
               return rules_of(it.description).is_name_valued && is_in_subtree(tree_key(name_part(it.value)));
           });
}

result<void> load_reach(reader& base, change_reach const& reach, directory_tree& tree,
                        std::set<std::string, std::less<>>* seen) {
    for (;;) {
        auto const next = base.next_view();
        if (!next)
            return tl::unexpected(next.error());
        if (*next == nullptr)
            return {};
        if (seen != nullptr)
            for (auto const& it : (*next)->attributes) {
                std::string name(attribute_name(it.description));
                std::transform(name.begin(), name.end(), name.begin(), to_lower);
                seen->insert(std::move(name));
            }
        if (reach.concerns(**next))
            (void)tree.put(to_entry(**next)); // its name is one: concerns() has read it
    }
}

result<std::vector<record>> read_changes(reader& source) {
    std::vector<record> changes;
    for (;;) {
        auto const next = source.next();
        if (!next)
            return tl::unexpected(next.error());
        if (*next == nullptr)
            return changes;
        changes.push_back(**next);
    }
}

} // namespace dsplan::ldif
