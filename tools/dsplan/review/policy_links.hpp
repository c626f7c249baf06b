#pragma once
#include <ldif/changes/directory_tree.hpp>
#include <ldif/record.hpp>
#include <tools/dsplan/directory/policy_link.hpp>
#include <tools/dsplan/review/findings.hpp>
#include <tools/dsplan/words/account_names.hpp>

namespace dsplan::review {

using directory::policy_link;
using directory::policy_links_in;

/// What a move changes of the group policies that reach the object, as the base and the changes before it
/// link them. `objects` are those of the base that the changes concern; null without a base.
void find_in_moved_policies(ldif::record const& change, ldif::directory_tree const* objects,
                            words::name_context const& names, finding_list const& findings);

} // namespace dsplan::review
