#pragma once
#include <ldif/apply.hpp>
#include <ldif/change_reach.hpp>
#include <ldif/parse_error.hpp>
#include <ldif/reader.hpp>
#include <ldif/record.hpp>

#include <cstdint>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace dsplan::ldif {

/// Something that a rollback cannot bring back, or only in part.
struct lost_state {
    std::uint64_t line = 0; ///< of the change
    std::string dn;
    std::string what; ///< "its objectSid and objectGUID: the new object is another one"

    friend bool operator==(lost_state const&, lost_state const&) = default;
};

struct inversion {
    std::vector<record> rollback; ///< in the order to apply it
    std::vector<lost_state> lost;
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

/// The changes that undo `changes`, last first, proven: applied to what `changes` make of the export, they
/// give the export again, but for what `lost` lists. `base` holds what `change_reach` of the changes
/// concerns, `seen` the attributes that occur in the export.
///
/// Refused: changes that cannot be applied; a replacement or deletion of an attribute that the export holds
/// nowhere, since its old values are not known; passwords, which no export holds.
[[nodiscard]] tl::expected<inversion, invert_error>
invert(std::span<record const> changes, directory_tree base, std::set<std::string, std::less<>> const& seen);

/// "expected the old values of description, found an export without them"
[[nodiscard]] std::string message(invert_error const& error);

} // namespace dsplan::ldif
