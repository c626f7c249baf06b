#pragma once
#include <tools/dsplan/directory/schema.hpp>
#include <tools/dsplan/directory/snapshot.hpp>
#include <tools/dsplan/ground/failure.hpp>
#include <tools/dsplan/plan/plan.hpp>
#include <tools/dsplan/plan/request/change_request.hpp>

#include <vector>

namespace dsplan::plan {

/// Plans what a request asks for. Errors: all of the request, each with its place. A request that cannot be
/// done gives a plan that is stopped, with the reason among its findings.
[[nodiscard]] tl::expected<plan, std::vector<failure>> plan_request(directory::snapshot const& exported,
                                                                    change_request const& request,
                                                                    directory::schema const& known);

} // namespace dsplan::plan
