#include <tools/dsplan/plan/list_order.hpp>

namespace dsplan::plan {

bool contend(sddl::ace const& a, sddl::ace const& b, sddl::property_set_of const& set_of,
             may_share_token const& share) {
    auto first = permission_at_most(a);
    auto second = permission_at_most(b);
    if (!first || !second || first->denies == second->denies || !share(a.trustee, b.trustee))
        return false;
    second->denies = first->denies;
    second->trustee = first->trustee;
    return sddl::overlaps(*first, *second, set_of);
}

std::optional<std::pair<std::size_t, std::size_t>>
find_order_that_matters(tracked_list const& aces, sddl::property_set_of const& set_of,
                        may_share_token const& share) {
    for (std::size_t later = 0; later < aces.size(); ++later) {
        if (!is_explicit(aces[later]) || !sddl::is_deny(aces[later].value.type))
            continue;
        for (std::size_t earlier = 0; earlier < later; ++earlier)
            if (is_explicit(aces[earlier]) && contend(aces[earlier].value, aces[later].value, set_of, share))
                return std::pair(earlier, later);
    }
    return std::nullopt;
}

} // namespace dsplan::plan
