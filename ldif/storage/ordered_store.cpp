#include <ldif/storage/ordered_store.hpp>
#include <ldif/storage/stored_text.hpp>

#include <algorithm>
#include <bit>
#include <utility>

namespace dsplan::ldif {
namespace {

constexpr std::size_t largest_node = std::size_t{16} << 10;
constexpr std::size_t item_overhead = 96;

} // namespace

ordered_store::ordered_store(std::size_t memory) : memory_(memory) {
    root_ = make(true);
}

ordered_store::node_id ordered_store::make(bool is_leaf) {
    auto const id = static_cast<node_id>(slots_.size());
    slots_.emplace_back();
    auto& made = nodes_[id];
    made.is_leaf = is_leaf;
    recent_.push_front(id);
    made.used = recent_.begin();
    return id;
}

// Stays in memory until trim().
ordered_store::node& ordered_store::get(node_id id) {
    auto const [place, is_new] = nodes_.try_emplace(id);
    auto& found = place->second;
    if (!is_new) {
        recent_.splice(recent_.begin(), recent_, found.used);
        return found;
    }
    load(id, found);
    recent_.push_front(id);
    found.used = recent_.begin();
    used_ += found.size;
    return found;
}

ordered_store::node_id ordered_store::find_leaf(std::string_view key, std::vector<step>* path) {
    node_id id = root_;
    for (auto* it = &get(id); !it->is_leaf; it = &get(id)) {
        auto const above = std::upper_bound(it->keys.begin() + 1, it->keys.end(), key);
        auto const child = static_cast<std::size_t>(above - it->keys.begin()) - 1;
        if (path != nullptr)
            path->push_back({id, child});
        id = it->children[child];
    }
    return id;
}

void ordered_store::put(std::string_view key, std::string_view value) {
    path_.clear();
    auto const id = find_leaf(key, &path_);
    auto& leaf = get(id);
    leaf.is_dirty = true;
    auto const place = std::lower_bound(leaf.keys.begin(), leaf.keys.end(), key);
    auto const index = place - leaf.keys.begin();
    std::size_t const before = leaf.size;
    if (place != leaf.keys.end() && *place == key) {
        auto& known = leaf.values[static_cast<std::size_t>(index)];
        leaf.size += value.size() - known.size();
        known = value;
    } else {
        leaf.keys.emplace(place, key);
        leaf.values.emplace(leaf.values.begin() + index, value);
        leaf.size += key.size() + value.size() + item_overhead;
    }
    used_ += leaf.size - before;
    split(id);
    trim();
}

bool ordered_store::erase(std::string_view key) {
    auto& leaf = get(find_leaf(key, nullptr));
    auto const place = std::lower_bound(leaf.keys.begin(), leaf.keys.end(), key);
    bool const found = place != leaf.keys.end() && *place == key;
    if (found) {
        auto const value = leaf.values.begin() + (place - leaf.keys.begin());
        std::size_t const size = place->size() + value->size() + item_overhead;
        leaf.keys.erase(place);
        leaf.values.erase(value);
        leaf.size -= size;
        used_ -= size;
        leaf.is_dirty = true;
    }
    trim();
    return found;
}

bool ordered_store::find(std::string_view key, std::string& value) {
    auto const& leaf = get(find_leaf(key, nullptr));
    auto const place = std::lower_bound(leaf.keys.begin(), leaf.keys.end(), key);
    bool const found = place != leaf.keys.end() && *place == key;
    if (found)
        value = leaf.values[static_cast<std::size_t>(place - leaf.keys.begin())];
    trim();
    return found;
}

bool ordered_store::contains(std::string_view key) {
    auto const& leaf = get(find_leaf(key, nullptr));
    bool const found = std::binary_search(leaf.keys.begin(), leaf.keys.end(), key);
    trim();
    return found;
}

bool ordered_store::at_or_behind(std::string_view from, std::string& key, std::string& value) {
    return first_from(from, false, key, value);
}

bool ordered_store::behind(std::string_view from, std::string& key, std::string& value) {
    return first_from(from, true, key, value);
}

// Leaves may be empty: nothing joins them again.
bool ordered_store::first_from(std::string_view from, bool behind, std::string& key, std::string& value) {
    auto* leaf = &get(find_leaf(from, nullptr));
    auto const place = behind ? std::upper_bound(leaf->keys.begin(), leaf->keys.end(), from)
                              : std::lower_bound(leaf->keys.begin(), leaf->keys.end(), from);
    auto index = static_cast<std::size_t>(place - leaf->keys.begin());
    while (index == leaf->keys.size() && leaf->next != 0) {
        leaf = &get(leaf->next);
        index = 0;
    }
    bool const found = index < leaf->keys.size();
    if (found) {
        key = leaf->keys[index];
        value = leaf->values[index];
    }
    trim();
    return found;
}

// Moves the upper half of an item's node to a new one, and so on upwards along path_.
void ordered_store::split(node_id id) {
    while (get(id).size > largest_node && get(id).keys.size() > 1) {
        std::string lowest;
        auto const right = move_upper_half(id, lowest);
        if (path_.empty()) {
            root_ = make(false);
            auto& root = get(root_);
            root.keys = {std::string(), lowest};
            root.children = {id, right};
            root.size = lowest.size() + 2 * item_overhead;
            used_ += root.size;
            return;
        }
        auto const above = path_.back();
        path_.pop_back();
        auto& inner = get(above.inner);
        auto const place = static_cast<std::ptrdiff_t>(above.child) + 1;
        std::size_t const size = lowest.size() + item_overhead;
        inner.keys.insert(inner.keys.begin() + place, std::move(lowest));
        inner.children.insert(inner.children.begin() + place, right);
        inner.size += size;
        inner.is_dirty = true;
        used_ += size;
        id = above.inner;
    }
}

ordered_store::node_id ordered_store::move_upper_half(node_id id, std::string& lowest) {
    auto const right_id = make(get(id).is_leaf);
    auto& left = get(id);
    auto& right = get(right_id);
    auto const half = static_cast<std::ptrdiff_t>(left.keys.size() / 2);
    lowest = left.keys[static_cast<std::size_t>(half)];
    auto const move = [half](auto& from, auto& to) {
        if (from.empty())
            return;
        to.assign(std::make_move_iterator(from.begin() + half), std::make_move_iterator(from.end()));
        from.resize(static_cast<std::size_t>(half));
    };
    move(left.keys, right.keys);
    move(left.values, right.values);
    move(left.children, right.children);
    for (std::size_t i = 0; i < right.keys.size(); ++i)
        right.size += right.keys[i].size() + (right.is_leaf ? right.values[i].size() : 0) + item_overhead;
    left.size -= right.size;
    if (left.is_leaf)
        right.next = std::exchange(left.next, right_id);
    left.is_dirty = true;
    return right_id;
}

// Nodes that were not used for long go to the file.
void ordered_store::trim() {
    while (used_ > memory_ && recent_.size() > 4) {
        auto const id = recent_.back();
        auto const place = nodes_.find(id);
        if (place->second.is_dirty)
            save(id, place->second);
        used_ -= place->second.size;
        nodes_.erase(place);
        recent_.pop_back();
    }
}

std::uint64_t ordered_store::place_for(std::uint64_t capacity) {
    auto& free = free_[capacity];
    if (free.empty())
        return std::exchange(file_size_, file_size_ + capacity);
    auto const offset = free.back();
    free.pop_back();
    return offset;
}

void ordered_store::save(node_id id, node& saved) {
    octets_.clear();
    append_count(octets_, saved.is_leaf ? 1 : 0);
    append_count(octets_, saved.next);
    append_count(octets_, saved.keys.size());
    for (std::size_t i = 0; i < saved.keys.size(); ++i) {
        append_text(octets_, saved.keys[i]);
        if (saved.is_leaf)
            append_text(octets_, saved.values[i]);
        else
            append_count(octets_, saved.children[i]);
    }
    auto& place = slots_[id];
    if (place.capacity < octets_.size()) {
        if (place.capacity != 0)
            free_[place.capacity].push_back(place.offset);
        place.capacity = std::bit_ceil(octets_.size());
        place.offset = place_for(place.capacity);
    }
    place.size = octets_.size();
    if (!file_)
        file_ = temporary_file::make();
    failed_ = failed_ || !file_ || !file_->write_at(place.offset, octets_.data(), octets_.size());
    saved.is_dirty = false;
}

void ordered_store::load(node_id id, node& loaded) {
    auto const& place = slots_[id];
    octets_.resize(place.size);
    failed_ = failed_ || !file_ || !file_->read_at(place.offset, octets_.data(), octets_.size());
    loaded.is_dirty = false;
    if (failed_)
        return;
    std::string_view rest = octets_;
    loaded.is_leaf = take_count(rest) == 1;
    loaded.next = take_count(rest);
    auto const count = take_count(rest);
    for (std::uint32_t i = 0; i < count; ++i) {
        loaded.keys.emplace_back(take_text(rest));
        loaded.size += loaded.keys.back().size() + item_overhead;
        if (loaded.is_leaf)
            loaded.size += loaded.values.emplace_back(take_text(rest)).size();
        else
            loaded.children.push_back(take_count(rest));
    }
}

} // namespace dsplan::ldif
