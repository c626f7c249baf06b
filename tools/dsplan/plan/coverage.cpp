#include <sddl/ace.hpp>
#include <tools/dsplan/plan/coverage.hpp>

#include <algorithm>

namespace dsplan::plan {
namespace {

// Whether the ACE can decide a right of the token on the attribute.
bool concerns(sddl::ace const& ace, std::span<sddl::sid const> token, property_guids const& on) {
    bool const decides = sddl::is_allow(ace.type) || sddl::is_deny(ace.type);
    bool const conditional_allow =
        sddl::is_allow(ace.type) && sddl::is_callback(ace.type); // nobody knows the claims
    bool const property_matches =
        !ace.object_type || *ace.object_type == on.attribute || *ace.object_type == on.property_set;
    return decides && !conditional_allow && property_matches &&
           std::binary_search(token.begin(), token.end(), ace.trustee);
}

// Whether objects of the class inherit it at every depth below, and effectively.
bool reaches_descendants(sddl::ace const& ace, sddl::guid const& class_guid) {
    return ace.has(sddl::ace_flag::container_inherit) && !ace.has(sddl::ace_flag::no_propagate) &&
           (!ace.inherited_object_type || *ace.inherited_object_type == class_guid);
}

} // namespace

coverage cover(sddl::acl const& dacl, std::span<sddl::sid const> token, property_guids const& on,
               sddl::guid const& class_guid, sddl::access_mask wanted) {
    coverage found;
    sddl::access_mask undecided = wanted;
    for (std::size_t index = 0; index < dacl.aces.size(); ++index) {
        sddl::ace const& ace = dacl.aces[index];
        if (!concerns(ace, token, on) || !reaches_descendants(ace, class_guid))
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
                                  property_guids const& on, sddl::guid const& class_guid,
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
