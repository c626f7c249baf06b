#pragma once
#include <ldif/changes/attribute_index.hpp>
#include <tools/dsplan/review/changed_object.hpp>
#include <tools/dsplan/review/findings.hpp>
#include <tools/dsplan/review/review.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
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
    std::optional<ldif::attribute_index>
        before; ///< as the changes before left it; empty where there is none or no base
    finding_list const& findings;
    bool is_new_object;

    /// The values that the attribute has before; null where it is not known to have any.
    [[nodiscard]] ldif::attribute const* values_of(std::string_view attribute) const;
};

/// Values of an attribute, each found at once: a group may have very many.
class value_set {
public:
    value_set() = default;
    explicit value_set(std::string_view attribute, std::vector<std::string> const& values);
    [[nodiscard]] bool has(std::string_view attribute, std::string_view value) const;

private:
    std::unordered_set<std::string> keys_;
};

/// The values that are there before a replacement; empty for other operations.
[[nodiscard]] value_set replaced_values(attribute_operation const& done, operation_place const& at);

/// "adds 2 values", "removes all values"; empty for the attributes of a new object.
[[nodiscard]] std::string words_of(attribute_operation const& done);

/// The values that the operation takes away without naming them.
[[nodiscard]] std::vector<value_reading>
lost_values(attribute_operation const& done, operation_place const& at, words::name_context const& names);

/// Marks a value that comes or goes, and the bits of it that change; `replaced` as replaced_values() gives
/// them.
void mark_change(value_reading& read, attribute_operation const& done, std::string const& value,
                 value_set const& replaced, operation_place const& at);

} // namespace dsplan::review
