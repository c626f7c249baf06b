#pragma once
#include <tools/dsplan/directory/membership.hpp>
#include <tools/dsplan/directory/snapshot.hpp>

#include <optional>
#include <string>
#include <unordered_map>

namespace dsplan::directory {

/// Why the hourly AdminSDHolder task keeps an account's descriptor to itself.
struct protection {
    entry const* through =
        nullptr; ///< the protected group, or null for one of the accounts protected by itself
    bool only_admin_count = false; ///< adminCount is 1 but no protected group is seen: a membership that
                                   ///< ended, or one that the export does not hold
};

/// What the sources do not agree on.
struct protection_rules {
    bool key_admins = false; ///< Key Admins and Enterprise Key Admins too, as some documents have it
};

/// The accounts that the AdminSDHolder task protects. [MS-ADTS] 3.1.1.6.1
///
/// Members, however deep, of the protected groups, the groups themselves, and Administrator, krbtgt and the
/// domain controllers' groups by themselves; dSHeuristics may leave out four operator groups.
class protected_accounts {
public:
    protected_accounts(snapshot const& exported, membership const& members,
                       protection_rules const& rules = {});

    /// Nothing if the account is not protected.
    [[nodiscard]] std::optional<protection> find(entry const& account) const;

private:
    std::unordered_map<entry const*, protection> protected_;
};

/// True for groups whose members can take over the domain: Administrators, Domain Admins, Enterprise Admins,
/// …
[[nodiscard]] bool is_privileged_group(sddl::sid const& group);

} // namespace dsplan::directory
