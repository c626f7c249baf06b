#pragma once
#include <tools/dsplan/paths/directory_side.hpp>

#include <map>
#include <vector>

namespace dsplan::paths {

/// What certificates of a published template are good for. [MS-CRTD]
struct template_facts {
    std::vector<object_index> services;     ///< that issue it
    bool is_trusted = false;                ///< the authority of one of them stands in NTAuthCertificates
    bool is_free = false;                   ///< nobody approves or signs the request
    bool logs_on = false;                   ///< a certificate is good for logging on
    bool names_anybody = false;             ///< the request says whom it is for
    bool is_for_anything = false;           ///< any purpose, or requests for others
    bool names_weakly = false;              ///< the certificate does not hold the SID of its account
    object_index group = access::no_object; ///< that a certificate puts its holder into

    /// Whether a certificate lets its holder log on as the account it names, no matter who requested it.
    [[nodiscard]] bool is_weak() const { return is_free && logs_on && names_weakly && !names_anybody; }
};

/// The templates that enrollment services of the export issue.
class certificate_facts {
public:
    explicit certificate_facts(directory_side const& side);

    /// Null for a template that no service issues, and for what is none.
    [[nodiscard]] template_facts const* find(object_index of_template) const;

    [[nodiscard]] std::map<object_index, template_facts> const& templates() const { return templates_; }

    /// Whether one of them makes certificates that are good for whom they name.
    [[nodiscard]] bool holds_weak_template() const;

private:
    std::map<object_index, template_facts> templates_;
};

} // namespace dsplan::paths
