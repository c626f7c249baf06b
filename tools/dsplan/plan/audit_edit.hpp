#pragma once
#include <tools/dsplan/plan/list_cover.hpp>
#include <tools/dsplan/plan/list_edit.hpp>

#include <cstdint>
#include <vector>

namespace dsplan::plan {

/// What became of a wish about an auditing list: `added`, `covered`, `removed`, `nothing_there` or
/// `not_expressible`, and the ACEs that say why.
struct audit_answer {
    list_outcome what = list_outcome::added;
    std::vector<sddl::ace> aces;
};

/// Adds an ACE to a SACL that audits a permission, unless one does already. `when` is of
/// ace_flag::successful_access and failed_access.
audit_answer audit(tracked_list& aces, sddl::permission const& wanted, std::uint8_t when,
                   sddl::property_set_of const& set_of);

/// Takes it from every explicit ACE that audits some of it.
audit_answer stop_auditing(tracked_list& aces, sddl::permission const& wanted, std::uint8_t when,
                           sddl::property_set_of const& set_of);

} // namespace dsplan::plan
