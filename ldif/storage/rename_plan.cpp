#include <ldif/distinguished_name.hpp>
#include <ldif/name_with_data.hpp>
#include <ldif/references.hpp>
#include <ldif/storage/rename_plan.hpp>

#include <fmt/format.h>

#include <algorithm>

namespace dsplan::ldif {

// The rename of the object itself or of the nearest container above it.
rename_plan::step const* rename_plan::nearest(std::string_view key, bool itself, bool only_done) const {
    for (auto above = itself ? key : parent_key(key); !above.empty(); above = parent_key(above)) {
        auto const found = renames_.find(above);
        if (found != renames_.end() && (!only_done || found->second.has_left()))
            return &found->second;
    }
    return nullptr;
}

bool rename_plan::add(rename moved) {
    auto const* const above = nearest(moved.old_key, false, false);
    if (above != nullptr) {
        auto const& container = above->moved;
        auto const taken_along = moved_name(moved.old_dn, moved.old_key, container.old_key, container.new_dn);
        if (tree_key(taken_along) == moved.new_key &&
            first_rdn_text(taken_along) == first_rdn_text(moved.new_dn))
            return false;
    } else if (moved.new_key == moved.old_key &&
               first_rdn_text(moved.old_dn) == first_rdn_text(moved.new_dn)) {
        return false;
    }
    targets_.emplace(moved.new_key, moved.old_key);
    auto const key = moved.old_key;
    renames_.emplace(key, step{std::move(moved), {}, {}, {}, false});
    return true;
}

std::set<std::string> rename_plan::needed_containers() const {
    std::set<std::string> needed;
    for (auto const& [key, it] : renames_)
        for (auto above = parent_key(it.moved.new_key); !above.empty(); above = parent_key(above))
            if (new_.contains(above))
                needed.emplace(above);
    return needed;
}

// In the directory after what was emitted so far, under its final name.
bool rename_plan::container_exists(std::string_view new_key) const {
    auto const container = parent_key(new_key);
    for (auto above = container; !above.empty(); above = parent_key(above)) {
        if (containers_.contains(above))
            return false;
        auto const target = targets_.find(above);
        if (target != targets_.end() && !renames_.find(target->second)->second.is_done)
            return false;
    }
    return true;
}

// Nobody has the name any more: its owner, or a container above it, has gone.
bool rename_plan::is_free(std::string_view new_key) const {
    if (deleted_.contains(new_key) && !are_deleted_)
        return nearest(new_key, false, true) != nullptr;
    auto const owner = renames_.find(new_key);
    return owner == renames_.end() || owner->second.has_left() || nearest(new_key, false, true) != nullptr;
}

bool rename_plan::can_be_done(step const& it) const {
    bool const same_place = it.moved.new_key == it.moved.old_key;
    return container_exists(it.moved.new_key) && (same_place || is_free(it.moved.new_key));
}

std::string rename_plan::current_name(std::string_view old_key, std::string_view old_dn) const {
    auto const* const it = nearest(old_key, true, true);
    if (it == nullptr)
        return std::string(old_dn);
    return moved_name(old_dn, old_key, it->moved.old_key, it->is_done ? it->moved.new_dn : temporary_dn(*it));
}

std::string rename_plan::temporary_dn(step const& it) const {
    auto const place = it.place_key.empty() ? it.place_dn : current_name(it.place_key, it.place_dn);
    return place.empty() ? it.temporary_rdn : fmt::format("{},{}", it.temporary_rdn, place);
}

void rename_plan::emit_rename(step const& it, std::string const& new_dn, emitter const& emit) const {
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

void rename_plan::do_what_can_be_done(emitter const& emit) {
    for (bool progress = true; progress;) {
        progress = false;
        for (auto it = containers_.begin(); it != containers_.end();) {
            if (!container_exists(it->first) || !is_free(it->first)) {
                ++it;
                continue;
            }
            emit(it->second);
            it = containers_.erase(it);
            progress = true;
        }
        for (auto& [key, it] : renames_) {
            if (it.is_done || !can_be_done(it))
                continue;
            emit_rename(it, it.moved.new_dn, emit);
            it.is_done = progress = true;
        }
    }
}

// The container that something in the way waits in: its final one, or the nearest above it that stays.
void rename_plan::find_place(step& it) const {
    it.place_dn = parent_text(it.moved.new_dn);
    if (container_exists(it.moved.new_key))
        return;
    it.place_key = parent_key(it.moved.old_key);
    it.place_dn = parent_text(it.moved.old_dn);
    while (deleted_.contains(it.place_key)) {
        it.place_key = parent_key(it.place_key);
        it.place_dn = std::string(parent_text(it.place_dn));
    }
}

// Gives it a name for the time being.
void rename_plan::step_aside(step& it, emitter const& emit) {
    auto const part = parse_distinguished_name(first_rdn_text(it.moved.new_dn))->rdns[0][0];
    step waiting = it;
    find_place(waiting);
    waiting.temporary_rdn = to_string(relative_distinguished_name{
        {part.type, fmt::format("{} (on its way {})", part.value, ++temporary_names_)}});
    emit_rename(it, temporary_dn(waiting), emit);
    it = std::move(waiting);
    do_what_can_be_done(emit);
}

void rename_plan::emit_first(emitter const& emit) {
    do_what_can_be_done(emit);
    // What is left waits for a name that is taken, by something to delete or by one of themselves, or for a
    // container that waits.
    for (bool const has_container : {true, false})
        for (auto& [key, it] : renames_)
            if (!it.has_left() && (!has_container || container_exists(it.moved.new_key)))
                step_aside(it, emit);
}

bool rename_plan::emit_rest(emitter const& emit) {
    are_deleted_ = true;
    do_what_can_be_done(emit);
    return containers_.empty() &&
           std::all_of(renames_.begin(), renames_.end(), [](auto const& it) { return it.second.is_done; });
}

void rename_plan::follow(entry& target, attribute_schema const& schema) const {
    for (auto& it : target.attributes) {
        auto const rules = schema.rules_of(it.description);
        if (!rules.is_name_valued)
            continue;
        std::erase_if(it.values, [&](std::string& value) {
            auto const name = name_part(value);
            auto const key = tree_key(name);
            if (deleted_.contains(key))
                return rules.is_forward_link;
            if (auto const* const moved = nearest(key, true, false)) {
                auto const new_name = moved_name(name, key, moved->moved.old_key, moved->moved.new_dn);
                value.replace(value.size() - name.size(), name.size(), new_name);
            }
            return false;
        });
    }
    std::erase_if(target.attributes, [](attribute const& it) { return it.values.empty(); });
}

} // namespace dsplan::ldif
