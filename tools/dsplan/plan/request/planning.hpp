#pragma once
#include <tools/dsplan/directory/protected_accounts.hpp>
#include <tools/dsplan/plan/plan.hpp>
#include <tools/dsplan/plan/request/resolve.hpp>

/// What the steps of planning a request share: the facts, and the plan they add to.
namespace dsplan::plan {

struct planning {
    change_request const& request;
    request_context const& context;
    directory::protected_accounts const& protected_ones;
    plan drawn{};

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
