#pragma once
#include <ldif/record.hpp>
#include <tools/dsplan/review/changed_object.hpp>
#include <tools/dsplan/review/domain_authority.hpp>
#include <tools/dsplan/review/member_findings.hpp>
#include <tools/dsplan/review/value_change.hpp>
#include <tools/dsplan/review/value_reading.hpp>

#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>

namespace dsplan::review {

/// What the values of one attribute mean for security. Keeps the keys that it saw, to find one that comes
/// twice.
class attribute_judge {
public:
    /// Knows the keys and devices of the base of `names`.
    explicit attribute_judge(words::name_context const& names);

    /// Asks who is privileged there, too.
    void use(domain_authority& authority) {
        authority_ = &authority;
        members_.use(authority);
    }

    /// A change before gave an object this name.
    void remember(std::string_view dn) { members_.remember(dn); }

    void judge(value_change change, finding_list const& findings);

    /// "a domain controller, by its place"; empty for ordinary accounts.
    [[nodiscard]] std::string why_privileged(changed_object const& object) const;

private:
    void know(directory::entry const& object);
    void keys(value_change const& written, finding_list const& findings);
    void key(value_change const& written, std::string const& value, finding_list const& findings);
    void key_origin(value_change const& written, directory::key_credential const& key, evidence const& seen,
                    finding_list const& findings) const;
    void device(sddl::guid const& id, evidence const& seen, finding_list const& findings) const;

    words::name_context const& names_;
    member_judge members_;
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
