#pragma once
#include <sddl/domain_sids.hpp>
#include <tools/dsplan/directory/snapshot.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace dsplan::directory {

/// A domain whose root the export holds.
struct domain {
    entry const* root = nullptr;
    sddl::sid sid;
    std::string dns_name;                    ///< "contoso.com", from the DC parts of the name
    std::optional<std::string> netbios_name; ///< "CONTOSO", from its crossRef
    bool is_forest_root = false;
};

/// What the export says of the forest around its domains.
struct forest {
    std::vector<domain> domains; ///< by key of their roots
    std::optional<std::size_t>
        domain_count;                    ///< from the crossRef objects; nothing where the export lacks them
    std::optional<std::string> root_key; ///< normalised name of the forest root domain
    std::optional<sddl::sid> root_sid;   ///< its SID, if the export holds its root

    /// The domain of that DN, DNS name, NetBIOS name or SID, or null.
    [[nodiscard]] domain const* find(std::string_view name) const;

    /// The domain that holds the object, or null.
    [[nodiscard]] domain const* domain_of(entry const& object) const;

    /// What two-letter aliases mean in `where`.
    [[nodiscard]] sddl::domain_sids sids_for(domain const& where) const;
};

/// Finds the domain roots (class domainDNS with an objectSid), the forest root and the number of domains.
///
/// Errors: no domain root; a domain root without objectSid; several roots that nothing in the export ties
/// together and none of which `only` names; `only` not among them.
[[nodiscard]] result<forest> read_forest(snapshot const& exported, std::optional<std::string_view> only = {});

/// "contoso.com" of "DC=contoso,DC=com"; empty if the name has other parts.
[[nodiscard]] std::string dns_name_of(std::string_view dn);

} // namespace dsplan::directory
