#include <ldif/attribute_description.hpp>
#include <ldif/changes/apply_modification.hpp>
#include <ldif/changes/directory_tree.hpp>
#include <ldif/changes/name_resolver.hpp>
#include <ldif/changes/named_attributes.hpp>
#include <ldif/changes/primary_group.hpp>
#include <ldif/changes/references.hpp>
#include <ldif/changes/restoration.hpp>
#include <ldif/changes/rules/server_rules.hpp>
#include <ldif/changes/storage/link_changes.hpp>
#include <ldif/changes/storage/object_store.hpp>
#include <ldif/changes/value_places.hpp>
#include <ldif/distinguished_name.hpp>
#include <ldif/name_with_data.hpp>
#include <ldif/printable.hpp>
#include <ldif/text/name_folding.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace dsplan::ldif {
namespace {

using status = tl::expected<void, apply_error>;

constexpr std::string_view tree_delete = "1.2.840.113556.1.4.805"; // MS-ADTS 3.1.1.3.4.1.15

bool has_control(record const& change, std::string_view identifier) {
    return std::any_of(change.controls.begin(), change.controls.end(),
                       [identifier](auto const& it) { return it.oid == identifier; });
}

constexpr std::string_view primary_group_attribute = "primaryGroupID";

apply_error fault_of(record const& change, apply_fault fault, std::string expected, std::string found,
                     std::string hint = {}) {
    apply_error error;
    error.fault = fault;
    error.dn = change.dn;
    error.line = change.line;
    error.expected = std::move(expected);
    error.found = std::move(found);
    error.hint = std::move(hint);
    return error;
}

tl::unexpected<apply_error> refuse(record const& change, apply_fault fault, std::string expected,
                                   std::string found, std::string hint = {}) {
    return tl::unexpected(fault_of(change, fault, std::move(expected), std::move(found), std::move(hint)));
}

// The change types of schema files go over what is done already.
bool is_swallowed(change_type type, apply_fault fault) {
    if (type == change_type::ntds_schema_add)
        return fault == apply_fault::entry_exists;
    return fault == apply_fault::no_such_entry &&
           (type == change_type::ntds_schema_modify || type == change_type::ntds_schema_delete ||
            type == change_type::ntds_schema_modrdn);
}

// "cn" and "Ruth" of the name's first RDN become values; those of the old one go where asked.
void update_naming_values(entry& target, distinguished_name const& old_name,
                          distinguished_name const& new_name, bool delete_old,
                          attribute_schema const& schema) {
    auto const erase = [&schema](attribute& from, attribute_type_and_value const& part) {
        std::erase_if(from.values,
                      [&](auto const& value) { return schema.same_value(part.type, value, part.value); });
    };
    std::vector<std::string> emptied;
    for (auto const& part : delete_old ? old_name.rdns[0] : relative_distinguished_name())
        if (auto* const it = target.find(part.type)) {
            erase(*it, part);
            emptied.push_back(it->description);
        }
    for (auto const& part : new_name.rdns[0]) {
        auto* const it = target.find(part.type);
        if (it == nullptr)
            continue; // an export that leaves the attribute out
        erase(*it, part);
        if (schema.rules_of(part.type).is_single_valued)
            it->values.clear();
        it->values.push_back(part.value);
    }
    std::erase_if(target.attributes, [&emptied](attribute const& it) {
        return it.values.empty() &&
               std::find(emptied.begin(), emptied.end(), it.description) != emptied.end();
    });
    if (auto* const name = target.find("name"))
        name->values = {new_name.rdns[0][0].value};
}

} // namespace

std::string message(apply_error const& error) {
    return fmt::format("expected {}, found {}", error.expected, error.found);
}

bool is_ignored_by_ldifde_k(apply_fault fault) {
    return fault == apply_fault::entry_exists || fault == apply_fault::value_exists ||
           fault == apply_fault::single_valued || fault == apply_fault::no_such_entry ||
           fault == apply_fault::no_parent || fault == apply_fault::no_number ||
           fault == apply_fault::value_taken || fault == apply_fault::missing_target;
}

directory_tree::directory_tree(apply_options options)
    : options_(options)
    , store_(std::make_unique<object_store>(*options.schema, options.memory)) {}

directory_tree::directory_tree(directory_tree&&) noexcept = default;
directory_tree& directory_tree::operator=(directory_tree&&) noexcept = default;
directory_tree::~directory_tree() = default;

status directory_tree::put(entry const& loaded) {
    auto const key = normalize(loaded.dn);
    if (!key) {
        apply_error error{apply_fault::invalid_name, loaded.dn,         0,
                          key.error().expected,      key.error().found, {}};
        return tl::unexpected(std::move(error));
    }
    for (auto const& it : loaded.attributes)
        if (options_.schema->rules_of(it.description).is_back_link ||
            same_description(it.description, primary_group_attribute))
            carry(it.description);
    auto const place = tree_order(*key);
    store_->note_contents(parent_key(place));
    if (auto const id = store_->find(place))
        store_->merge(*id, loaded);
    else
        store_->create(place, loaded);
    return {};
}

void directory_tree::note_contents(std::string_view container_key) {
    store_->note_contents(container_key);
}

void directory_tree::carry(std::string_view back_link) {
    carried_.insert(lower_case(attribute_name(back_link)));
}

bool directory_tree::contains_key(std::string_view key) const {
    return store_->find(key).has_value();
}

bool directory_tree::contains(std::string_view dn) const {
    return contains_key(tree_key(dn));
}

std::optional<entry> directory_tree::find(std::string_view dn) const {
    auto const id = store_->find(tree_key(dn));
    return id ? std::optional(store_->load(*id)) : std::nullopt;
}

std::optional<entry> directory_tree::find(std::string_view dn,
                                          std::set<std::string, std::less<>> const& descriptions) const {
    auto const id = store_->find(tree_key(dn));
    if (!id)
        return std::nullopt;
    if (descriptions.empty())
        return store_->load_head(*id);
    std::set<std::string> lower_names;
    for (auto const& it : descriptions)
        lower_names.insert(lower_case(it));
    auto loaded = store_->load_contents(*id, lower_names);
    for (auto& it : loaded.attributes)
        complete(*id, it);
    std::erase_if(loaded.attributes, [](attribute const& it) { return it.values.empty(); });
    return loaded;
}

bool directory_tree::is_open(std::string_view dn, std::string_view description) const {
    auto const id = store_->find(tree_key(dn));
    return id && store_->is_open(*id, description);
}

// With the values that name objects, which do not lie with the others.
void directory_tree::complete(std::uint64_t id, attribute& loaded) const {
    if (options_.schema->rules_of(loaded.description).is_name_valued)
        for (auto& found : store_->links_of(id, loaded.description))
            loaded.values.push_back(std::move(found.value));
    loaded.is_open = store_->is_open(id, loaded.description);
}

std::optional<std::uint64_t> directory_tree::origin_of(std::string_view dn) const {
    auto const id = store_->find(tree_key(dn));
    return id ? std::optional(store_->head_of(*id).origin) : std::nullopt;
}

std::optional<entry>
directory_tree::find_with(std::string_view dn,
                          std::function<bool(std::string_view description)> const& wants) const {
    auto const id = store_->find(tree_key(dn));
    if (!id)
        return std::nullopt;
    auto loaded = store_->load_contents(*id);
    std::erase_if(loaded.attributes, [&](attribute& it) {
        if (!wants(it.description))
            return true;
        complete(*id, it);
        return it.values.empty();
    });
    return loaded;
}

void directory_tree::for_each(std::function<void(std::string_view key, entry const&)> const& use,
                              std::function<bool(entry const& head)> const& wants) const {
    std::string key;
    object_store::object_id id = 0;
    for (bool more = store_->at_or_behind("", key, id); more; more = store_->behind(key, key, id))
        if (!wants || wants(store_->load_head(id)))
            use(key, store_->load(id));
}

void directory_tree::for_each_below(std::string_view dn, std::function<void(entry const&)> const& use) const {
    auto const top = tree_key(dn);
    std::string key;
    object_store::object_id id = 0;
    for (bool more = store_->at_or_behind(top, key, id); more && is_within(key, top);
         more = store_->behind(key, key, id))
        use(store_->load(id));
}

std::vector<record> directory_tree::links_to(std::string_view dn) const {
    std::vector<record> holders;
    auto const key = tree_key(dn);
    object_store::object_id last = 0;
    object_store::link link;
    for (std::string place; store_->next_reference(key, false, place, link);) {
        auto const& description = store_->description_of(link.attribute);
        auto const holder = store_->head_of(link.holder).dn;
        if (!options_.schema->rules_of(description).is_forward_link || tree_key(holder) == key)
            continue;
        if (holders.empty() || link.holder != last) {
            auto& made = holders.emplace_back();
            made.dn = holder;
            made.changetype = change_type::modify;
        }
        last = link.holder;
        auto& modifications = holders.back().modifications;
        if (modifications.empty() || modifications.back().description != description)
            modifications.push_back({modification_operation::add, description, {}});
        modifications.back().values.push_back(link.value);
    }
    return holders;
}

status directory_tree::apply(record const& change) {
    doubts_.clear();
    refusals_.clear();
    made_principals_.clear();
    auto const named = with_attribute_names(change, *options_.schema);
    name_resolver names(*store_, doubts_);
    auto const resolved = names.resolve(named ? *named : change);
    if (!resolved) {
        refusals_ = {resolved.error()};
        return tl::unexpected(resolved.error());
    }
    auto const& meant = *resolved ? **resolved : named ? *named : change;
    auto done = apply_resolved(meant);
    if (!done)
        names.take_back();
    made_principals_ = names.made();
    for (auto& it : doubts_) {
        it.dn = meant.dn;
        it.line = meant.line;
    }
    if (done)
        refusals_.clear(); // of what schema files go over
    else if (refusals_.empty())
        refusals_ = {std::move(done.error())};
    if (done)
        return done;
    value_places(meant).place(refusals_);
    return tl::unexpected(refusals_.front());
}

record directory_tree::meant(record const& change) const {
    auto const named = with_attribute_names(change, *options_.schema);
    auto const& known = named ? *named : change;
    std::vector<apply_error> doubts;
    name_resolver names(*store_, doubts, false);
    auto const resolved = names.resolve(known);
    return resolved && *resolved ? **resolved : known;
}

std::optional<std::string> directory_tree::primary_group(entry const& account, std::string_view rid) const {
    auto const found = find_primary_group(*store_, account, rid);
    return found ? std::optional(store_->head_of(*found).dn) : std::nullopt;
}

// The rules of Active Directory beside what an operation itself needs.
status directory_tree::check_rules(record const& change, std::uint64_t id) {
    rule_report report;
    auto const written = written_values(change);
    auto const target =
        id == 0
            ? entry()
            : store_->load_attributes(id, {"objectClass", "description", "systemFlags", "groupType"}).whole();
    check_in_directory({.change = change,
                        .written = written,
                        .schema = *options_.schema,
                        .store = store_.get(),
                        .target = id == 0 ? nullptr : &target,
                        .id = id,
                        .knows_containers = options_.requires_parents && !trusts_names_,
                        .is_active_directory = options_.protects_system_owned,
                        .fault_of_descriptor = options_.fault_of_descriptor,
                        .report = report});
    doubts_.insert(doubts_.end(), report.doubts.begin(), report.doubts.end());
    std::move(report.refusals.begin(), report.refusals.end(), std::back_inserter(refusals_));
    return refusals_.empty() ? status() : tl::unexpected(refusals_.front());
}

status directory_tree::apply_resolved(record const& change) {
    auto const type = change.changetype.value_or(change_type::add);
    auto const key = normalize(change.dn);
    if (!key)
        return refuse(change, apply_fault::invalid_name, key.error().expected, key.error().found,
                      key.error().hint);
    if (key->empty())
        return {};
    auto const place = tree_order(*key);
    auto const done = [&]() -> status {
        switch (type) {
        case change_type::add:
        case change_type::ntds_schema_add:
            return add(change, place);
        case change_type::delete_entry:
        case change_type::ntds_schema_delete:
            return remove(change, place);
        case change_type::modify:
        case change_type::ntds_schema_modify:
            return modify(change, place);
        default:
            return rename(change, place);
        }
    }();
    return done || is_swallowed(type, done.error().fault) ? status() : done;
}

status directory_tree::add(record const& change, std::string const& key) {
    if (contains_key(key))
        return refuse(change, apply_fault::entry_exists, "a name that is free", "an object with it");
    auto const superior = std::string(parent_text(change.dn));
    if (options_.requires_parents && !superior.empty() && !contains(superior))
        return refuse(change, apply_fault::no_parent, fmt::format("the container {}", ldif::quoted(superior)),
                      "none", "create it first, or export it too");
    if (auto checked = check_rules(change, 0); !checked)
        return checked;
    auto made = to_entry(change);
    if (options_.protects_system_owned)
        std::erase_if(made.attributes, [](auto const& it) { return is_never_read(it.description); });
    made.origin = 0;
    made.is_changed = true;
    if (auto const group = default_primary_group(made); options_.protects_system_owned && !group.empty() &&
                                                        carried_.contains("primarygroupid") &&
                                                        made.find(primary_group_attribute) == nullptr)
        made.attributes.push_back({std::string(primary_group_attribute), {group}});
    link_changes links(*store_, carried_, doubts_);
    links.follow_new(store_->create(key, made));
    unknown_ += links.finish();
    return {};
}

status directory_tree::remove(record const& change, std::string const& key) {
    auto const id = store_->find(key);
    if (!id)
        return refuse(change, apply_fault::no_such_entry, "an object with this name", "none");
    if (auto checked = check_rules(change, *id); !checked)
        return checked;
    std::string next;
    object_store::object_id below = 0;
    for (bool is_tree = has_control(change, tree_delete);
         store_->behind(key, next, below) && is_within(next, key);)
        if (is_tree) {
            auto const leaf = last_below(next);
            remove_object(leaf, *store_->find(leaf));
        } else {
            return refuse(change, apply_fault::has_children, "an object without others below it",
                          ldif::quoted(store_->head_of(below).dn) + " below it",
                          "delete what is below it first");
        }
    remove_object(key, *id);
    return {};
}

// The last object in the subtree of that key, which has none below it.
std::string directory_tree::last_below(std::string const& key) const {
    auto last = key;
    std::string next;
    object_store::object_id id = 0;
    while (store_->behind(last, next, id) && is_within(next, last))
        last = next;
    return last;
}

void directory_tree::remove_object(std::string const& key, std::uint64_t id) {
    object_store::link link;
    for (std::string place; store_->next_reference(key, false, place, link);) {
        auto const rules = options_.schema->rules_of(store_->description_of(link.attribute));
        if (!rules.is_forward_link && !rules.is_back_link)
            continue;
        store_->remove_link(link);
        store_->mark_changed(link.holder);
    }
    store_->erase(key, id);
}

namespace {

std::vector<std::string> touched_attributes(record const& change) {
    std::vector<std::string> names;
    names.reserve(change.modifications.size());
    for (auto const& it : change.modifications)
        names.push_back(it.description);
    return names;
}

// What a change of its primary group asks of an account.
entry account_before(object_store& store, std::uint64_t id) {
    return store.load_attributes(id, {"objectSid", "primaryGroupID"}).whole();
}

} // namespace

status directory_tree::modify(record const& change, std::string const& key) {
    auto const id = store_->find(key);
    if (!id)
        return refuse(change, apply_fault::no_such_entry, "an object with this name", "none",
                      is_undelete(change) ? "deleted objects are exported with ldifde -x" : "");
    if (is_undelete(change))
        return undelete(change, key);
    if (auto checked = check_rules(change, *id); !checked)
        return checked;
    return modify_values(change, *id);
}

status directory_tree::modify_values(record const& change, std::uint64_t id) {
    auto touched = touched_attributes(change);
    auto contents = store_->load_attributes(id, touched);
    auto const dn = store_->head_of(id).dn;
    link_changes links(*store_, carried_, doubts_);
    auto const refused = [&](apply_error error) -> status {
        links.take_back();
        error.dn = change.dn;
        error.line = change.line;
        return tl::unexpected(std::move(error));
    };
    auto const groups = account_before(*store_, id);
    for (auto const& it : change.modifications) {
        if (options_.protects_system_owned && is_never_read(it.description))
            continue; // no export ever holds it
        auto done = options_.schema->rules_of(it.description).is_name_valued
                        ? check_writable(dn, it, options_).and_then([&] { return links.modify(id, it); })
                        : ldif::apply(contents.part(it.description), it, options_);
        if (!done)
            return refused(std::move(done.error()));
    }
    if (auto const& after = contents.part(primary_group_attribute);
        options_.protects_system_owned && !after.attributes.empty())
        if (auto moved = move_primary_group(*store_, links, groups, after, doubts_); !moved)
            return refused(std::move(moved.error()));
    std::erase_if(touched, [this](auto const& it) { return options_.schema->rules_of(it).is_name_valued; });
    store_->store_attributes(id, touched, contents);
    unknown_ += links.finish();
    store_->mark_changed(id);
    return {};
}

// MS-ADTS 3.1.1.5.3.7
status directory_tree::undelete(record const& change, std::string const& key) {
    std::string new_dn;
    auto rest = change;
    for (auto const& it : change.modifications)
        if (same_description(it.description, "distinguishedName"))
            new_dn = it.values[0];
    std::erase_if(rest.modifications, is_part_of_undelete);
    if (auto checked = check_new_place(change, key, new_dn); !checked)
        return checked;
    auto const id = *store_->find(key);
    if (auto checked = check_rules(rest, id); !checked)
        return checked;
    if (auto done = modify_values(rest, id); !done)
        return done;
    auto contents = store_->load_contents(id);
    std::erase_if(contents.attributes, [](auto const& it) {
        return same_description(it.description, "isDeleted") ||
               same_description(it.description, "isRecycled");
    });
    store_->store_contents(id, contents);
    move(key, change.dn, new_dn, true);
    doubts_.push_back(fault_of(change, apply_fault::undelete, "an import with ldifde -x", "an undelete",
                               "deleted objects can be changed with that switch alone"));
    return {};
}

// Where an object gets a new name: the container is there, and not within the object, and the name is free.
status directory_tree::check_new_place(record const& change, std::string const& key,
                                       std::string const& new_dn) const {
    auto const name = parse_distinguished_name(new_dn);
    if (!name || name->rdns.empty())
        return refuse(change, apply_fault::invalid_name, "a new name that is a distinguished name",
                      ldif::quoted(new_dn));
    auto const superior = parent_text(new_dn);
    auto const superior_key = tree_key(superior);
    if (is_within(superior_key, key))
        return refuse(change, apply_fault::moved_below_itself, "a container elsewhere",
                      ldif::quoted(superior));
    if (options_.requires_parents && !superior.empty() && !contains_key(superior_key))
        return refuse(change, apply_fault::no_parent, fmt::format("the container {}", ldif::quoted(superior)),
                      "none", "create it first, or export it too");
    auto const new_key = tree_key(new_dn);
    if (new_key != key && contains_key(new_key))
        return refuse(change, apply_fault::entry_exists, "a new name that is free", "an object with it");
    return {};
}

status directory_tree::rename(record const& change, std::string const& key) {
    auto const id = store_->find(key);
    if (!id)
        return refuse(change, apply_fault::no_such_entry, "an object with this name", "none");
    auto const& renamed = *change.renamed;
    auto const superior = renamed.superior && !renamed.superior->empty()
                              ? *renamed.superior
                              : std::string(parent_text(change.dn));
    auto const new_dn = superior.empty() ? renamed.relative_distinguished_name
                                         : renamed.relative_distinguished_name + "," + superior;
    if (!normalize(renamed.relative_distinguished_name) || renamed.relative_distinguished_name.empty() ||
        !normalize(new_dn))
        return refuse(change, apply_fault::invalid_name, "a new name that is a distinguished name",
                      ldif::quoted(new_dn));
    if (!parent_text(renamed.relative_distinguished_name).empty())
        return refuse(change, apply_fault::invalid_name, "one relative name",
                      ldif::quoted(renamed.relative_distinguished_name),
                      "the container goes after 'newsuperior:'");
    if (auto checked = check_new_place(change, key, new_dn); !checked)
        return checked;
    if (auto checked = check_rules(change, *id); !checked)
        return checked;
    move(key, change.dn, new_dn, renamed.delete_old);
    return {};
}

void directory_tree::move(std::string const& key, std::string const& old_dn, std::string const& new_dn,
                          bool delete_old) {
    auto const id = *store_->find(key);
    auto contents = store_->load_contents(id);
    update_naming_values(contents, *parse_distinguished_name(old_dn), *parse_distinguished_name(new_dn),
                         delete_old, *options_.schema);
    store_->store_contents(id, contents);
    move_objects(key, tree_key(new_dn), new_dn);
    rename_links(key, new_dn);
}

// Gives the object and all below it their new names.
void directory_tree::move_objects(std::string const& key, std::string const& new_key,
                                  std::string const& new_dn) {
    std::string place;
    object_store::object_id id = 0;
    for (bool more = store_->at_or_behind(key, place, id); more && is_within(place, key);
         more = store_->behind(place, place, id)) {
        auto known = store_->head_of(id);
        known.dn = moved_name(known.dn, place, key, new_dn);
        known.is_changed = true;
        store_->set_head(id, known);
        if (new_key != key)
            store_->rename(place, new_key + place.substr(key.size()), id);
    }
}

// Changes the values everywhere that name the object or one below it.
void directory_tree::rename_links(std::string const& key, std::string const& new_dn) {
    object_store::link link;
    for (std::string place; store_->next_reference(key, true, place, link);) {
        store_->remove_link(link);
        auto const name = name_part(link.value);
        auto const kept = link.value.size() - name.size();
        link.value.replace(kept, name.size(), moved_name(name, tree_key(name), key, new_dn));
        store_->restore_link(link);
        store_->mark_changed(link.holder);
    }
}

} // namespace dsplan::ldif
