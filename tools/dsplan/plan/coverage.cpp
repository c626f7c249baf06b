#include <sddl/ace.hpp>
#include <tools/dsplan/plan/coverage.hpp>

#include <algorithm>

namespace dsplan::plan {

coverage cover(sddl::acl const& dacl, std::span<sddl::sid const> token, effect::property const& on,
               sddl::guid const& class_guid, sddl::access_mask wanted) {
    coverage found;
    sddl::access_mask undecided = wanted;
    for (std::size_t index = 0; index < dacl.aces.size(); ++index) {
        sddl::ace const& ace = dacl.aces[index];
        if (!effect::concerns(ace, token, on) || !effect::reaches_descendants(ace, class_guid))
            continue;
        auto const decided = sddl::map_generic(ace.mask) & undecided;
        if (decided.bits == 0)
            continue;
        undecided.bits &= ~decided.bits;
        if (sddl::is_deny(ace.type)) {
            found.denied_by.push_back(index);
        } else {
            found.granted = found.granted | decided;
            found.allowed_by.push_back(index);
        }
    }
    return found;
}

std::vector<std::size_t> decisive(coverage const& found, sddl::acl const& dacl,
                                  std::span<sddl::sid const> token, sddl::sid const& trustee,
                                  effect::property const& on, sddl::guid const& class_guid,
                                  sddl::access_mask wanted) {
    std::vector<std::size_t> enough;
    for (std::size_t index = 0; index < dacl.aces.size(); ++index)
        if (cover(sddl::acl{.aces = {dacl.aces[index]}, .slack = {}}, token, on, class_guid, wanted)
                .covers(wanted))
            enough.push_back(index);
    if (enough.empty())
        return found.allowed_by;
    auto const own = std::find_if(enough.begin(), enough.end(),
                                  [&](std::size_t index) { return dacl.aces[index].trustee == trustee; });
    return {own != enough.end() ? *own : enough.front()};
}

} // namespace dsplan::plan
