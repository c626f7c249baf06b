#pragma once
#include <ldif/reader.hpp>
#include <ldif/record.hpp>
#include <ldif/text_encoding.hpp>
#include <tools/dsplan/review/review_changes.hpp>

#include <span>
#include <vector>

namespace dsplan::review {

/// The change file as a review reads it: with ldifde's rules, a missing changetype no more than a warning.
[[nodiscard]] ldif::result<ldif::reader> open_changes(change_source const& source,
                                                      ldif::text_encoding encoding);

/// All records that can be read; what cannot, is for the review to tell.
[[nodiscard]] std::vector<ldif::record> readable_records(std::span<change_source const> sources,
                                                         ldif::text_encoding encoding);

} // namespace dsplan::review
