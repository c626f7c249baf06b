#include <ldif/changes/storage/ordered_store.hpp>
#include <ldif/changes/storage/stored_text.hpp>

#include <algorithm>
#include <bit>
#include <utility>

namespace dsplan::ldif {
namespace {

constexpr std::size_t page_size = std::size_t{8} << 10;
constexpr std::size_t head_size = 4 * sizeof(std::uint32_t); // kind, next, size, page of what lies elsewhere
constexpr std::size_t largest_node = page_size - head_size;
constexpr std::size_t node_overhead = 200; // of a node in memory, beside its items

std::string number_octets(std::uint32_t number) {
    std::string octets;
    append_count(octets, number);
    return octets;
}

std::size_t common_size(std::string_view left, std::string_view right) {
    auto const ends = std::mismatch(left.begin(), left.end(), right.begin(), right.end());
    return static_cast<std::size_t>(ends.first - left.begin());
}

} // namespace

class ordered_store::cache {
public:
    explicit cache(std::size_t memory)
        : memory_(std::min<std::size_t>(memory, storage_on_trial().memory_at_most)) {}

    using place = std::list<std::pair<ordered_store*, node_id>>::iterator;
    place add(ordered_store& store, node_id id) { return recent_.emplace(recent_.begin(), &store, id); }
    void use(place known) { recent_.splice(recent_.begin(), recent_, known); }
    void remove(place known) { recent_.erase(known); }

    void count(std::size_t before, std::size_t now) { used_ += now - before; }

    // What one operation holds at a time stays.
    [[nodiscard]] bool is_full() const { return used_ > memory_ && recent_.size() > 4; }
    [[nodiscard]] std::pair<ordered_store*, node_id> const& least_used() const { return recent_.back(); }

private:
    std::size_t memory_;
    std::size_t used_ = 0;
    std::list<std::pair<ordered_store*, node_id>> recent_; // the last used first
};

std::shared_ptr<ordered_store::cache> ordered_store::make_cache(std::size_t memory) {
    return std::make_shared<cache>(memory);
}

ordered_store::ordered_store(std::size_t memory) : ordered_store(make_cache(memory)) {}

ordered_store::ordered_store(std::shared_ptr<cache> shared) : cache_(std::move(shared)) {
    root_ = make(true);
}

ordered_store::~ordered_store() {
    for (auto const& [id, it] : nodes_) {
        cache_->count(it.memory, 0);
        cache_->remove(it.used);
    }
}

ordered_store::node_id ordered_store::make(bool is_leaf) {
    auto const id = place_for(page_size).page;
    auto& made = nodes_[id];
    made.is_leaf = is_leaf;
    made.used = cache_->add(*this, id);
    return id;
}

// Stays in memory until trim().
ordered_store::node& ordered_store::get(node_id id) {
    if (auto const known = nodes_.find(id); known != nodes_.end()) {
        cache_->use(known->second.used);
        return known->second;
    }
    node loaded;
    load(id, loaded);
    auto& found = nodes_.emplace(id, std::move(loaded)).first->second;
    found.used = cache_->add(*this, id);
    count_memory(found);
    return found;
}

void ordered_store::count_memory(node& counted) {
    auto const now = counted.items.memory() + node_overhead;
    cache_->count(counted.memory, now);
    counted.memory = now;
}

ordered_store::node_id ordered_store::child_of(node const& inner, std::size_t index) {
    auto octets = inner.items.value(index);
    return take_count(octets);
}

ordered_store::node_id ordered_store::find_leaf(std::string_view key, std::vector<step>* path) {
    node_id id = root_;
    for (auto* it = &get(id); !it->is_leaf; it = &get(id)) {
        auto const child = std::max<std::size_t>(it->items.upper_bound(key), 1) - 1;
        if (path != nullptr)
            path->push_back({id, child});
        id = child_of(*it, child);
    }
    return id;
}

void ordered_store::put(std::string_view key, std::string_view value) {
    path_.clear();
    auto const id = find_leaf(key, &path_);
    auto& leaf = get(id);
    leaf.is_dirty = true;
    auto const index = leaf.items.lower_bound(key);
    if (index != leaf.items.count() && leaf.items.key(index) == key)
        leaf.items.replace(index, value);
    else
        leaf.items.insert(index, key, value);
    count_memory(leaf);
    split(id, index);
    trim();
}

bool ordered_store::erase(std::string_view key) {
    path_.clear();
    auto const id = find_leaf(key, &path_);
    auto& leaf = get(id);
    auto const index = leaf.items.lower_bound(key);
    bool const found = index != leaf.items.count() && leaf.items.key(index) == key;
    if (found) {
        leaf.items.erase(index);
        leaf.is_dirty = true;
        count_memory(leaf);
        if (leaf.items.count() == 0 && !path_.empty())
            join_empty(id, path_.back());
    }
    trim();
    return found;
}

// Joins a leaf without items with the one beside it below the same node: the left one stays, as leaves know
// only the next. The last leaf below a node stays empty.
void ordered_store::join_empty(node_id emptied, step above) {
    auto& inner = get(above.inner);
    if (inner.items.count() == 1)
        return;
    auto const right_child = std::max<std::size_t>(above.child, 1);
    auto const right_id = child_of(inner, right_child);
    auto& left = get(child_of(inner, right_child - 1));
    auto& right = get(right_id);
    if (right_id != emptied)
        left.items = std::move(right.items);
    left.next = right.next;
    inner.items.erase(right_child);
    for (auto* changed : {&left, &inner}) {
        changed->is_dirty = true;
        count_memory(*changed);
    }
    remove(right_id);
}

void ordered_store::remove(node_id id) {
    auto const elsewhere = nodes_.at(id).elsewhere;
    if (elsewhere.pages != 0)
        free_[elsewhere.pages].push_back(elsewhere.page);
    free_[1].push_back(id);
    forget(id);
}

// What the file holds of it stays.
void ordered_store::forget(node_id id) {
    auto const place = nodes_.find(id);
    cache_->count(place->second.memory, 0);
    cache_->remove(place->second.used);
    nodes_.erase(place);
}

bool ordered_store::find(std::string_view key, std::string& value) {
    auto const& items = get(find_leaf(key, nullptr)).items;
    auto const index = items.lower_bound(key);
    bool const found = index != items.count() && items.key(index) == key;
    if (found)
        value = items.value(index);
    trim();
    return found;
}

bool ordered_store::contains(std::string_view key) {
    auto const& items = get(find_leaf(key, nullptr)).items;
    auto const index = items.lower_bound(key);
    bool const found = index != items.count() && items.key(index) == key;
    trim();
    return found;
}

bool ordered_store::at_or_behind(std::string_view from, std::string& key, std::string& value) {
    return first_from(from, false, key, value);
}

bool ordered_store::behind(std::string_view from, std::string& key, std::string& value) {
    return first_from(from, true, key, value);
}

// A few leaves may be empty: the last ones below their node.
bool ordered_store::first_from(std::string_view from, bool behind, std::string& key, std::string& value) {
    auto* leaf = &get(find_leaf(from, nullptr));
    auto index = behind ? leaf->items.upper_bound(from) : leaf->items.lower_bound(from);
    while (index == leaf->items.count() && leaf->next != 0) {
        auto const next = leaf->next;
        trim();
        leaf = &get(next);
        index = 0;
    }
    bool const found = index < leaf->items.count();
    if (found) {
        key = leaf->items.key(index);
        value = leaf->items.value(index);
    }
    trim();
    return found;
}

// Moves the upper part of a node whose item `changed` has come to a new one, and so on upwards along path_.
void ordered_store::split(node_id id, std::size_t changed) {
    while (get(id).items.size() > largest_node && get(id).items.count() > 1) {
        std::string lowest;
        auto const right = move_upper_part(id, changed, lowest);
        if (path_.empty()) {
            root_ = make(false);
            auto& root = get(root_);
            root.items.insert(0, {}, number_octets(id));
            root.items.insert(1, lowest, number_octets(right));
            count_memory(root);
            return;
        }
        auto const above = path_.back();
        path_.pop_back();
        auto& inner = get(above.inner);
        changed = above.child + 1;
        inner.items.insert(changed, lowest, number_octets(right));
        inner.is_dirty = true;
        count_memory(inner);
        id = above.inner;
    }
}

// The half of it; less where keys come in their order, so that nodes fill up.
ordered_store::node_id ordered_store::move_upper_part(node_id id, std::size_t changed, std::string& lowest) {
    auto const right_id = make(get(id).is_leaf);
    auto& left = get(id);
    auto& right = get(right_id);
    auto const count = left.items.count();
    right.items = left.items.split(changed + 1 == count ? changed : count / 2);
    lowest = right.items.key(0);
    if (left.is_leaf) {
        // The shortest text that tells them apart.
        lowest.resize(common_size(left.items.key(left.items.count() - 1), lowest) + 1);
        right.next = std::exchange(left.next, right_id);
    } else {
        auto const first = std::string(right.items.value(0));
        right.items.erase(0);
        right.items.insert(0, {}, first);
    }
    left.is_dirty = true;
    count_memory(left);
    count_memory(right);
    return right_id;
}

// Nodes that were not used for long go to the file.
void ordered_store::trim() {
    while (cache_->is_full()) {
        auto const [store, id] = cache_->least_used();
        store->evict(id);
    }
}

void ordered_store::evict(node_id id) {
    auto& evicted = nodes_.at(id);
    if (evicted.is_dirty)
        save(id, evicted);
    forget(id);
}

ordered_store::extent ordered_store::place_for(std::size_t size) {
    auto const pages = static_cast<std::uint32_t>(std::bit_ceil((size + page_size - 1) / page_size));
    auto& free = free_[pages];
    if (free.empty())
        return {std::exchange(page_count_, page_count_ + pages), pages};
    auto const page = free.back();
    free.pop_back();
    return {page, pages};
}

void ordered_store::write(std::uint32_t page, std::string_view octets) {
    if (!file_)
        file_ = std::make_unique<temporary_file>();
    file_->write_at(page * std::uint64_t{page_size}, octets.data(), octets.size());
}

void ordered_store::read(std::uint32_t page, std::size_t size) {
    octets_.resize(size);
    file_->read_at(page * std::uint64_t{page_size}, octets_.data(), size);
}

void ordered_store::save(node_id id, node& saved) {
    auto const size = saved.items.size();
    bool const is_large = size > largest_node;
    if (saved.elsewhere.pages * page_size < size || !is_large) {
        if (saved.elsewhere.pages != 0)
            free_[saved.elsewhere.pages].push_back(saved.elsewhere.page);
        saved.elsewhere = is_large ? place_for(size) : extent();
    }
    octets_.clear();
    append_count(octets_, saved.is_leaf ? 1 : 0);
    append_count(octets_, saved.next);
    append_count(octets_, size);
    append_count(octets_, saved.elsewhere.page);
    if (is_large) {
        octets_.resize(page_size);
        write(id, octets_);
        octets_.clear();
    }
    saved.items.append_to(octets_);
    if (!is_large)
        octets_.resize(page_size); // read as a whole
    write(is_large ? saved.elsewhere.page : id, octets_);
    saved.is_dirty = false;
}

void ordered_store::load(node_id id, node& loaded) {
    loaded.is_dirty = false;
    read(id, page_size);
    std::string_view rest = octets_;
    loaded.is_leaf = take_count(rest) == 1;
    loaded.next = take_count(rest);
    auto const size = take_count(rest);
    auto const page = take_count(rest);
    if (size > largest_node) {
        loaded.elsewhere = {page,
                            static_cast<std::uint32_t>(std::bit_ceil((size + page_size - 1) / page_size))};
        read(page, size);
        rest = octets_;
    }
    loaded.items.load(rest.substr(0, size));
}

} // namespace dsplan::ldif
