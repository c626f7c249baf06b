#pragma once
#include <ldif/record.hpp>
#include <tools/dsplan/directory/policy_link.hpp>
#include <tools/dsplan/review/changed_object.hpp>
#include <tools/dsplan/review/findings.hpp>

namespace dsplan::review {

using directory::policy_link;
using directory::policy_links_in;

/// What a move changes of the group policies that reach the object, as the base links them.
void find_in_moved_policies(ldif::record const& change, changed_object const& object,
                            words::name_context const& names, finding_list const& findings);

} // namespace dsplan::review
