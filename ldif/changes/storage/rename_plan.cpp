#include <ldif/changes/references.hpp>
#include <ldif/changes/storage/rename_plan.hpp>
#include <ldif/changes/storage/stored_record.hpp>
#include <ldif/changes/storage/stored_text.hpp>
#include <ldif/distinguished_name.hpp>
#include <ldif/name_with_data.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace dsplan::ldif {
namespace {

// What is to be done: a container to be added or an object to be renamed, in the order of these letters.
std::string container_item(std::string_view key) {
    return std::string("c").append(key);
}

std::string rename_item(std::string_view old_key) {
    return std::string("r").append(old_key);
}

} // namespace

rename_plan::rename_plan(std::shared_ptr<ordered_store::cache> const& cache)
    : renames_(cache)
    , targets_(cache)
    , deleted_(cache)
    , new_(cache)
    , needed_(cache)
    , containers_(cache)
    , waiting_(cache)
    , ready_(cache) {}

void rename_plan::put(step const& changed) {
    std::string octets;
    for (auto const* it : {&changed.moved.new_key, &changed.moved.old_dn, &changed.moved.new_dn,
                           &changed.temporary_rdn, &changed.place_dn, &changed.place_key})
        append_text(octets, *it);
    append_count(octets, changed.is_done ? 1 : 0);
    renames_.put(changed.moved.old_key, octets);
}

std::optional<rename_plan::step> rename_plan::find(std::string_view old_key) {
    std::string octets;
    if (!old_keys_.may_contain(old_key) || !renames_.find(old_key, octets))
        return std::nullopt;
    step found;
    std::string_view rest = octets;
    found.moved.old_key = old_key;
    for (auto* it : {&found.moved.new_key, &found.moved.old_dn, &found.moved.new_dn, &found.temporary_rdn,
                     &found.place_dn, &found.place_key})
        *it = take_text(rest);
    found.is_done = take_count(rest) == 1;
    return found;
}

void rename_plan::for_each_step(std::function<void(step)> const& use) {
    std::string key;
    std::string octets;
    for (bool more = renames_.at_or_behind("", key, octets); more; more = renames_.behind(key, key, octets))
        if (auto it = find(key))
            use(std::move(*it));
}

bool rename_plan::is_deleted(std::string_view key) {
    return deleted_keys_.may_contain(key) && deleted_.contains(key);
}

// The rename of the object itself or of the nearest container above it.
std::optional<rename_plan::step> rename_plan::nearest(std::string_view key, bool itself, bool only_left) {
    for (auto above = itself ? key : parent_key(key); !above.empty(); above = parent_key(above))
        if (auto found = find(above); found && (!only_left || found->has_left()))
            return found;
    return std::nullopt;
}

// Whether it comes to its new name without a rename of its own.
bool rename_plan::is_taken_along(rename const& moved) {
    bool const same_rdn = first_rdn_text(moved.old_dn) == first_rdn_text(moved.new_dn);
    for (auto above = parent_key(moved.old_key); !above.empty(); above = parent_key(above)) {
        if (is_deleted(above))
            return false;
        auto const container = find(above);
        if (!container)
            continue;
        auto const taken_along =
            moved_name(moved.old_dn, moved.old_key, container->moved.old_key, container->moved.new_dn);
        return tree_key(taken_along) == moved.new_key && same_rdn;
    }
    return moved.new_key == moved.old_key && same_rdn;
}

void rename_plan::add(rename const& moved) {
    if (is_taken_along(moved))
        return;
    targets_.put(moved.new_key, moved.old_key);
    new_keys_.insert(moved.new_key);
    old_keys_.insert(moved.old_key);
    put({moved, {}, {}, {}, false});
    ++count_;
    ++undone_;
}

void rename_plan::add_deleted(std::string_view key) {
    deleted_keys_.insert(key);
    deleted_.put(key, {});
}

void rename_plan::add_new(std::string_view key) {
    new_keys_.insert(key);
    new_.put(key, {});
}

void rename_plan::find_needed_containers() {
    for_each_step([this](step const& it) {
        for (auto above = parent_key(it.moved.new_key); !above.empty(); above = parent_key(above))
            if (new_keys_.may_contain(above) && new_.contains(above))
                needed_.put(above, {});
    });
}

bool rename_plan::needs_container(std::string_view key) {
    return count_ != 0 && needed_.contains(key);
}

void rename_plan::add_container(std::string_view key, record const& addition) {
    std::string octets;
    append_stored_record(octets, addition);
    containers_.put(key, octets);
    ++undone_;
}

// What must be done before the container of `new_key` is in the directory under its final name; nothing where
// it is.
std::string rename_plan::container_in_the_way(std::string_view new_key) {
    std::string old_key;
    for (auto above = parent_key(new_key); !above.empty(); above = parent_key(above)) {
        if (!new_keys_.may_contain(above))
            continue;
        if (containers_.contains(above))
            return container_item(above);
        auto const it = targets_.find(above, old_key) ? find(old_key) : std::nullopt;
        if (it && !it->is_done)
            return rename_item(old_key);
    }
    return {};
}

// The old key of the object that a renamed container has brought to this name; empty where none has.
std::string rename_plan::owner_moved_there(std::string_view new_key) {
    std::string old_key;
    for (auto above = parent_key(new_key); !above.empty(); above = parent_key(above)) {
        if (!new_keys_.may_contain(above) || !targets_.find(above, old_key))
            continue;
        return old_key == above ? std::string() : old_key.append(new_key.substr(above.size()));
    }
    return {};
}

// Renames of which any takes the owner of a name away from it: its own, or that of a container above it, up
// to the one at `within`. None where it is gone, or nothing there goes; where only a deletion helps, a name
// that is no item.
std::vector<std::string> rename_plan::ways_to_leave(std::string_view owner_key, std::string_view within) {
    bool const waits = is_deleted(owner_key) && !are_deleted_;
    auto const owner = waits ? std::nullopt : find(owner_key);
    if (!waits && (!owner || owner->has_left()))
        return {};
    std::vector<std::string> found{waits ? std::string("a deletion") : rename_item(owner_key)};
    for (auto above = parent_key(owner_key); above.size() > within.size(); above = parent_key(above)) {
        auto const container = find(above);
        if (container && container->is_elsewhere())
            return {};
        if (container && !container->is_done)
            found.push_back(rename_item(above));
    }
    return found;
}

// What has to leave before the name is free; `self` is the old key of what takes it.
std::vector<std::string> rename_plan::owners_in_the_way(std::string_view new_key, std::string_view self) {
    if (new_key != self)
        if (auto found = ways_to_leave(new_key, {}); !found.empty())
            return found;
    auto const moved_there = owner_moved_there(new_key);
    if (moved_there.empty() || moved_there == self)
        return {};
    // The container itself is where it is to be.
    auto container = std::string_view(moved_there);
    for (auto above = parent_key(new_key); !above.empty(); above = parent_key(above)) {
        container = parent_key(container);
        if (std::string none; new_keys_.may_contain(above) && targets_.find(above, none))
            break;
    }
    return ways_to_leave(moved_there, container);
}

// Puts an item where it belongs: to those that can be done, or to those that wait for others.
void rename_plan::check(std::string const& item) {
    auto const key = std::string_view(item).substr(1);
    auto const it = item.front() == 'r' ? find(key) : std::nullopt;
    if (it ? it->is_done : !containers_.contains(key))
        return;
    auto const new_key = it ? std::string_view(it->moved.new_key) : key;
    std::vector<std::string> in_the_way;
    if (auto container = container_in_the_way(new_key); !container.empty())
        in_the_way.push_back(std::move(container));
    else
        in_the_way = owners_in_the_way(new_key, it ? key : std::string_view());
    for (auto const& other : in_the_way)
        waiting_.put(other + '\0' + item, {});
    if (in_the_way.empty())
        ready_.put(item, {});
}

void rename_plan::check_all() {
    std::string key;
    std::string octets;
    for (bool more = containers_.at_or_behind("", key, octets); more;
         more = containers_.behind(key, key, octets))
        check(container_item(key));
    for (bool more = renames_.at_or_behind("", key, octets); more; more = renames_.behind(key, key, octets))
        check(rename_item(key));
}

// Looks again at what waited for an item.
void rename_plan::wake(std::string const& done) {
    auto const prefix = done + '\0';
    std::string place = prefix;
    std::string none;
    while (waiting_.behind(place, place, none) && place.starts_with(prefix)) {
        waiting_.erase(place);
        check(place.substr(prefix.size()));
    }
}

// Goes over what can be done in turns, each in the order of the items.
void rename_plan::do_what_can_be_done(emitter const& emit) {
    std::string item;
    std::string none;
    while (ready_.behind(item, item, none) || ready_.at_or_behind("", item, none)) {
        ready_.erase(item);
        emit_item(item, emit);
        wake(item);
    }
}

void rename_plan::emit_item(std::string const& item, emitter const& emit) {
    auto const key = std::string_view(item).substr(1);
    --undone_;
    if (auto it = item.front() == 'r' ? find(key) : std::nullopt) {
        emit_rename(*it, it->moved.new_dn, emit);
        it->is_done = true;
        put(*it);
        return;
    }
    std::string octets;
    if (containers_.find(key, octets))
        emit(load_record(octets));
    containers_.erase(key);
}

std::string rename_plan::current_name(std::string_view old_key, std::string_view old_dn) {
    auto const it = nearest(old_key, true, true);
    if (!it)
        return std::string(old_dn);
    return moved_name(old_dn, old_key, it->moved.old_key, it->is_done ? it->moved.new_dn : temporary_dn(*it));
}

std::string rename_plan::temporary_dn(step const& it) {
    auto const place = it.place_key.empty() ? it.place_dn : current_name(it.place_key, it.place_dn);
    return place.empty() ? it.temporary_rdn : fmt::format("{},{}", it.temporary_rdn, place);
}

void rename_plan::emit_rename(step const& it, std::string const& new_dn, emitter const& emit) {
    record change;
    change.dn = current_name(it.moved.old_key, it.moved.old_dn);
    change.changetype = change_type::modrdn;
    change.renamed = new_name{std::string(first_rdn_text(new_dn)), true, std::nullopt};
    if (tree_key(parent_text(new_dn)) != tree_key(parent_text(change.dn))) {
        change.changetype = change_type::moddn;
        change.renamed->superior = std::string(parent_text(new_dn));
    }
    emit(change);
}

// The container that something in the way waits in: its final one, or the nearest above it that stays.
void rename_plan::find_place(step& it) {
    it.place_dn = parent_text(it.moved.new_dn);
    if (container_in_the_way(it.moved.new_key).empty())
        return;
    it.place_key = parent_key(it.moved.old_key);
    it.place_dn = parent_text(it.moved.old_dn);
    while (is_deleted(it.place_key)) {
        it.place_key = parent_key(it.place_key);
        it.place_dn = std::string(parent_text(it.place_dn));
    }
}

// Gives it a name for the time being.
void rename_plan::step_aside(step it, emitter const& emit) {
    auto const part = parse_distinguished_name(first_rdn_text(it.moved.new_dn))->rdns[0][0];
    step waiting = it;
    find_place(waiting);
    waiting.temporary_rdn = to_string(relative_distinguished_name{
        {part.type, fmt::format("{} (on its way {})", part.value, ++temporary_names_)}});
    emit_rename(it, temporary_dn(waiting), emit);
    put(waiting);
    wake(rename_item(it.moved.old_key));
    do_what_can_be_done(emit);
}

void rename_plan::emit_first(emitter const& emit) {
    check_all();
    do_what_can_be_done(emit);
    // What is left waits for a name that is taken, by something to delete or by one of themselves, or for a
    // container that waits.
    for (bool const has_container : {true, false})
        for_each_step([&](step const& it) {
            if (!it.has_left() && (!has_container || container_in_the_way(it.moved.new_key).empty()))
                step_aside(it, emit);
        });
}

bool rename_plan::emit_rest(emitter const& emit) {
    are_deleted_ = true;
    check_all();
    do_what_can_be_done(emit);
    return undone_ == 0;
}

void rename_plan::follow(entry& target, attribute_schema const& schema) {
    for (auto& it : target.attributes) {
        auto const rules = schema.rules_of(it.description);
        if (!rules.is_name_valued)
            continue;
        std::erase_if(it.values, [&](std::string& value) {
            auto const name = name_part(value);
            auto const key = tree_key(name);
            if (is_deleted(key))
                return rules.is_forward_link;
            if (auto const moved = nearest(key, true, false)) {
                auto const new_name = moved_name(name, key, moved->moved.old_key, moved->moved.new_dn);
                value.replace(value.size() - name.size(), name.size(), new_name);
            }
            return false;
        });
    }
    std::erase_if(target.attributes, [](attribute const& it) { return it.values.empty(); });
}

} // namespace dsplan::ldif
