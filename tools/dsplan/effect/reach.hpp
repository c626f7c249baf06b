#pragma once
#include <sddl/access_check.hpp>
#include <tools/dsplan/access/right_query.hpp>
#include <tools/dsplan/directory/protected_accounts.hpp>
#include <tools/dsplan/effect/predict.hpp>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace dsplan::effect {

enum class obstacle : std::uint8_t {
    protected_account,   ///< AdminSDHolder's list is on it, or will be within the hour
    blocked_inheritance, ///< its own list or a container's inherits nothing
    denied,              ///< a deny ACE comes first
    not_granted,         ///< nothing keeps a grant away, but there is none
    unknown,             ///< a descriptor or a parent that the export lacks
};

/// An object that a grant does not arrive at.
struct unreached {
    std::string dn;
    obstacle why = obstacle::unknown;
    std::string because; ///< DN of the group, container or object that is the reason
};

/// On how many objects a right of one account arrives.
struct reach {
    std::string account;                ///< who
    std::size_t objects = 0;            ///< that were asked about
    std::size_t already = 0;            ///< where the account has the right before the change
    std::size_t gained = 0;             ///< where it has it only after the change
    std::vector<unreached> not_reached; ///< in the order of the export
};

struct reach_question {
    access::right_query const& right;
    sddl::security_token const& token_before;
    sddl::security_token const& token_after;
    std::function<bool(access::object_index)> is_asked;
};

/// Asks for each object whether the right is there before and after the change, and where it is not, why.
/// Each distinct (descriptor, classes) is asked once. The account's name is the caller's to fill in.
[[nodiscard]] reach measure_reach(projection const& change, reach_question const& question,
                                  directory::protected_accounts const& protected_ones);

} // namespace dsplan::effect
