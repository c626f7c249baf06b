#pragma once
#include <tools/dsplan/directory/schema.hpp>
#include <tools/dsplan/directory/snapshot.hpp>
#include <tools/dsplan/ground/failure.hpp>
#include <tools/dsplan/plan/plan.hpp>
#include <tools/dsplan/plan/request/change_request.hpp>

#include <cstdint>
#include <vector>

namespace dsplan::plan {

/// How permissions travel: dsacls where it can say them and LDIF for the rest, or one of the two alone.
enum class change_channel : std::uint8_t { automatic, dsacls, ldif };

/// Plans what a request asks for. Errors: all of the request, each with its place. A request that cannot be
/// done gives a plan that is stopped, with the reason among its findings.
[[nodiscard]] tl::expected<plan, std::vector<failure>> plan_request(directory::snapshot const& exported,
                                                                    change_request const& request,
                                                                    directory::schema const& known,
                                                                    change_channel channel = {});

} // namespace dsplan::plan
