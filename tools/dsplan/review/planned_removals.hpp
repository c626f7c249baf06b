#pragma once
#include <sddl/ace.hpp>
#include <tools/dsplan/plan/plan.hpp>

#include <set>
#include <string>
#include <string_view>

namespace dsplan::review {

/// What a plan takes away on purpose.
class planned_removals {
public:
    explicit planned_removals(plan::plan const& drawn);

    [[nodiscard]] bool has(std::string_view dn, sddl::ace const& removed) const;
    [[nodiscard]] bool has_member(std::string_view group, std::string_view member) const;

private:
    std::set<std::string, std::less<>> aces_;    // key of the object's name and the ACE
    std::set<std::string, std::less<>> members_; // keys of the names of group and member
};

} // namespace dsplan::review
