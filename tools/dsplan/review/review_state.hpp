#pragma once
#include <tools/dsplan/review/findings.hpp>
#include <tools/dsplan/review/planned_removals.hpp>
#include <tools/dsplan/review/record_reader.hpp>
#include <tools/dsplan/review/review.hpp>
#include <tools/dsplan/review/review_changes.hpp>
#include <tools/dsplan/words/account_names.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace dsplan::review {

/// Changes that are kept to be tried on a base.
struct kept_changes {
    std::vector<ldif::record> records;
    std::vector<std::size_t> readings; ///< the place of each in review::records
    std::set<std::size_t> commanded;   ///< those that commands make, which are read already
};

/// A review that is being made: what reading the files and trying them on the base share.
class review_state {
public:
    /// `request` must outlive it.
    explicit review_state(review_request const& request);
    review_state(review_state const&) = delete;
    review_state& operator=(review_state const&) = delete;

    /// For the findings of a record of the file that is read, or of one that was.
    [[nodiscard]] finding_list findings_of(std::size_t record, std::uint64_t line);
    [[nodiscard]] finding_list findings_of(record_reading const& reading, std::uint64_t line);

    /// For findings about everything that is imported.
    [[nodiscard]] finding_list findings_of_all();

    /// Adds what the directory refuses to the reading of its record.
    static void tell_failure(ldif::apply_error const& error, record_reading& reading,
                             finding_list const& findings);

    review_request const& request;
    words::name_cache cache;
    words::name_context names;
    record_reader records;
    kept_changes kept; // with a base only
    review made;

private:
    [[nodiscard]] planned_removals const* planned() const { return planned_ ? &*planned_ : nullptr; }

    std::optional<planned_removals> planned_;
    std::string all_files_;
};

} // namespace dsplan::review
