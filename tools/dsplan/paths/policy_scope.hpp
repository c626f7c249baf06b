#pragma once
#include <tools/dsplan/paths/account_facts.hpp>
#include <tools/dsplan/paths/control_node.hpp>

#include <map>
#include <string>
#include <unordered_map>
#include <vector>

namespace dsplan::paths {

/// Which policies run on which objects.
class policy_scope {
public:
    policy_scope(directory_side const& side, account_facts const& facts);

    /// For an account the containers above it whose links somebody may write, and the policies that are
    /// linked so that they arrive: enforced links pass where inheritance is blocked. For a container what is
    /// linked to it.
    [[nodiscard]] std::vector<control_node> running_on(object_index object) const;

private:
    struct linked_policy {
        object_index policy;
        bool is_enforced;
    };

    [[nodiscard]] std::vector<linked_policy> const& links_of(object_index container) const;

    directory_side const& side_;
    account_facts const& facts_;
    mutable std::map<object_index, std::vector<linked_policy>> links_; // of a container, looked up once
    std::unordered_map<std::string, object_index> policies_;           // by key
};

} // namespace dsplan::paths
