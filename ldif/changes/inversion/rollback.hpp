#pragma once
#include <ldif/changes/former_names.hpp>
#include <ldif/changes/invert.hpp>
#include <ldif/changes/storage/external_sorter.hpp>
#include <ldif/changes/storage/ordered_store.hpp>
#include <ldif/record.hpp>

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

namespace dsplan::ldif {

/// The records that undo changes, and what they do not bring back.
class rollback {
public:
    /// `lose` must outlive it; `memory` is in octets.
    rollback(std::size_t memory, std::function<void(lost_state const&)> const& lose)
        : lose_(lose)
        , records_(memory) {}

    /// What is kept from here on undoes the next change.
    void begin_change() { ++summary_.changes; }

    /// Records of later changes come first, those of one change in their order.
    void keep(record const& undoing);
    void keep_deletion(std::string const& dn);

    void lose(lost_state const& lost);

    /// The object of that name comes back but in part, or was a deleted one that the changes revived.
    void note_restored(std::string_view dn);
    void note_revived(std::string_view dn);
    void note_renamed(std::string_view dn, std::string_view new_dn);

    [[nodiscard]] bool is_restored(std::string_view key) { return restored_.contains(key); }
    [[nodiscard]] bool is_revived(std::string_view key) { return revived_.contains(key); }

    /// Ends where `use` gives an error, which it gives back.
    [[nodiscard]] tl::expected<void, invert_error>
    for_each(std::function<tl::expected<void, invert_error>(record const&)> const& use);

    [[nodiscard]] invert_summary const& summary() const { return summary_; }

private:
    [[nodiscard]] std::string key_in_export(std::string_view dn) const;

    std::function<void(lost_state const&)> const& lose_;
    former_names names_;
    ordered_store restored_{std::size_t{1} << 20}; // tree keys, under the names before all changes
    ordered_store revived_{std::size_t{1} << 20};
    external_sorter records_; // by change, the last first
    invert_summary summary_;
};

} // namespace dsplan::ldif
