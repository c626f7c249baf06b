#pragma once
#include <ldif/changes/storage/sorted_page.hpp>
#include <ldif/changes/storage/temporary_file.hpp>

#include <cstddef>
#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace dsplan::ldif {

/// Keys with values in the order of the keys, more than memory holds: a B+ tree whose nodes lie in a
/// temporary file once they are more than the memory allowed. Finding, setting and going on take time
/// logarithmic in the number of keys. All functions throw storage_failure.
class ordered_store {
public:
    /// The nodes in memory, of one store or of several that share it.
    class cache;

    explicit ordered_store(std::size_t memory = std::size_t{8} << 20);
    explicit ordered_store(std::shared_ptr<cache> shared);
    ordered_store(ordered_store const&) = delete;
    ordered_store& operator=(ordered_store const&) = delete;
    ~ordered_store();

    [[nodiscard]] static std::shared_ptr<cache> make_cache(std::size_t memory);

    /// Adds a key or replaces its value.
    void put(std::string_view key, std::string_view value);

    /// False where there is no such key.
    bool erase(std::string_view key);

    /// False where there is no such key; `value` stays as it was.
    [[nodiscard]] bool find(std::string_view key, std::string& value);
    [[nodiscard]] bool contains(std::string_view key);

    /// The first item at or after `from`; false where there is none. `key` may be what `from` points to.
    [[nodiscard]] bool at_or_behind(std::string_view from, std::string& key, std::string& value);

    /// The first item after `from`.
    [[nodiscard]] bool behind(std::string_view from, std::string& key, std::string& value);

private:
    using node_id = std::uint32_t; ///< of its page in the file, too
    struct extent {
        std::uint32_t page = 0;
        std::uint32_t pages = 0; ///< a power of 2; 0 where there is none
    };
    struct node {
        bool is_leaf = true;
        bool is_dirty = true;
        node_id next = 0;       ///< of a leaf: the leaf after it; 0 for none
        std::size_t memory = 0; ///< as counted in the cache
        sorted_page items;      ///< of an inner node: the lowest key of each child, the first of them empty,
                                ///< and its number
        extent elsewhere;       ///< of one that is larger than a page
        std::list<std::pair<ordered_store*, node_id>>::iterator used;
    };
    struct step {
        node_id inner = 0;
        std::size_t child = 0;
    };

    [[nodiscard]] node& get(node_id id);
    [[nodiscard]] node_id make(bool is_leaf);
    [[nodiscard]] static node_id child_of(node const& inner, std::size_t index);
    [[nodiscard]] node_id find_leaf(std::string_view key, std::vector<step>* path);
    [[nodiscard]] bool first_from(std::string_view from, bool behind, std::string& key, std::string& value);
    void split(node_id id, std::size_t changed);
    void join_empty(node_id emptied, step above);
    void remove(node_id id);
    void forget(node_id id);
    [[nodiscard]] node_id move_upper_part(node_id id, std::size_t changed, std::string& lowest);
    void count_memory(node& counted);
    void trim();
    void evict(node_id id);
    void save(node_id id, node& saved);
    void load(node_id id, node& loaded);
    void write(std::uint32_t page, std::string_view octets);
    void read(std::uint32_t page, std::size_t size);
    [[nodiscard]] extent place_for(std::size_t size);

    std::shared_ptr<cache> cache_;
    node_id root_ = 0;
    std::uint32_t page_count_ = 0;
    std::unordered_map<node_id, node> nodes_;
    std::vector<step> path_;
    std::unique_ptr<temporary_file> file_;
    std::map<std::uint32_t, std::vector<std::uint32_t>> free_; // extents by their number of pages
    std::string octets_;
};

} // namespace dsplan::ldif
