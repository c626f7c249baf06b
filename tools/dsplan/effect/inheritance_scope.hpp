#pragma once
#include <ldif/changes/change_reach.hpp>
#include <ldif/changes/former_names.hpp>
#include <ldif/record.hpp>

#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace dsplan::effect {

/// What of changes and of an export decides inherited ACEs, so that the rest of a large directory need not be
/// in memory: names, classes, descriptors and identities of the objects that changes concern, of their
/// containers, and of all that lies below a changed descriptor. Functions throw ldif::storage_failure.
class inheritance_scope {
public:
    /// The next change, in their order.
    void add(ldif::record const& change);

    /// True if one of the changes makes a domain controller compute inherited ACEs: it writes a descriptor,
    /// adds an object or moves one.
    [[nodiscard]] bool is_concerned() const { return is_concerned_; }

    /// The changes without the values that decide nothing.
    [[nodiscard]] std::span<ldif::record const> changes() const { return changes_; }

    /// What counts of a record of the export, until the next call; null where nothing does.
    [[nodiscard]] ldif::record const* counted(ldif::record const& of_export);

    /// True if the record has a descriptor, or changes one: where none does, nothing is inherited.
    [[nodiscard]] static bool has_descriptor(ldif::record const& of_any_kind);

private:
    void note_written(ldif::record const& change);
    void note_name(ldif::record const& change);
    [[nodiscard]] std::string original(std::string_view dn) const;
    [[nodiscard]] bool is_below_written(std::string_view key) const;

    std::vector<ldif::record> changes_;
    ldif::change_reach reach_;
    ldif::former_names names_;                // by key: the key before all changes
    std::unordered_set<std::string> written_; // keys before all changes
    bool is_concerned_ = false;
    ldif::record counted_;
};

} // namespace dsplan::effect
