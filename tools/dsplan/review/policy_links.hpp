#pragma once
#include <ldif/record.hpp>
#include <tools/dsplan/review/changed_object.hpp>
#include <tools/dsplan/review/findings.hpp>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dsplan::review {

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

/// What a move changes of the group policies that reach the object, as the base links them.
void find_in_moved_policies(ldif::record const& change, changed_object const& object,
                            words::name_context const& names, finding_list const& findings);

} // namespace dsplan::review
