#pragma once
#include <sddl/sid.hpp>
#include <tools/dsplan/directory/membership.hpp>
#include <tools/dsplan/directory/snapshot.hpp>

#include <span>
#include <vector>

namespace dsplan::directory {

/// The SIDs an access check compares with: the account, its groups however deep, Everyone, Authenticated
/// Users and the groups these two are in, SID history; sorted. `also` are groups that a change adds the
/// account to.
[[nodiscard]] std::vector<sddl::sid> token_of(snapshot const& exported, membership const& members,
                                              entry const& account, std::span<entry const* const> also = {});

} // namespace dsplan::directory
