#pragma once
#include <ldif/storage/temporary_file.hpp>

#include <cstddef>
#include <cstdint>
#include <list>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace dsplan::ldif {

/// Keys with values in the order of the keys, more than memory holds: a B+ tree whose nodes lie in a
/// temporary file once they are more than `memory` octets. Finding, setting and going on take time
/// logarithmic in the number of keys.
class ordered_store {
public:
    explicit ordered_store(std::size_t memory = std::size_t{8} << 20);

    /// Adds a key or sets its value anew.
    void put(std::string_view key, std::string_view value);

    /// False where there is no such key.
    bool erase(std::string_view key);

    /// False where there is no such key; `value` stays as it was.
    [[nodiscard]] bool find(std::string_view key, std::string& value);
    [[nodiscard]] bool contains(std::string_view key);

    /// The first item at or behind `from`; false where there is none. `key` may be what `from` points to.
    [[nodiscard]] bool at_or_behind(std::string_view from, std::string& key, std::string& value);

    /// The first item behind `from`.
    [[nodiscard]] bool behind(std::string_view from, std::string& key, std::string& value);

    /// The temporary file could not be made, written or read.
    [[nodiscard]] bool failed() const { return failed_; }

private:
    using node_id = std::uint32_t;
    struct node {
        bool is_leaf = true;
        bool is_dirty = true;
        node_id next = 0;                ///< of a leaf: the leaf behind it; 0 for none
        std::size_t size = 0;            ///< about what it takes in memory
        std::vector<std::string> keys;   ///< of an inner node: the lowest key of each child; the first counts
                                         ///< as lower than all
        std::vector<std::string> values; ///< of a leaf
        std::vector<node_id> children;   ///< of an inner node
        std::list<node_id>::iterator used;
    };
    struct slot {
        std::uint64_t offset = 0;
        std::uint64_t capacity = 0; ///< a power of 2; 0 while the node was never written
        std::uint64_t size = 0;
    };
    struct step {
        node_id inner = 0;
        std::size_t child = 0;
    };

    [[nodiscard]] node& get(node_id id);
    [[nodiscard]] node_id make(bool is_leaf);
    [[nodiscard]] node_id find_leaf(std::string_view key, std::vector<step>* path);
    [[nodiscard]] bool first_from(std::string_view from, bool behind, std::string& key, std::string& value);
    void split(node_id id);
    [[nodiscard]] node_id move_upper_half(node_id id, std::string& lowest);
    void trim();
    void save(node_id id, node& saved);
    void load(node_id id, node& loaded);
    [[nodiscard]] std::uint64_t place_for(std::uint64_t capacity);

    std::size_t memory_;
    std::size_t used_ = 0; // by the nodes in memory
    node_id root_ = 0;
    std::vector<slot> slots_; // by node
    std::unordered_map<node_id, node> nodes_;
    std::list<node_id> recent_; // of those in memory, the last used first
    std::vector<step> path_;
    std::unique_ptr<temporary_file> file_;
    std::uint64_t file_size_ = 0;
    std::map<std::uint64_t, std::vector<std::uint64_t>> free_; // offsets by capacity
    std::string octets_;
    bool failed_ = false;
};

} // namespace dsplan::ldif
