#pragma once
#include <ldif/parse_error.hpp>
#include <ldif/reader.hpp>
#include <ldif/record_view.hpp>

#include <cstddef>
#include <filesystem>
#include <functional>

namespace dsplan::ldif {

/// Reads a file on several threads and gives its records to `use`, on the calling thread and in the order of
/// the file; each is valid during its call. The file is cut at empty lines into pieces of some megabytes;
/// memory holds a few of them.
///
/// The first error ends it; records before it were given. Lines and columns are those of the file. What
/// policies find is told in any order, and the totals of a search are not compared. A UTF-16 file, a pipe,
/// and `threads` below 2, are read by one reader.
[[nodiscard]] result<void> for_each_record(std::filesystem::path const& file, reader_options const& options,
                                           unsigned threads,
                                           std::function<void(record_view const&)> const& use);

} // namespace dsplan::ldif
