#pragma once
#include <tools/dsplan/directory/schema.hpp>
#include <tools/dsplan/directory/snapshot.hpp>
#include <tools/dsplan/ground/failure.hpp>
#include <tools/dsplan/plan/plan.hpp>
#include <tools/dsplan/plan/recipes/whfb/request.hpp>

namespace dsplan::plan {

/// Plans what directory synchronization needs for Windows Hello for Business: the ACE that lets a group read
/// and write msDS-KeyCredentialLink on users where no Windows Server 2016 domain controller has made that ACE
/// already, and the membership of the connector account in the group that holds it.
///
/// Errors: no domain root in the export, several unrelated ones, a connector account or a group that is not
/// found or ambiguous. What forbids the change but is no mistake in the call is a finding of severity stop in
/// the plan.
[[nodiscard]] result<plan> plan_whfb_key_sync(directory::snapshot const& exported,
                                              whfb_request const& request,
                                              directory::schema const& known = directory::schema::built_in());

} // namespace dsplan::plan
