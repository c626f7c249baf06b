#pragma once
#include <ldif/record.hpp>
#include <ldif/record_view.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dsplan::ldif {

/// An attribute with all its values, in the order of the file.
struct attribute {
    std::string description; ///< as it was spelled, without a range option
    std::vector<std::string> values;
    bool is_open = false; ///< the server gave a range of the values, and nothing gave the last ones

    friend bool operator==(attribute const&, attribute const&) = default;
};

/// The description under which the values are written: "member;range=0-1499" where more are to be expected.
[[nodiscard]] std::string written_description(attribute const& of);

/// An object of the directory.
struct entry {
    std::string dn;
    std::vector<attribute> attributes;
    std::uint64_t origin = 0; ///< line of its record in the export; 0 for a new one; not compared
    bool is_changed = false;  ///< an operation changed it since it was read; not compared

    /// The attribute of that description in any case; null where there is none.
    [[nodiscard]] attribute const* find(std::string_view description) const;
    [[nodiscard]] attribute* find(std::string_view description);

    friend bool operator==(entry const& left, entry const& right) {
        return left.dn == right.dn && left.attributes == right.attributes;
    }
};

/// The entry that an entry record, or an addition, describes. Values of one attribute come together, also
/// those of "member;range=0-1499" and "member".
[[nodiscard]] entry to_entry(record_view const& record);
[[nodiscard]] entry to_entry(record const& record);

/// Adds the values of another record for the same object: what servers that give values in ranges make of
/// large groups. A value that is there already is not added again.
void merge(entry& target, entry const& more);

/// The entry as a record without changetype.
[[nodiscard]] record to_record(entry const& entry);

} // namespace dsplan::ldif
