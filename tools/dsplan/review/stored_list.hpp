#pragma once
#include <sddl/security_descriptor.hpp>

#include <cstddef>
#include <optional>
#include <vector>

/// What a directory keeps of the lists that a record writes. [MS-ADTS] 6.1.3
namespace dsplan::review {

/// The ACEs of a written list that the directory stores as explicit ones, and their indices in the value. It
/// drops inherited ACEs and computes them anew, but for a protected list, whose ACEs it all keeps as explicit
/// ones.
struct stored_list {
    std::vector<sddl::ace> aces;
    std::vector<std::size_t> indices;
};
[[nodiscard]] stored_list stored_aces(std::optional<sddl::acl> const& list, bool is_protected);

/// The indices of the ACEs of the DACL that come or change; all that are stored without a base. An inherited
/// ACE of the base that a protected list repeats does not come.
[[nodiscard]] std::vector<std::size_t> new_aces(sddl::security_descriptor const& after,
                                                sddl::security_descriptor const* before);

/// The explicit ACEs of the old list that the new one no longer stores.
[[nodiscard]] std::vector<sddl::ace> lost_aces(std::optional<sddl::acl> const& before,
                                               std::optional<sddl::acl> const& after, bool is_protected);

} // namespace dsplan::review
