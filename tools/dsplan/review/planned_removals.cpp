#include <ldif/changes/references.hpp>
#include <sddl/write.hpp>
#include <tools/dsplan/review/planned_removals.hpp>

#include <fmt/format.h>

namespace dsplan::review {
namespace {

std::string key_of_removal(std::string_view dn, sddl::ace const& removed) {
    return fmt::format("{}\n{}", ldif::tree_key(dn), sddl::write_ace(removed));
}

std::string key_of_removal(std::string_view group, std::string_view member) {
    return fmt::format("{}\n{}", ldif::tree_key(group), ldif::tree_key(member));
}

} // namespace

planned_removals::planned_removals(plan::plan const& drawn) {
    for (auto const& domain : drawn.domains) {
        for (auto const& change : domain.permissions)
            for (auto const& removed : change.removed)
                aces_.insert(key_of_removal(change.dn, removed.value));
        for (auto const& member : domain.members)
            if (member.removes)
                members_.insert(key_of_removal(member.group_dn, member.member_dn));
    }
}

bool planned_removals::has(std::string_view dn, sddl::ace const& removed) const {
    return !aces_.empty() && aces_.contains(key_of_removal(dn, removed));
}

bool planned_removals::has_member(std::string_view group, std::string_view member) const {
    return !members_.empty() && members_.contains(key_of_removal(group, member));
}

} // namespace dsplan::review
