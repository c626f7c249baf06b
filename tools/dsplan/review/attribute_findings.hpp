#pragma once
#include <ldif/record.hpp>
#include <tools/dsplan/review/changed_object.hpp>
#include <tools/dsplan/review/domain_authority.hpp>
#include <tools/dsplan/review/findings.hpp>
#include <tools/dsplan/review/value_reading.hpp>

#include <map>
#include <optional>
#include <set>
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
    /// Knows the keys and devices of the base of `names`.
    explicit attribute_judge(words::name_context const& names);

    /// Asks who is privileged there, too.
    void use(domain_authority& authority) { authority_ = &authority; }

    void judge(written_values const& written, finding_list const& findings);

private:
    void know(directory::entry const& object);
    void member(written_values const& written, finding_list const& findings);
    void keys(written_values const& written, finding_list const& findings);
    void key(written_values const& written, std::string const& value, finding_list const& findings);
    void key_origin(written_values const& written, directory::key_credential const& key, evidence const& seen,
                    finding_list const& findings) const;
    void device(sddl::guid const& id, evidence const& seen, finding_list const& findings) const;
    [[nodiscard]] std::string why_privileged(changed_object const& object) const;

    words::name_context const& names_;
    domain_authority* authority_ = nullptr;
    struct key_owner {
        std::string dn;
        bool is_of_base;
    };
    std::map<std::string, key_owner, std::less<>> key_owners_; ///< by the SHA-256 of the material
    std::set<sddl::guid> devices_;
    std::string device_container_; ///< its name, where the base has one
};

/// True for a user that is no computer or managed service account; nothing where the class is not known.
[[nodiscard]] std::optional<bool> is_user(changed_object const& object);

} // namespace dsplan::review
