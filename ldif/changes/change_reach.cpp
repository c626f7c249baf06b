#include <ldif/attribute_description.hpp>
#include <ldif/changes/change_reach.hpp>
#include <ldif/changes/references.hpp>
#include <ldif/changes/storage/key_filter.hpp>
#include <ldif/changes/storage/ordered_store.hpp>
#include <ldif/distinguished_name.hpp>
#include <ldif/name_with_data.hpp>
#include <ldif/text/name_folding.hpp>

#include <algorithm>
#include <optional>

namespace dsplan::ldif {
namespace {

constexpr std::size_t memory_of_table = std::size_t{4} << 20;

bool is_deletion(record const& change) {
    return change.changetype == change_type::delete_entry ||
           change.changetype == change_type::ntds_schema_delete;
}

} // namespace

// All keys are those before the first change, but for the key side of the renames. Taking a key for one of
// these sets that is none only means that an entry more is looked at.
struct change_reach::tables {
    key_filter keys;
    key_filter subtrees;
    key_filter relinked;                    // objects whose forward links change
    ordered_store renames{memory_of_table}; // key after the changes so far: key before all
    bool has_renames = false;
};

change_reach::change_reach(attribute_schema const& schema)
    : schema_(&schema)
    , tables_(std::make_unique<tables>()) {}

change_reach::change_reach(std::span<record const> changes, attribute_schema const& schema)
    : change_reach(schema) {
    for (auto const& it : changes)
        add(it);
}

change_reach::change_reach(change_reach&&) noexcept = default;
change_reach& change_reach::operator=(change_reach&&) noexcept = default;
change_reach::~change_reach() = default;

// The key that the object had before the renames seen so far: that of the nearest renamed container decides.
std::string change_reach::original(std::string_view key) const {
    std::string before;
    for (auto above = key; tables_->has_renames && !above.empty(); above = parent_key(above))
        if (tables_->renames.find(above, before))
            return before.append(key.substr(above.size()));
    return std::string(key);
}

void change_reach::add(record const& change) {
    auto const key = tree_key(change.dn);
    if (key.empty())
        return;
    auto const before = original(key);
    tables_->keys.insert(before);
    tables_->keys.insert(key);
    tables_->keys.insert(parent_key(before));
    tables_->keys.insert(original(parent_key(key)));
    if (is_deletion(change))
        tables_->subtrees.insert(before);
    if (change.renamed)
        add_rename(change, key, before);
    add_links(change, before);
}

void change_reach::add_rename(record const& change, std::string const& key, std::string const& before) {
    tables_->subtrees.insert(before);
    auto const& superior = change.renamed->superior;
    auto const new_superior =
        superior && !superior->empty() ? *superior : std::string(parent_text(change.dn));
    auto const new_key =
        tree_key(new_superior.empty() ? change.renamed->relative_distinguished_name
                                      : change.renamed->relative_distinguished_name + "," + new_superior);
    tables_->keys.insert(original(new_key));
    tables_->keys.insert(original(tree_key(new_superior)));
    // The directory refuses a move below itself, and here it would put names behind the cursor for ever.
    if (new_key.empty() || is_within(new_key, key))
        return;
    // Renames of what lies below go along.
    std::string place;
    std::string below;
    auto& renames = tables_->renames;
    for (bool more = renames.at_or_behind(key, place, below); more && is_within(place, key);
         more = renames.behind(place, place, below)) {
        renames.erase(place);
        renames.put(new_key + place.substr(key.size()), below);
    }
    renames.put(new_key, before);
    tables_->has_renames = true;
}

// Objects that a forward link is set to or taken from have a back link that follows.
void change_reach::add_links(record const& change, std::string const& before) {
    for (auto const& it : change.attributes)
        add_targets(it.description, it.value);
    for (auto const& it : change.modifications) {
        if (!schema_->rules_of(it.description).is_forward_link)
            continue;
        tables_->relinked.insert(before);
        for (auto const& value : it.values)
            add_targets(it.description, value);
    }
}

void change_reach::add_targets(std::string_view description, std::string_view value) {
    if (!schema_->rules_of(description).is_forward_link || schema_->back_link_of(description).empty())
        return;
    auto const key = tree_key(name_part(value));
    tables_->keys.insert(key);
    tables_->keys.insert(original(key));
}

bool change_reach::is_in_subtree(std::string_view key) const {
    for (; !tables_->subtrees.is_empty() && !key.empty(); key = parent_key(key))
        if (tables_->subtrees.may_contain(key))
            return true;
    return false;
}

bool change_reach::links_there(record_view const& record) const {
    return std::any_of(record.attributes.begin(), record.attributes.end(), [this](auto const& it) {
        auto const rules = schema_->rules_of(it.description);
        if (!rules.is_name_valued)
            return false;
        auto const key = tree_key(name_part(it.value));
        return is_in_subtree(key) || (rules.is_back_link && tables_->relinked.may_contain(key));
    });
}

bool change_reach::concerns(record_view const& record) const {
    auto const key = tree_key(record.dn);
    if (key.empty())
        return false;
    if (tables_->keys.may_contain(key) || is_in_subtree(key))
        return true;
    return (!tables_->subtrees.is_empty() || !tables_->relinked.is_empty()) && links_there(record);
}

change_file changes_in_memory(std::span<record const> changes) {
    return [changes]() -> result<record_source> {
        return record_source([changes, next = std::size_t{0}]() mutable -> result<record const*> {
            return next == changes.size() ? nullptr : &changes[next++];
        });
    };
}

result<void> add_all(change_reach& reach, change_file const& changes) {
    return with_storage<parse_error>([&] {
        return for_each_change<parse_error>(changes, [&reach](record const& change) -> result<void> {
            reach.add(change);
            return {};
        });
    });
}

namespace {

// The attributes that occur in what was read, and which of them are back links.
void tell_attributes(std::set<std::string, std::less<>> const& spelled, directory_tree& tree,
                     std::set<std::string, std::less<>>* seen) {
    for (auto const& it : spelled) {
        std::string name(attribute_name(it));
        std::transform(name.begin(), name.end(), name.begin(), to_lower);
        if (tree.options().schema->rules_of(name).is_back_link)
            tree.carry(name);
        if (seen != nullptr)
            seen->insert(std::move(name));
    }
}

} // namespace

result<void> load_reach(reader& base, change_reach const& reach, directory_tree& tree,
                        std::set<std::string, std::less<>>* seen,
                        std::function<void(std::uint64_t)> const& progress) {
    std::set<std::string, std::less<>> spelled; // as in the export: few, whatever its size
    return with_storage<parse_error>([&]() -> result<void> {
        for (;;) {
            auto const next = base.next_view();
            if (!next)
                return tl::unexpected(next.error());
            if (*next == nullptr)
                break;
            for (auto const& it : (*next)->attributes)
                if (!spelled.contains(it.description))
                    spelled.emplace(it.description);
            if (reach.concerns(**next))
                (void)tree.put(to_entry(**next)); // its name is one: concerns() has read it
            if (progress)
                progress(base.position());
        }
        tell_attributes(spelled, tree, seen);
        return {};
    });
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
