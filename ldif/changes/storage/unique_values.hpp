#pragma once
#include <ldif/changes/entry.hpp>
#include <ldif/changes/storage/ordered_store.hpp>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace dsplan::ldif {

/// Which objects have a value that tells them from all others: objectGUID, objectSid, account names, service
/// and user principal names, the identifiers and names of the schema.
class unique_values {
public:
    using object_id = std::uint64_t;

    explicit unique_values(std::shared_ptr<ordered_store::cache> cache) : rows_(std::move(cache)) {}

    /// True where objects are known by that attribute.
    [[nodiscard]] static bool knows(std::string_view description);

    /// The key of a value, that of one attribute different from those of others: GUIDs and SIDs as octets or
    /// as text, text with its case folded. Empty where objects are not known by the attribute.
    [[nodiscard]] static std::string key_of(std::string_view description, std::string_view value);

    void add(object_id id, attribute const& held);
    void remove(object_id id, attribute const& held);
    void add(object_id id, entry const& contents);
    void remove(object_id id, entry const& contents);

    /// The first object that has the value.
    [[nodiscard]] std::optional<object_id> holder(std::string_view description, std::string_view value);

    /// The first object but `self` that has it and that `counts`.
    [[nodiscard]] std::optional<object_id> other_holder(std::string_view description, std::string_view value,
                                                        object_id self,
                                                        std::function<bool(object_id)> const& counts);

private:
    ordered_store rows_; // key, NUL, id
};

} // namespace dsplan::ldif
