#pragma once
#include <ldif/attribute_schema.hpp>
#include <ldif/entry.hpp>
#include <ldif/record.hpp>

#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace dsplan::ldif {

/// Renames and moves between two exports, the ones that take others along told from those that are taken, and
/// an order in which they can be done. All keys are those of tree_key.
class rename_plan {
public:
    struct rename {
        std::string old_key;
        std::string new_key;
        std::string old_dn;
        std::string new_dn;
    };
    using emitter = std::function<void(record const&)>;

    /// Containers before their contents, by old_key. One that an earlier one implies is dropped; true where
    /// it was not.
    bool add(rename moved);

    void add_deleted(std::string key) { deleted_.insert(std::move(key)); }
    void add_new(std::string key) { new_.insert(std::move(key)); }
    [[nodiscard]] bool is_empty() const { return renames_.empty() && deleted_.empty(); }
    [[nodiscard]] std::size_t count() const { return renames_.size(); }

    /// Keys of new entries that must exist before renames can be done.
    [[nodiscard]] std::set<std::string> needed_containers() const;
    void add_container(std::string key, record addition) {
        containers_.emplace(std::move(key), std::move(addition));
    }

    /// Emits new containers and renames as far as they can be done before anything is deleted; what stands in
    /// its own way gets a name for the time being.
    void emit_first(emitter const& emit);

    /// Emits what had to wait for the deletions. False where something cannot be done in any order.
    [[nodiscard]] bool emit_rest(emitter const& emit);

    /// The name that the object of `old_key` has after what was emitted so far.
    [[nodiscard]] std::string current_name(std::string_view old_key, std::string_view old_dn) const;

    /// Changes the values of an entry as the renames and deletions do.
    void follow(entry& target, attribute_schema const& schema) const;

private:
    struct step {
        rename moved;
        std::string temporary_rdn; ///< the name for the time being; empty while it has its old one
        std::string place_dn;      ///< where it is for the time being
        std::string place_key;     ///< the old key of that container; empty where it is at its final name
        bool is_done = false;
        [[nodiscard]] bool has_left() const { return is_done || !temporary_rdn.empty(); }
    };
    [[nodiscard]] step const* nearest(std::string_view key, bool itself, bool only_done) const;
    [[nodiscard]] bool can_be_done(step const& it) const;
    [[nodiscard]] bool container_exists(std::string_view new_key) const;
    [[nodiscard]] bool is_free(std::string_view new_key) const;
    void do_what_can_be_done(emitter const& emit);
    void emit_rename(step const& it, std::string const& new_dn, emitter const& emit) const;
    void step_aside(step& it, emitter const& emit);
    void find_place(step& it) const;
    [[nodiscard]] std::string temporary_dn(step const& it) const;

    std::map<std::string, step, std::less<>> renames_;        // by old_key
    std::map<std::string, std::string, std::less<>> targets_; // new_key to old_key
    std::set<std::string, std::less<>> deleted_;
    std::set<std::string, std::less<>> new_;
    std::map<std::string, record, std::less<>> containers_; // not emitted yet
    bool are_deleted_ = false;
    std::size_t temporary_names_ = 0;
};

} // namespace dsplan::ldif
