#pragma once
#include <tools/dsplan/directory/forest.hpp>
#include <tools/dsplan/directory/snapshot.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace dsplan::directory {

/// What a search by one of an account's names gave.
struct principal_matches {
    std::vector<entry const*> found; ///< by key
    std::vector<std::string>
        nearest_names; ///< when nothing was found: up to three names that are almost the same
};

/// Finds accounts (entries with an objectSid) by SID, DN, user principal name, DOMAIN\name, sAMAccountName or
/// common name, without regard to case. A computer or service account's name may leave out its final "$", and
/// name@domain is the DOMAIN\name of an account whose user principal name is another.
[[nodiscard]] principal_matches find_principals(snapshot const& exported, forest const& around,
                                                std::string_view name, std::string_view required_class = {});

/// Finds any object by its DN, a domain by its DNS or NetBIOS name, an account by its other names, too, and
/// what else has a name as the value of its first RDN: all that are called so, where accounts, containers and
/// organizational units count before other objects. The nearest names are DNs.
[[nodiscard]] principal_matches find_objects(snapshot const& exported, forest const& around,
                                             std::string_view name);

/// The name people know an account by: sAMAccountName, else the value of its first RDN.
[[nodiscard]] std::string account_name(entry const& account);

/// The name of a SID: of its entry, or its text form where the export has no entry for it, with the name that
/// it has everywhere: "S-1-5-11 (Authenticated Users)".
[[nodiscard]] std::string account_name(snapshot const& exported, sddl::sid const& account);

/// The same without an export.
[[nodiscard]] std::string account_name(sddl::sid const& account);

/// True for S-1-5-21-…: accounts and groups of a domain, not the built-in ones.
[[nodiscard]] bool is_account_sid(sddl::sid const& account);

} // namespace dsplan::directory
