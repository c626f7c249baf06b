#pragma once
#include <ldif/changes/attribute_schema.hpp>
#include <ldif/changes/entry.hpp>
#include <ldif/changes/storage/key_filter.hpp>
#include <ldif/changes/storage/ordered_store.hpp>
#include <ldif/record.hpp>

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dsplan::ldif {

/// Renames and moves between two exports, the ones that take others along told from those that are taken, and
/// an order in which they can be done. All keys are those of tree_key; they lie on disk where they are many.
class rename_plan {
public:
    struct rename {
        std::string old_key;
        std::string new_key;
        std::string old_dn;
        std::string new_dn;
    };
    using emitter = std::function<void(record const&)>;

    explicit rename_plan(std::size_t memory) : rename_plan(ordered_store::make_cache(memory)) {}

    /// Containers before their contents, by old_key, and after all deletions. One that an earlier one implies
    /// is dropped; one of equal keys is a move out of a container that goes into one that takes its name.
    void add(rename const& moved);

    void add_deleted(std::string_view key);
    void add_new(std::string_view key);
    [[nodiscard]] bool is_empty() const { return count_ == 0 && deleted_keys_.is_empty(); }
    [[nodiscard]] std::size_t count() const { return count_; }

    /// Finds the new entries that must exist before renames can be done.
    void find_needed_containers();
    [[nodiscard]] bool needs_container(std::string_view key);
    void add_container(std::string_view key, record const& addition);

    /// Emits new containers and renames as far as they can be done before anything is deleted; what stands in
    /// its own way gets a name for the time being.
    void emit_first(emitter const& emit);

    /// Emits what had to wait for the deletions. False where something cannot be done in any order.
    [[nodiscard]] bool emit_rest(emitter const& emit);

    /// The name that the object of `old_key` has after what was emitted so far.
    [[nodiscard]] std::string current_name(std::string_view old_key, std::string_view old_dn);

    /// Changes the values of an entry as the renames and deletions do.
    void follow(entry& target, attribute_schema const& schema);

private:
    struct step {
        rename moved;
        std::string temporary_rdn; ///< the name for the time being; empty while it has its old one
        std::string place_dn;      ///< where it is for the time being
        std::string place_key;     ///< the old key of that container; empty where it is at its final name
        bool is_done = false;
        [[nodiscard]] bool has_left() const { return is_done || !temporary_rdn.empty(); }
        /// Not at its old name: a change of case, say, leads back to it.
        [[nodiscard]] bool is_elsewhere() const {
            return is_done ? moved.new_key != moved.old_key : !temporary_rdn.empty();
        }
    };
    explicit rename_plan(std::shared_ptr<ordered_store::cache> const& cache);
    [[nodiscard]] std::optional<step> find(std::string_view old_key);
    void put(step const& changed);
    [[nodiscard]] bool is_deleted(std::string_view key);
    [[nodiscard]] std::optional<step> nearest(std::string_view key, bool itself, bool only_left);
    void for_each_step(std::function<void(step)> const& use);

    [[nodiscard]] std::string container_in_the_way(std::string_view new_key);
    [[nodiscard]] bool is_taken_along(rename const& moved);
    [[nodiscard]] std::string owner_moved_there(std::string_view new_key);
    [[nodiscard]] std::vector<std::string> owners_in_the_way(std::string_view new_key, std::string_view self);
    [[nodiscard]] std::vector<std::string> ways_to_leave(std::string_view owner_key, std::string_view within);
    void check(std::string const& item);
    void check_all();
    void wake(std::string const& done);
    void do_what_can_be_done(emitter const& emit);
    void emit_item(std::string const& item, emitter const& emit);
    void emit_rename(step const& it, std::string const& new_dn, emitter const& emit);
    void step_aside(step it, emitter const& emit);
    void find_place(step& it);
    [[nodiscard]] std::string temporary_dn(step const& it);

    ordered_store renames_;    // old_key: step
    ordered_store targets_;    // new_key: old_key
    ordered_store deleted_;    // keys
    ordered_store new_;        // keys
    ordered_store needed_;     // keys of new_
    ordered_store containers_; // key: record not emitted yet
    ordered_store waiting_;    // item that must be done first, NUL, item that waits
    ordered_store ready_;      // items
    // Most keys that are asked for are in none of the tables.
    key_filter old_keys_;     // of renames_
    key_filter deleted_keys_; // of deleted_
    key_filter new_keys_;     // of targets_ and new_
    std::size_t count_ = 0;
    std::size_t undone_ = 0; // renames and containers
    bool are_deleted_ = false;
    std::size_t temporary_names_ = 0;
};

} // namespace dsplan::ldif
