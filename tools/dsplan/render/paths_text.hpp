#pragma once
#include <tools/dsplan/paths/control_paths.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace dsplan::render {

struct paths_style {
    std::string target{"tier 0"}; ///< what the ways lead to
    std::string from{};           ///< whose ways; empty: everybody's
    std::size_t at_most = 5;
    bool is_change = false;
};

/// Ways as numbered steps: who, may do what, to whom, by which ACE; what is not known; a line that sums up.
[[nodiscard]] std::string paths_text(paths::path_report const& report, paths_style const& style);

/// What a change does to ways in a few sentences, and what is not known; empty where it does nothing to
/// them. Not yet printable.
[[nodiscard]] std::vector<std::string> paths_summary(paths::path_report const& report);

/// Over which steps most ways go, and the fewest that close all; not yet printable.
[[nodiscard]] std::vector<std::string> cut_lines(paths::path_report const& report);

/// "cut: step 1 alone (0 of 12 keep a way)."; empty where cuts were not asked for.
[[nodiscard]] std::string cuts_sentence(paths::control_path const& path);

/// What is above all ways: how many there are, or that none is known. Not yet printable.
[[nodiscard]] std::vector<std::string> paths_head(paths::path_report const& report, paths_style const& style);

/// What the export lacks, a sentence each. Not yet printable.
[[nodiscard]] std::vector<std::string> not_known_lines(paths::path_report const& report);

/// The steps of one way, a line each; those of one that a change closes are marked as gone.
[[nodiscard]] std::string steps_text(paths::control_path const& path, std::string_view indent,
                                     bool is_closed = false);

} // namespace dsplan::render
