#pragma once
#include <tools/dsplan/plan/dsacls/dsacls_statement.hpp>
#include <tools/dsplan/plan/dsacls/script.hpp>
#include <tools/dsplan/plan/finding.hpp>
#include <tools/dsplan/plan/request/change_request.hpp>
#include <tools/dsplan/plan/request/resolve.hpp>

#include <vector>

namespace dsplan::plan {

/// A request, and what is to be known of how it was made.
struct prepared_request {
    change_request request;
    std::vector<finding> findings;
};

/// Makes a request of calls of dsacls, in their order: what a later /R takes away again is not asked for.
/// Calls that only show a list make none of its tables.
/// Errors: all of the script, each with its place.
[[nodiscard]] tl::expected<prepared_request, std::vector<failure>>
read_dsacls(dsacls_script script, dsacls_choices const& choices, request_context const& context);

} // namespace dsplan::plan
