#pragma once
#include <tools/dsplan/access/right_query.hpp>

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace dsplan::paths {

/// The rights of the table as questions for the access check, of one schema; what the schema lacks is
/// nothing.
struct row_queries {
    explicit row_queries(directory::schema const& known);

    std::vector<std::optional<access::right_query>> rows;       ///< one a row of `right_rows`
    std::vector<std::optional<access::right_query>> candidates; ///< likewise
    std::optional<access::right_query> create_policy;
    std::optional<access::right_query> add_controller;
    std::map<std::string, access::right_query, std::less<>> create; ///< accounts and groups, by class
};

} // namespace dsplan::paths
