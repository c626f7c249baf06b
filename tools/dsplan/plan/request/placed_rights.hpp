#pragma once
#include <sddl/permission.hpp>
#include <tools/dsplan/directory/class_rights.hpp>
#include <tools/dsplan/directory/snapshot.hpp>
#include <tools/dsplan/plan/request/table_errors.hpp>

#include <optional>
#include <string>
#include <vector>

namespace dsplan::plan {

/// A right of a table where it applies: what an ACE says but its trustee and sign.
struct placed_right {
    sddl::access_mask mask{};
    std::optional<sddl::guid> type{};
    sddl::reach where{};
    std::string words{}; ///< "Reset Password on descendant user objects"
};

/// The rights of a table of permissions on these objects; those on the same thing in the same place together,
/// as one ACE has them. What is wrong goes into `errors`.
[[nodiscard]] std::vector<placed_right> rights_of(permission_table const& table,
                                                  std::vector<directory::entry const*> const& objects,
                                                  directory::class_rights_cache& rights,
                                                  table_errors& errors);

} // namespace dsplan::plan
