#pragma once
#include <ldif/changes/storage/temporary_file.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace dsplan::ldif {

/// Sorts more items than memory holds: runs of them go to temporary files. Items with equal keys keep the
/// order in which they came.
class external_sorter {
public:
    /// `memory` is about what it holds before it writes a run. All but size() throw storage_failure.
    explicit external_sorter(std::size_t memory = std::size_t{32} << 20)
        : memory_(std::min<std::size_t>(memory, storage_on_trial().memory_at_most)) {}

    /// Not after rewind().
    void add(std::string_view key, std::string_view value);

    /// Goes before the first item; as often as wanted.
    void rewind();

    /// The next item in the order of its key, valid until the next call; false at the end.
    [[nodiscard]] bool next(std::string_view& key, std::string_view& value);

    [[nodiscard]] std::size_t size() const { return count_; }

private:
    struct item {
        std::uint64_t begin = 0; ///< of the key in text_; the value lies behind it
        std::uint32_t key_size = 0;
        std::uint32_t value_size = 0;
    };
    struct run {
        std::unique_ptr<temporary_file> source;
        std::string key;
        std::string value;
        bool has_item = false;
    };
    [[nodiscard]] std::string_view key_of(item const& it) const {
        return {text_.data() + it.begin, it.key_size};
    }
    void make_room(std::size_t size);
    void sort_items();
    void spill();
    void finish();
    void collapse();
    static void write_item(temporary_file& target, std::string_view key, std::string_view value);
    static void read_item(run& source);
    void start_merge();
    [[nodiscard]] bool is_later(std::size_t left, std::size_t right) const;
    [[nodiscard]] bool next_merged(std::string& key, std::string& value);

    std::size_t memory_;
    std::size_t count_ = 0;
    std::string text_;
    std::vector<item> items_;
    std::vector<run> runs_;
    std::vector<std::size_t> heap_; // runs that have an item
    std::size_t position_ = 0;      // in items_, where nothing was written
    std::string key_;
    std::string value_;
    bool finished_ = false;
};

} // namespace dsplan::ldif
