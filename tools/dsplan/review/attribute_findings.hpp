#pragma once
#include <ldif/record.hpp>
#include <tools/dsplan/review/changed_object.hpp>
#include <tools/dsplan/review/findings.hpp>
#include <tools/dsplan/review/value_reading.hpp>

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace dsplan::review {

/// Values that a record writes to one attribute.
struct written_values {
    changed_object const& object;
    std::string_view attribute; ///< without options
    std::span<std::string const> values;
    bool adds = false; ///< to those that are there; false where it sets or replaces them
    std::optional<std::string_view> before = {}; ///< the first value of the base
};

/// What the values of one attribute mean for security. Keeps the keys that it saw, to find one that comes
/// twice.
class attribute_judge {
public:
    explicit attribute_judge(name_context const& names) : names_(names) {}

    /// Notes the keys of an account of the base.
    void know_keys(std::string_view dn, std::span<std::string const> values);

    void judge(written_values const& written, finding_list const& findings);

private:
    void keys(written_values const& written, finding_list const& findings);
    void key(written_values const& written, std::string const& value, finding_list const& findings);

    name_context const& names_;
    struct key_owner {
        std::string dn;
        bool is_of_base;
    };
    std::map<std::string, key_owner, std::less<>> key_owners_; ///< by the SHA-256 of the material
};

/// True for a user that is no computer or managed service account; nothing where the class is not known.
[[nodiscard]] std::optional<bool> is_user(changed_object const& object);

} // namespace dsplan::review
