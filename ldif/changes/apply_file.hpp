#pragma once
#include <ldif/changes/change_reach.hpp>
#include <ldif/changes/directory_tree.hpp>
#include <ldif/parse_error.hpp>
#include <ldif/reader.hpp>
#include <ldif/record.hpp>
#include <ldif/writer.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>
#include <variant>

namespace dsplan::ldif {

struct apply_file_options {
    apply_options rules = {};
    writer_options writer = {.profile = writer_profile::rfc2849, .fold_column = 76};

    /// Told each change that Active Directory would refuse; says whether it is skipped. Without it the
    /// first one ends all.
    std::function<bool(apply_error const&)> tolerates = {};

    /// Told what an applied change leaves unknown, see directory_tree::doubts.
    std::function<void(apply_error const&)> doubts = {};
    std::function<void(std::uint64_t)> progress = {}; ///< octets of the export read so far, in two passes
};

struct apply_summary {
    std::size_t applied = 0;
    std::size_t changed = 0; ///< entries of the export that were rewritten
    std::size_t added = 0;
    std::size_t removed = 0;
    std::size_t refused = 0;            ///< changes that were skipped
    std::size_t unknown_back_links = 0; ///< directory_tree::unknown_back_links
};

/// Applies changes to an export and gives the text of the export afterwards to `write` piece by piece.
/// Entries that nothing changed keep their text, comments, folding and line ends; new ones stand at the end.
/// Memory is bounded by `options.rules.memory` and the largest object; what the changes concern lies in
/// temporary files beyond that.
///
/// `open` opens the export and `changes` the changes; both are called twice. Errors: what the readers say,
/// and a refused change.
[[nodiscard]] tl::expected<apply_summary, std::variant<parse_error, apply_error>>
apply_to_file(std::function<result<reader>()> const& open, change_file const& changes,
              std::function<void(std::string_view)> const& write, apply_file_options const& options = {});

} // namespace dsplan::ldif
