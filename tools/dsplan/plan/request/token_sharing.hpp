#pragma once
#include <tools/dsplan/plan/list_order.hpp>
#include <tools/dsplan/plan/request/resolve.hpp>

namespace dsplan::plan {

/// Two accounts that are no groups are never in one token; a group may be in anybody's one day.
[[nodiscard]] may_share_token sharing_of(request_context const& context);

} // namespace dsplan::plan
