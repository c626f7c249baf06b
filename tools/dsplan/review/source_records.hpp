#pragma once
#include <ldif/reader.hpp>
#include <ldif/record.hpp>
#include <tools/dsplan/review/review_changes.hpp>

#include <span>
#include <vector>

namespace dsplan::review {

/// The change file as a review reads it.
[[nodiscard]] ldif::result<ldif::reader> open_changes(change_source const& source,
                                                      ldif::reader_options const& options);

/// All records that can be read; what cannot, is for the review to tell.
[[nodiscard]] std::vector<ldif::record> readable_records(std::span<change_source const> sources,
                                                         ldif::reader_options const& options);

} // namespace dsplan::review
