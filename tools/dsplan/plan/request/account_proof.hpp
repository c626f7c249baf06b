#pragma once
#include <tools/dsplan/plan/request/resolve.hpp>

#include <string>

namespace dsplan::plan {

/// True for Domain Admins, krbtgt and the like, whose relative identifiers no other account gets.
[[nodiscard]] bool is_of_every_domain(sddl::sid const& account);

/// Why the export does not prove that nobody has a SID which none of its entries has; empty where it does.
/// The domain must be one of the export, which holds all its accounts: that is what the request says, and no
/// account that every domain has, no member and no entry may be missing; and no account may have the SID in
/// its history.
[[nodiscard]] std::string obstacle_to_orphan_proof(request_context const& context, sddl::sid const& account,
                                                   bool export_is_complete);

} // namespace dsplan::plan
