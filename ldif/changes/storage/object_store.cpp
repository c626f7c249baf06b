#include <ldif/attribute_description.hpp>
#include <ldif/changes/references.hpp>
#include <ldif/changes/storage/object_store.hpp>
#include <ldif/changes/storage/stored_text.hpp>
#include <ldif/name_with_data.hpp>
#include <ldif/text/name_folding.hpp>

namespace dsplan::ldif {
namespace {

constexpr std::uint32_t values_elsewhere = 0xFFFFFFFF;

std::string number_key(std::uint64_t number) {
    std::string key;
    append_sorted(key, number);
    return key;
}

std::string link_key(std::uint64_t holder, std::uint32_t attribute, std::uint64_t place) {
    std::string key = number_key(holder);
    append_sorted(key, attribute);
    append_sorted(key, place);
    return key;
}

// The key of the object that a value names. What is no name at all has a key that no object has.
std::string named_key(std::string_view value) {
    auto key = tree_key(name_part(value));
    return key.empty() ? '\x02' + folded_value(value) : key;
}

} // namespace

object_store::object_store(attribute_schema const& schema, std::size_t memory)
    : object_store(schema, ordered_store::make_cache(memory)) {}

object_store::object_store(attribute_schema const& schema, std::shared_ptr<ordered_store::cache> const& cache)
    : schema_(schema)
    , names_(cache)
    , heads_(cache)
    , contents_(cache)
    , links_(cache)
    , open_(cache)
    , containers_(cache)
    , unique_(cache)
    , references_(cache) {}

std::optional<object_store::object_id> object_store::find(std::string_view key) {
    std::string octets;
    if (!names_.find(key, octets))
        return std::nullopt;
    std::string_view rest = octets;
    return take_sorted<object_id>(rest);
}

object_store::head object_store::head_of(object_id id) {
    std::string octets;
    head found;
    if (!heads_.find(number_key(id), octets) || octets.empty())
        return found;
    std::string_view rest = octets;
    found.is_changed = take_sorted<std::uint8_t>(rest) != 0;
    found.origin = take_sorted<std::uint64_t>(rest);
    found.dn = rest;
    return found;
}

void object_store::set_head(object_id id, head const& changed) {
    std::string octets;
    append_sorted(octets, static_cast<std::uint8_t>(changed.is_changed ? 1 : 0));
    append_sorted(octets, changed.origin);
    octets += changed.dn;
    heads_.put(number_key(id), octets);
}

void object_store::mark_changed(object_id id) {
    auto known = head_of(id);
    if (known.is_changed)
        return;
    known.is_changed = true;
    set_head(id, known);
}

object_store::object_id object_store::create(std::string_view key, entry const& made) {
    auto const id = next_id_++;
    names_.put(key, number_key(id));
    set_head(id, {made.dn, made.origin, made.is_changed});
    entry contents;
    contents.attributes.reserve(made.attributes.size());
    for (auto const& it : made.attributes)
        contents.attributes.push_back({it.description, schema_.rules_of(it.description).is_name_valued
                                                           ? std::vector<std::string>()
                                                           : it.values});
    store_contents(id, contents);
    for (auto const& it : made.attributes)
        if (schema_.rules_of(it.description).is_name_valued)
            for (auto const& value : it.values)
                (void)add_link(id, it.description, value);
    for (auto const& it : made.attributes)
        if (it.is_open)
            set_open(id, it.description, true);
    return id;
}

// What objects are known by.
void object_store::index_changes(object_id id, entry const& before, entry const& after) {
    for (auto const& it : before.attributes)
        if (unique_values::knows(it.description))
            unique_.remove(id, it);
    for (auto const& it : after.attributes)
        if (unique_values::knows(it.description))
            unique_.add(id, it);
}

bool object_store::is_attribute_added(std::string_view name) {
    return unique_.holder("lDAPDisplayName", name) || unique_.holder("attributeID", name);
}

bool object_store::is_open(object_id holder, std::string_view description) {
    return open_.contains(link_key(holder, number_of(description), 0));
}

void object_store::set_open(object_id holder, std::string_view description, bool is_open) {
    auto const key = link_key(holder, number_of(description), 0);
    if (is_open)
        open_.put(key, {});
    else
        open_.erase(key);
}

bool object_store::set_unseen(object_id holder, std::string_view description, std::string_view value,
                              bool is_gone) {
    auto const key = link_key(holder, number_of(description), 0) + named_key(value);
    if (!is_gone)
        return open_.erase(key);
    if (open_.contains(key))
        return false;
    open_.put(key, {});
    return true;
}

void object_store::merge(object_id id, entry const& more) {
    entry others;
    for (auto const& it : more.attributes) {
        if (it.is_open && !has_links(id, it.description))
            set_open(id, it.description, true);
        else if (!it.is_open && !it.values.empty() && is_open(id, it.description))
            set_open(id, it.description, false);
        if (!schema_.rules_of(it.description).is_name_valued) {
            others.attributes.push_back(it);
            continue;
        }
        for (auto const& value : it.values)
            (void)add_link(id, it.description, value);
    }
    auto contents = load_contents(id);
    ldif::merge(contents, others);
    store_contents(id, contents);
}

void object_store::erase(std::string_view key, object_id id) {
    unique_.remove(id, load_contents(id));
    for (auto const& it : links_of(id))
        remove_link(it);
    names_.erase(key); // no other name leads to what else there is of it
}

void object_store::rename(std::string_view old_key, std::string_view new_key, object_id id) {
    names_.erase(old_key);
    names_.put(new_key, number_key(id));
}

entry object_store::load(object_id id) {
    auto loaded = load_contents(id);
    for (auto& it : loaded.attributes)
        if (schema_.rules_of(it.description).is_name_valued)
            for (auto& found : links_of(id, it.description))
                it.values.push_back(std::move(found.value));
    for (auto& it : loaded.attributes)
        it.is_open = is_open(id, it.description);
    std::erase_if(loaded.attributes, [this](auto const& it) {
        return it.values.empty() && schema_.rules_of(it.description).is_name_valued;
    });
    return loaded;
}

entry object_store::load_head(object_id id) {
    auto known = head_of(id);
    entry loaded;
    loaded.dn = std::move(known.dn);
    loaded.origin = known.origin;
    loaded.is_changed = known.is_changed;
    return loaded;
}

entry object_store::load_contents(object_id id) {
    if (in_hand_ && in_hand_->id == id)
        put_down();
    return read_contents(id);
}

entry object_store::load_contents(object_id id, std::set<std::string> const& descriptions) {
    auto loaded = take_in_hand(id).only(descriptions);
    auto known = load_head(id);
    std::swap(known.attributes, loaded.attributes);
    return known;
}

indexed_entry& object_store::take_in_hand(object_id id) {
    if (!in_hand_ || in_hand_->id != id) {
        put_down();
        in_hand_.emplace(contents_in_hand{id, indexed_entry(read_contents(id)), false});
    }
    return in_hand_->parts;
}

void object_store::put_down() {
    if (!in_hand_)
        return;
    auto const id = in_hand_->id;
    if (!in_hand_->is_changed)
        return in_hand_.reset();
    auto const whole = std::move(in_hand_->parts).whole();
    in_hand_.reset();
    write_contents(id, whole);
}

indexed_entry object_store::load_attributes(object_id id, std::vector<std::string> const& descriptions) {
    auto& held = take_in_hand(id);
    indexed_entry wanted(load_head(id));
    for (auto const& it : descriptions)
        wanted.part(it).attributes = held.part(it).attributes;
    return wanted;
}

void object_store::store_attributes(object_id id, std::vector<std::string> const& descriptions,
                                    indexed_entry& now) {
    auto& held = take_in_hand(id);
    for (auto const& it : descriptions) {
        auto& before = held.part(it);
        auto const& after = now.part(it);
        index_changes(id, before, after);
        before.attributes = after.attributes;
    }
    in_hand_->is_changed = true;
}

entry object_store::read_contents(object_id id) {
    auto loaded = load_head(id);
    std::string octets;
    (void)contents_.find(number_key(id), octets);
    for (std::string_view rest = octets; !rest.empty();) {
        auto& it = loaded.attributes.emplace_back();
        it.description = take_text(rest);
        auto const count = take_count(rest);
        for (std::uint32_t i = 0; count != values_elsewhere && i < count; ++i)
            it.values.emplace_back(take_text(rest));
    }
    return loaded;
}

void object_store::store_contents(object_id id, entry const& contents) {
    index_changes(id, load_contents(id), contents);
    if (in_hand_ && in_hand_->id == id)
        in_hand_.reset();
    write_contents(id, contents);
}

void object_store::write_contents(object_id id, entry const& contents) {
    std::string octets;
    for (auto const& it : contents.attributes) {
        append_text(octets, it.description);
        bool const is_elsewhere = schema_.rules_of(it.description).is_name_valued;
        append_count(octets, is_elsewhere ? values_elsewhere : it.values.size());
        for (auto const& value : it.values)
            append_text(octets, value);
    }
    contents_.put(number_key(id), octets);
}

bool object_store::at_or_behind(std::string_view from, std::string& key, object_id& id) {
    std::string octets;
    if (!names_.at_or_behind(from, key, octets))
        return false;
    std::string_view rest = octets;
    id = take_sorted<object_id>(rest);
    return true;
}

bool object_store::behind(std::string_view from, std::string& key, object_id& id) {
    std::string octets;
    if (!names_.behind(from, key, octets))
        return false;
    std::string_view rest = octets;
    id = take_sorted<object_id>(rest);
    return true;
}

std::uint32_t object_store::number_of(std::string_view description) {
    auto const [place, is_new] =
        numbers_.try_emplace(lower_case(description), static_cast<std::uint32_t>(descriptions_.size()));
    if (is_new)
        descriptions_.emplace_back(description);
    return place->second;
}

// Two values of one attribute may name the same object with different data.
std::string object_store::reference_key(link const& of) const {
    std::string key = named_key(of.value);
    append_sorted(key, of.holder);
    append_sorted(key, of.attribute);
    auto const name = name_part(of.value);
    if (name.size() != of.value.size())
        key += folded_value(std::string_view(of.value).substr(0, of.value.size() - name.size()));
    return key;
}

void object_store::put_link(link const& put) {
    links_.put(link_key(put.holder, put.attribute, put.place), put.value);
    std::string octets = number_key(put.place);
    append_sorted(octets, static_cast<std::uint32_t>(named_key(put.value).size()));
    references_.put(reference_key(put), octets);
}

std::optional<object_store::link> object_store::find_link(object_id holder, std::string_view description,
                                                          std::string_view value) {
    link found{holder, number_of(description), 0, std::string(value)};
    std::string octets;
    if (!references_.find(reference_key(found), octets))
        return std::nullopt;
    std::string_view rest = octets;
    found.place = take_sorted<std::uint64_t>(rest);
    (void)links_.find(link_key(found.holder, found.attribute, found.place), found.value);
    return found;
}

std::optional<object_store::link> object_store::add_link(object_id holder, std::string_view description,
                                                         std::string_view value) {
    link const added{holder, number_of(description), next_place_, std::string(value)};
    if (references_.contains(reference_key(added)))
        return std::nullopt;
    announce(holder, description);
    ++next_place_;
    put_link(added);
    return added;
}

// The contents say which attributes of names there are, so that they keep their place among the others.
void object_store::announce(object_id holder, std::string_view description) {
    if (has_links(holder, description))
        return;
    auto& known = take_in_hand(holder).part(description);
    if (!known.attributes.empty())
        return;
    known.attributes.push_back({std::string(description), {}});
    in_hand_->is_changed = true;
}

void object_store::remove_link(link const& removed) {
    links_.erase(link_key(removed.holder, removed.attribute, removed.place));
    references_.erase(reference_key(removed));
}

void object_store::restore_link(link const& removed) {
    put_link(removed);
}

bool object_store::has_links(object_id holder, std::string_view description) {
    auto const prefix = link_key(holder, number_of(description), 0);
    std::string key;
    std::string value;
    return links_.at_or_behind(prefix, key, value) && key.starts_with(prefix.substr(0, 12));
}

std::vector<object_store::link> object_store::links_of(object_id holder, std::string_view description) {
    std::vector<link> found;
    auto const number = number_of(description);
    auto const prefix = link_key(holder, number, 0).substr(0, 12);
    std::string key = prefix;
    std::string value;
    while (links_.behind(key, key, value) && key.starts_with(prefix)) {
        auto rest = std::string_view(key).substr(prefix.size());
        found.push_back({holder, number, take_sorted<std::uint64_t>(rest), value});
    }
    return found;
}

std::vector<object_store::link> object_store::links_of(object_id holder) {
    std::vector<link> found;
    auto const prefix = number_key(holder);
    std::string key = prefix;
    std::string value;
    while (links_.behind(key, key, value) && key.starts_with(prefix)) {
        auto rest = std::string_view(key).substr(prefix.size());
        auto const attribute = take_sorted<std::uint32_t>(rest);
        found.push_back({holder, attribute, take_sorted<std::uint64_t>(rest), value});
    }
    return found;
}

bool object_store::next_reference(std::string_view key, bool below, std::string& from, link& found) {
    std::string octets;
    if (from.empty())
        from = key;
    while (references_.behind(from, from, octets) && from.starts_with(key)) {
        std::string_view rest = octets;
        found.place = take_sorted<std::uint64_t>(rest);
        auto const size = take_sorted<std::uint32_t>(rest);
        if (size != key.size() && !below)
            continue;
        rest = std::string_view(from).substr(size);
        found.holder = take_sorted<std::uint64_t>(rest);
        found.attribute = take_sorted<std::uint32_t>(rest);
        if (links_.find(link_key(found.holder, found.attribute, found.place), found.value))
            return true;
    }
    return false;
}

} // namespace dsplan::ldif
