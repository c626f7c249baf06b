#pragma once
#include <ldif/changes/comparison/export_pair.hpp>
#include <ldif/changes/storage/external_sorter.hpp>
#include <ldif/changes/storage/key_filter.hpp>
#include <ldif/changes/storage/rename_plan.hpp>

#include <cstddef>
#include <functional>
#include <string_view>

namespace dsplan::ldif {

/// An object that has other tree keys in two exports, or whose container is another one.
struct moved_object {
    std::string_view old_key;
    std::string_view old_entry; ///< as stored
    std::string_view new_key;
    std::string_view new_entry;
};

/// What became of the objects of two exports: deleted, added, or the same under another name.
///
/// Its members are many because each fate is a sort of its own, which may lie on disk.
class object_pairs {
public:
    using key_visitor = std::function<void(std::string_view key, std::string_view item)>;
    using move_visitor = std::function<void(moved_object const& moved)>;
    using rename_visitor = std::function<void(rename_plan::rename const& renamed)>;

    /// `memory` is in octets, for each of the sorts.
    explicit object_pairs(std::size_t memory);

    /// Pairs entries by their names where their marks agree, and all others by their marks.
    void find(export_pair& exports);

    /// By key; the item is the entry as stored.
    void for_each_added(key_visitor const& visit);

    /// Contents before their containers; the item is the name.
    void for_each_deleted(key_visitor const& visit);

    void for_each_moved(move_visitor const& visit);

    /// Moved objects and those whose name is written in another way, by their old keys.
    void for_each_renamed(rename_visitor const& visit);

    /// Deleted or added ones that have no mark.
    [[nodiscard]] std::size_t unmarked() const { return unmarked_; }

    /// Names whose object is deleted while another one of that name is made.
    [[nodiscard]] std::size_t count_remade();

private:
    void match(std::string_view key, std::string_view old_entry, std::string_view new_entry);
    void pair_by_mark();
    void find_left_behind(export_pair& exports);
    void add_deleted(std::string_view item);
    void add_added(std::string_view item);

    external_sorter gone_; // by mark
    external_sorter come_;
    external_sorter moved_;     // by old tree key
    external_sorter deleted_;   // contents first
    external_sorter added_;     // by tree key
    external_sorter respelled_; // by tree key
    external_sorter remade_;    // tree keys of what is deleted and of what is added
    key_filter left_;           // old keys of what moves or goes
    std::size_t unmarked_ = 0;
};

} // namespace dsplan::ldif
