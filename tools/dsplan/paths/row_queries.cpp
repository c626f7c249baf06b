#include <tools/dsplan/paths/edge_kinds.hpp>
#include <tools/dsplan/paths/row_queries.hpp>

#include <memory>

namespace dsplan::paths {

row_queries::row_queries(directory::schema const& known) {
    auto const shared = std::make_shared<directory::class_rights_cache>(known);
    auto const read = [&](std::string_view words) {
        auto query = access::parse_right(words, known);
        std::optional<access::right_query> made;
        if (query) {
            made = *std::move(query);
            made->classes = shared;
        }
        return made;
    };
    for (auto const& row : right_rows()) {
        rows.push_back(read(row.right));
        candidates.push_back(row.candidate.empty() ? rows.back() : read(row.candidate));
    }
    create_policy = read("create groupPolicyContainer");
    add_controller = read("DS-Install-Replica");
    for (std::string const name : {"user", "inetOrgPerson", "computer", "group"})
        if (auto query = read("create " + name))
            create.emplace(name, *std::move(query));
}

} // namespace dsplan::paths
