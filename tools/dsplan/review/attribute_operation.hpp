#pragma once
#include <ldif/changes/entry.hpp>
#include <tools/dsplan/review/changed_object.hpp>
#include <tools/dsplan/review/findings.hpp>
#include <tools/dsplan/review/review.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dsplan::review {

/// One attribute as one operation of a record changes it.
struct attribute_operation {
    enum class kind : std::uint8_t { set, add, remove, replace, increment } what;
    std::string_view attribute;
    std::vector<std::string> const& values;
};

/// The object that an operation changes.
struct operation_place {
    changed_object const& object;
    ldif::entry const* before; ///< as the changes before left it; null where there is none or no base
    finding_list const& findings;
    bool is_new_object;

    /// The values that the attribute has before; null where it is not known to have any.
    [[nodiscard]] ldif::attribute const* values_of(std::string_view attribute) const;
};

/// "adds 2 values", "removes all values"; empty for the attributes of a new object.
[[nodiscard]] std::string words_of(attribute_operation const& done);

/// The values that the operation takes away without naming them.
[[nodiscard]] std::vector<value_reading>
lost_values(attribute_operation const& done, operation_place const& at, words::name_context const& names);

/// Marks a value that comes or goes, and the bits of it that change.
void mark_change(value_reading& read, attribute_operation const& done, std::string const& value,
                 operation_place const& at);

} // namespace dsplan::review
