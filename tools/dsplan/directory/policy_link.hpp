#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dsplan::directory {

/// A link of a gPLink value. [MS-GPOL] 2.2.2
struct policy_link {
    std::string_view dn;
    unsigned options = 0; ///< 1 disabled, 2 enforced

    [[nodiscard]] bool is_disabled() const { return (options & 1U) != 0; }
    [[nodiscard]] bool is_enforced() const { return (options & 2U) != 0; }
};

/// Those of "[LDAP://CN={31B2…},CN=Policies,…;0][LDAP://…;2]", disabled ones among them.
[[nodiscard]] std::vector<policy_link> policy_links_in(std::string_view value);
[[nodiscard]] std::vector<policy_link> policy_links_in(std::span<std::string const> values);

} // namespace dsplan::directory
