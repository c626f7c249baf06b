#include <sddl/canonical_order.hpp>
#include <sddl/self_relative.hpp>
#include <tools/dsplan/review/commanded_permissions.hpp>
#include <tools/dsplan/words/planned_trustee.hpp>

#include <algorithm>
#include <span>

namespace dsplan::review {

edited_descriptor edit(plan::permission_change const& change) {
    edited_descriptor made;
    if (auto const read = sddl::read_self_relative(std::as_bytes(std::span(change.before))); read)
        made.before = *read;
    if (!made.before.dacl)
        sddl::set_dacl(made.before, {});
    made.after = made.before;
    if (change.grants.empty())
        if (auto const read = sddl::read_self_relative(std::as_bytes(std::span(change.after))); read)
            made.after = *read;
    auto& aces = made.after.dacl->aces;
    for (plan::removed_ace const& each : change.removed)
        if (auto const found = std::find(aces.begin(), aces.end(), each.value); found != aces.end())
            aces.erase(found);
    for (auto grant : change.grants) {
        grant.trustee = grant.trustee.value_or(words::nobody);
        auto const added = *grant.ace();
        auto const place = sddl::position_for_new_ace(*made.after.dacl, added);
        aces.insert(aces.begin() + static_cast<std::ptrdiff_t>(place), added);
    }
    return made;
}

} // namespace dsplan::review
