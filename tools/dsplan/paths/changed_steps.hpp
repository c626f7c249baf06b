#pragma once
#include <tools/dsplan/paths/path_side.hpp>

#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <utility>

namespace dsplan::paths {

/// Finds the step of a way that a change makes, or takes away.
class changed_steps {
public:
    /// `holders`: the SIDs of tier 0 after the change.
    changed_steps(path_question const& asked, std::set<sddl::sid> const& holders)
        : asked_(asked)
        , holders_(holders) {}

    /// Marks the first step of a way of `side` that the other side does not have, and says whose record makes
    /// it. `made` holds the way as it is described: memberships stand between the steps that were walked.
    void mark(changed_path& made, walked_way const& way, path_side const& side, path_side const& other) const;

private:
    using links = std::unordered_map<object_index, object_index>;

    [[nodiscard]] links const& groups_above(path_side const& side, sddl::sid const& group) const;
    void name_membership(changed_path& made, walked_step const& step, path_side const& side,
                         path_side const& other) const;
    static void show_link(changed_path& made, path_step link);

    path_question const& asked_;
    std::set<sddl::sid> const& holders_;
    mutable std::map<std::pair<path_side const*, sddl::sid>, links> links_;
    links no_links_;
};

} // namespace dsplan::paths
