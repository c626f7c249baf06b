#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace dsplan::ldif {

/// Holds the records that were read against what a search says at its end that it wrote: "# numEntries: 4" of
/// ldapsearch, "# returned 5 records" with "# 4 entries" of ldbsearch. Files that were joined have several.
class search_totals {
public:
    void count_record() { ++records_; }

    /// A total that is not the number of records since the last one.
    struct mismatch {
        std::uint64_t lines_before = 0; ///< in the text
        std::string said;               ///< the comment
        std::uint64_t expected = 0;
        std::uint64_t found = 0;
    };

    /// Looks for totals in text without records.
    [[nodiscard]] std::optional<mismatch> check(std::string_view text);

private:
    std::uint64_t records_ = 0;
};

/// `text`, which holds no records, without those totals: for who writes other records than were read.
[[nodiscard]] std::string without_search_totals(std::string_view text);

} // namespace dsplan::ldif
