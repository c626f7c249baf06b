#pragma once
#include <ldif/changes/change_reach.hpp>
#include <ldif/changes/directory_tree.hpp>
#include <ldif/parse_error.hpp>
#include <ldif/record.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <variant>

namespace dsplan::ldif {

enum class lost_kind : std::uint8_t {
    deleted_object,  ///< the object itself: what is made is another one
    schema_addition, ///< Active Directory never deletes it
    password_time,   ///< a time in pwdLastSet
    revived_object,  ///< a deleted object that was made one again: it is deleted a second time
    unknown_values,  ///< not lost as far as is known; not counted
};

/// Something that a rollback cannot bring back, or only in part.
struct lost_state {
    lost_kind kind = lost_kind::deleted_object;
    std::uint64_t line = 0; ///< of the change
    std::string dn;
    std::string what; ///< "its objectSid and objectGUID: the new object is another one"

    friend bool operator==(lost_state const&, lost_state const&) = default;
};

/// Why there is no rollback.
struct invert_error {
    std::uint64_t line = 0; ///< of the change; 0 where it is none of one change
    std::string dn;
    std::string expected;
    std::string found;
    std::string hint;

    friend bool operator==(invert_error const&, invert_error const&) = default;
};

struct invert_summary {
    std::size_t changes = 0;
    std::size_t records = 0; ///< of the rollback
    std::size_t lost = 0;
};

/// Gives `emit` the changes that undo `changes`, last first, proven: applied to what `changes` make of the
/// export, they give the export again, but for what `lose` is told. Nothing is emitted before the proof.
/// `base` holds what `change_reach` of the changes concerns, and afterwards that again; `seen` the attributes
/// that occur in the export. `progress` is told how many records of the rollback the proof has tried. Memory
/// is bounded by `base.options().memory` and the largest object.
///
/// `is_complete` says that an attribute that the export holds nowhere is one that no object has.
///
/// Refused: changes that cannot be applied; a replacement or deletion of an attribute that the export holds
/// nowhere, since its old values are not known; passwords, which no export holds. Other errors: what the
/// reader of the changes says.
[[nodiscard]] tl::expected<invert_summary, std::variant<parse_error, invert_error>>
invert(change_file const& changes, directory_tree& base, std::set<std::string, std::less<>> const& seen,
       std::function<void(record const&)> const& emit, std::function<void(lost_state const&)> const& lose,
       std::function<void(std::size_t tried, std::size_t all)> const& progress = {},
       bool is_complete = false);

/// "expected the old values of description, found an export without them"
[[nodiscard]] std::string message(invert_error const& error);

} // namespace dsplan::ldif
