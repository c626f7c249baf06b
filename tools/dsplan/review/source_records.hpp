#pragma once
#include <ldif/reader.hpp>
#include <ldif/record.hpp>
#include <tools/dsplan/review/review_changes.hpp>

#include <optional>
#include <span>
#include <vector>

namespace dsplan::review {

/// The change file as a review reads it.
[[nodiscard]] ldif::result<ldif::reader> open_changes(change_source const& source,
                                                      ldif::reader_options const& options);

/// What a command leaves of the list in the base; nothing where that is not known.
[[nodiscard]] std::optional<ldif::record> record_of(commanded_permissions const& commanded);

/// All records that can be read; what cannot, is for the review to tell.
[[nodiscard]] std::vector<ldif::record> readable_records(std::span<change_source const> sources,
                                                         ldif::reader_options const& options);

} // namespace dsplan::review
