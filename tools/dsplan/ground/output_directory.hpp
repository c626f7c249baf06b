#pragma once
#include <tools/dsplan/ground/artifact.hpp>
#include <tools/dsplan/ground/failure.hpp>

#include <filesystem>
#include <string_view>
#include <vector>

namespace dsplan {

/// A file name or option as the user typed it, UTF-8, as a path.
[[nodiscard]] std::filesystem::path to_path(std::string_view utf8);

/// A path as text for messages: UTF-8 and printable.
[[nodiscard]] std::string shown(std::filesystem::path const& path);

/// Checks before any work is done that `directory` may be written: it does not exist, is empty, or, with
/// `replace`, holds nothing but the files of an earlier plan.
[[nodiscard]] result<void> check_output_directory(std::filesystem::path const& directory, bool replace);

/// Folders beside `directory` that a run left which was stopped, or that another one is writing.
[[nodiscard]] std::vector<std::filesystem::path> leftovers_beside(std::filesystem::path const& directory);

/// Writes all files or none: into a directory beside `directory`, which then takes its place by renaming. On
/// an error what was there before is there still.
[[nodiscard]] result<void> write_output_directory(std::filesystem::path const& directory,
                                                  std::vector<artifact> const& files, bool replace);

} // namespace dsplan
