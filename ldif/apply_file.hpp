#pragma once
#include <ldif/apply.hpp>
#include <ldif/parse_error.hpp>
#include <ldif/reader.hpp>
#include <ldif/record.hpp>
#include <ldif/writer.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

namespace dsplan::ldif {

struct apply_file_options {
    apply_options rules = {};
    writer_options writer = {.profile = writer_profile::rfc2849, .fold_column = 76};

    /// Says whether a change that Active Directory would refuse is gone over; without it the first one ends
    /// all.
    std::function<bool(apply_error const&)> tolerates = {};
    std::function<void(std::uint64_t)> progress = {}; ///< octets of the export read so far, in two passes
};

struct apply_summary {
    std::size_t applied = 0;
    std::size_t changed = 0; ///< entries of the export that were written anew
    std::size_t added = 0;
    std::size_t removed = 0;
    std::vector<apply_error> refused; ///< those that were tolerated
};

/// Applies changes to an export and gives the text of the export afterwards to `write` piece by piece.
/// Entries that nothing changed keep their text, comments, folding and line ends; new ones stand at the end.
/// Memory is bounded by what the changes concern, not by the export.
///
/// `open` opens the export; it is called twice. Errors: what the readers say, and a refused change.
[[nodiscard]] tl::expected<apply_summary, std::variant<parse_error, apply_error>>
apply_to_file(std::function<result<reader>()> const& open, std::span<record const> changes,
              std::function<void(std::string_view)> const& write, apply_file_options const& options = {});

} // namespace dsplan::ldif
