#include <ldif/distinguished_name.hpp>
#include <tools/dsplan/directory/policy_link.hpp>
#include <tools/dsplan/paths/policy_scope.hpp>

namespace dsplan::paths {

using directory::attribute;

policy_scope::policy_scope(directory_side const& side, account_facts const& facts)
    : side_(side)
    , facts_(facts) {
    for (auto const policy : facts.policies())
        policies_.emplace(side.entry(policy).key, policy);
}

std::vector<policy_scope::linked_policy> const& policy_scope::links_of(object_index container) const {
    auto const [found, is_new] = links_.try_emplace(container);
    if (!is_new)
        return found->second;
    for (auto const& link :
         directory::policy_links_in(side_.entry(container).first(attribute::gp_link).value_or(""))) {
        auto const policy = policies_.find(ldif::normalize(link.dn).value_or(std::string()));
        if (policy != policies_.end() && !link.is_disabled())
            found->second.push_back({policy->second, link.is_enforced()});
    }
    return found->second;
}

std::vector<control_node> policy_scope::running_on(object_index object) const {
    constexpr auto containers = on::containers | on::domain_roots;
    std::vector<control_node> made;
    bool is_blocked = false;
    bool const is_container = (facts_.targets_of(object) & containers) != 0;
    for (auto at = is_container ? object : side_.image.objects[object].parent; at != access::no_object;
         at = side_.image.objects[at].parent) {
        auto const is = facts_.targets_of(at);
        if ((is & containers) == 0)
            return made;
        if (!is_container && !side_.entry(at).is_a("container")) {
            made.push_back({at, aspect::policy_link});
            made.push_back({at});
        }
        for (auto const& link : links_of(at))
            if (!is_blocked || link.is_enforced)
                made.push_back({link.policy});
        is_blocked = is_blocked || (side_.entry(at).number(attribute::gp_options).value_or(0) & 1) != 0;
        if (is_container || (is & on::domain_roots) != 0)
            return made; // policies of a parent domain do not reach a child
    }
    return made;
}

} // namespace dsplan::paths
