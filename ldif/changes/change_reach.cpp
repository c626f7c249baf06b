#include <ldif/alternative_name.hpp>
#include <ldif/attribute_description.hpp>
#include <ldif/changes/change_reach.hpp>
#include <ldif/changes/former_names.hpp>
#include <ldif/changes/name_resolver.hpp>
#include <ldif/changes/named_attributes.hpp>
#include <ldif/changes/references.hpp>
#include <ldif/changes/storage/key_filter.hpp>
#include <ldif/changes/storage/unique_values.hpp>
#include <ldif/distinguished_name.hpp>
#include <ldif/name_with_data.hpp>
#include <ldif/text/name_folding.hpp>

#include <algorithm>
#include <optional>

namespace dsplan::ldif {
bool is_deletion(record const& change) {
    return change.changetype == change_type::delete_entry ||
           change.changetype == change_type::ntds_schema_delete;
}

// All keys are those before the first change, but for those that renames are found by. Taking a key for one
// of these sets that is none only means that an entry more is looked at.
struct change_reach::tables {
    key_filter keys;
    key_filter subtrees;
    key_filter relinked;          // objects whose forward links change
    former_names renames;         // with the keys before all
    key_filter values;            // by which objects are known, see unique_values
    key_filter containers;        // of objects that values name
    bool asks_for_groups = false; // any of them may be an old or new primary group
    bool is_for_rollback = false;
    bool is_everything = false; // an object is named by something else than its name
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
    return tables_->renames.original(key);
}

void change_reach::reach_for_rollback() {
    tables_->is_for_rollback = true;
}

// With the key it had before.
void change_reach::insert(std::string_view key) {
    tables_->keys.insert(key);
    tables_->keys.insert(original(key));
}

void change_reach::add(record const& given) {
    auto const named = with_attribute_names(given, *schema_);
    auto const& change = named ? *named : given;
    auto const& renamed = change.renamed;
    if (looks_like_alternative_name(change.dn) ||
        (renamed && renamed->superior && looks_like_alternative_name(*renamed->superior)))
        tables_->is_everything = true;
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
    if (is_deletion(change) && tables_->is_for_rollback)
        tables_->asks_for_groups = true;
    insert(domain_key(key));
    if (renamed)
        add_rename(change, key, before);
    else if (change.changetype != change_type::modify)
        add_siblings(change.dn);
    add_links(change, before);
}

void change_reach::add_siblings(std::string_view dn) {
    for (auto const& key : sibling_keys(dn))
        insert(key);
}

void change_reach::add_rename(record const& change, std::string const& key, std::string const& before) {
    tables_->subtrees.insert(before);
    auto const& superior = change.renamed->superior;
    auto const new_superior =
        superior && !superior->empty() ? *superior : std::string(parent_text(change.dn));
    auto const new_dn = new_superior.empty()
                            ? change.renamed->relative_distinguished_name
                            : change.renamed->relative_distinguished_name + "," + new_superior;
    auto const new_key = tree_key(new_dn);
    tables_->keys.insert(original(new_key));
    tables_->keys.insert(original(tree_key(new_superior)));
    add_siblings(new_dn);
    tables_->renames.rename(key, new_key, before);
}

// Objects that a forward link is set to or taken from have a back link that follows.
void change_reach::add_links(record const& change, std::string const& before) {
    auto const domain = domain_text(change.dn);
    for (auto const& it : change.attributes)
        add_targets(domain, it.description, it.value);
    for (auto const& it : change.modifications) {
        tables_->asks_for_groups =
            tables_->asks_for_groups || equals_keyword(it.description, "primarygroupid");
        if (schema_->rules_of(it.description).is_forward_link)
            tables_->relinked.insert(before);
        for (auto const& value : it.values)
            add_targets(domain, it.description, value);
    }
}

void change_reach::add_targets(std::string_view domain, std::string_view description,
                               std::string_view value) {
    if (unique_values::knows(description))
        tables_->values.insert(unique_values::key_of(description, value));
    if (!schema_->rules_of(description).is_name_valued)
        return;
    if (looks_like_alternative_name(value))
        return add_alternative(domain, value);
    auto const key = tree_key(name_part(value));
    insert(key);
    insert(parent_key(key));
    tables_->containers.insert(original(parent_key(key)));
}

void change_reach::add_alternative(std::string_view domain, std::string_view value) {
    auto const parsed = parse_alternative_name(value);
    if (!parsed)
        return;
    if (parsed->type == alternative_name::kind::well_known) {
        tables_->is_everything = true;
        return;
    }
    bool const is_sid = parsed->type == alternative_name::kind::sid;
    tables_->values.insert(unique_values::key_of(is_sid ? "objectSid" : "objectGUID", parsed->octets));
    insert(tree_key(domain));
    if (is_sid)
        insert(tree_key(foreign_principal_name(*sid_text(parsed->octets), domain)));
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
        bool const may_lead_there =
            rules.is_name_valued && (rules.is_back_link || !tables_->subtrees.is_empty());
        if (!may_lead_there)
            return false;
        auto const key = tree_key(name_part(it.value));
        return is_in_subtree(key) || (rules.is_back_link && tables_->relinked.may_contain(key));
    });
}

bool change_reach::is_known_by_value(record_view const& record) const {
    if (tables_->values.is_empty() && !tables_->asks_for_groups)
        return false;
    return std::any_of(record.attributes.begin(), record.attributes.end(), [this](auto const& it) {
        bool const is_group = tables_->asks_for_groups && equals_keyword(it.description, "objectclass") &&
                              equals_keyword(it.value, "group");
        return is_group || (unique_values::knows(it.description) &&
                            tables_->values.may_contain(unique_values::key_of(it.description, it.value)));
    });
}

bool change_reach::asks_for_contents(std::string_view container_key) const {
    return !tables_->containers.is_empty() && tables_->containers.may_contain(container_key);
}

bool change_reach::concerns(record_view const& record, std::string_view key) const {
    if (key.empty())
        return false;
    if (tables_->is_everything || tables_->keys.may_contain(key) || is_in_subtree(key) ||
        is_known_by_value(record))
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
        auto name = lower_case(attribute_name(it));
        if (tree.options().schema->rules_of(name).is_back_link || name == "primarygroupid")
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
            auto const key = tree_key((*next)->dn);
            if (auto const container = parent_key(key); reach.asks_for_contents(container))
                tree.note_contents(container);
            if (reach.concerns(**next, key))
                (void)tree.put(to_entry(**next)); // its name is one: it has a key
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
