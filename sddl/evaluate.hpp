#pragma once
#include <sddl/condition.hpp>
#include <sddl/resource_claim.hpp>
#include <sddl/sid.hpp>

#include <cstdint>
#include <set>
#include <vector>

namespace dsplan::sddl {

/// What a condition comes to. An ACE that allows counts on `yes` only, one that denies on `yes` and on
/// `unknown`. [MS-DTYP] 2.4.4.17.1
enum class truth : std::uint8_t { no, yes, unknown };

/// Who asks, from where, for what: what a condition is evaluated against.
struct condition_context {
    std::set<sid> groups;        ///< of the user's token, the user's own SID included
    std::set<sid> device_groups; ///< of the device's token
    std::vector<resource_claim> user;
    std::vector<resource_claim> device;
    std::vector<resource_claim> resource; ///< of the object: its RA ACEs
    std::vector<resource_claim> local;
};

/// Evaluates a condition. What is not there, or cannot be compared, is unknown.
/// [MS-DTYP] 2.4.4.17.6, 2.4.4.17.7
[[nodiscard]] truth evaluate(condition const& value, condition_context const& context);

} // namespace dsplan::sddl
