#pragma once
#include <ldif/parse_error.hpp>
#include <ldif/reader.hpp>
#include <ldif/record.hpp>
#include <tools/dsplan/review/findings.hpp>
#include <tools/dsplan/review/review_changes.hpp>
#include <tools/dsplan/review/review_state.hpp>

#include <cstddef>
#include <cstdint>

namespace dsplan::review {

/// Reads files of changes. Without a base a record is judged and forgotten; with one it is kept, to be tried
/// in its order.
class change_reader {
public:
    explicit change_reader(review_state& state) : state_(state) {}

    /// Errors: a file that cannot be opened or is no text.
    [[nodiscard]] result<void> read(change_source const& source);

private:
    void read_records(ldif::reader& input);
    void tell_syntax(ldif::reader const& input);
    void tell_export(std::size_t records_before);
    void tell_unreadable(ldif::parse_error const& error);
    void tell_unknown(unknown_command const& command);
    record_reading& add_reading(std::uint64_t line);
    void take(ldif::record const& written);
    void tell_alone(ldif::record const& change, record_reading& reading, finding_list const& findings);
    void take(commanded_permissions const& commanded);

    review_state& state_;
    std::size_t without_changetype_ = 0; // records of the file that is read
    std::size_t unread_ = 0;             // records that have a number and no reading
};

} // namespace dsplan::review
