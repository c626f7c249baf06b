#pragma once
#include <tools/dsplan/directory/protected_accounts.hpp>
#include <tools/dsplan/plan/plan.hpp>
#include <tools/dsplan/plan/request/derived_objects.hpp>
#include <tools/dsplan/plan/request/explicit_allows.hpp>
#include <tools/dsplan/plan/request/plan_request.hpp>
#include <tools/dsplan/plan/request/resolve.hpp>

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

/// What the steps of planning a request share: the facts, and the plan they add to.
namespace dsplan::plan {

/// What tables that look for something leave out.
struct not_looked_at {
    std::vector<std::string> unseen;                       ///< DNs of objects whose list the export lacks
    std::vector<std::string> protected_ones;               ///< DNs
    std::map<std::string, std::vector<evidence>> unproven; ///< ACEs of accounts that may exist, by the reason
};

struct planning {
    change_request const& request;
    request_context const& context;
    directory::protected_accounts const& protected_ones;
    derived_objects const& derived;
    change_channel channel = change_channel::automatic;
    plan drawn{};
    not_looked_at left_out{};
    std::optional<explicit_allows> allows{};  ///< of the export, once a table denies something below
    std::set<std::size_t> effective_tables{}; ///< of those that look for something, which found it

    void add(finding found) { drawn.findings.push_back(std::move(found)); }
    void stop(finding found) {
        found.level = severity::stop;
        drawn.stopped = true;
        add(std::move(found));
    }

    /// The changes of the domain that holds the object; of its naming context where that is no domain.
    [[nodiscard]] domain_changes& changes_of(directory::entry const& object);
};

/// Edits the descriptors, a step an object, and says what is there already, in the way or impossible.
void plan_descriptors(planning& facts, std::vector<wanted_descriptor> const& wanted);

/// Adds and removes members, only those that are missing or there.
void plan_members(planning& facts, std::vector<wanted_members> const& wanted);

} // namespace dsplan::plan
