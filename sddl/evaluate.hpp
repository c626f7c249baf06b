#pragma once
#include <sddl/condition.hpp>
#include <sddl/resource_claim.hpp>
#include <sddl/security_descriptor.hpp>
#include <sddl/security_token.hpp>

#include <cstdint>
#include <optional>
#include <vector>

namespace dsplan::sddl {

/// What a condition comes to. An ACE that allows counts on `yes` only, one that denies on `yes` and on
/// `unknown`. [MS-DTYP] 2.4.4.17.1
enum class truth : std::uint8_t { no, yes, unknown };

using claim_list = std::vector<resource_claim>;

/// What is known of an account beyond its SIDs. No value is "not known", an empty list "has none": only then
/// does `Exists` come to `no`.
///
///     account_claims claims;
///     claims.user = {parse_claim(R"(("Department",TS,0x0,"Sales"))").value()};
struct account_claims {
    std::optional<claim_list> user;   ///< @User.
    std::optional<claim_list> device; ///< @Device.
    std::optional<claim_list> local;  ///< names without a prefix
    std::optional<security_token> device_groups;
};

/// Nothing is known: conditions over groups and over the object's own attributes can still be decided.
inline account_claims const no_known_claims{};

/// Who asks, and for what: what a condition is evaluated against.
struct condition_context {
    security_token const& groups; ///< the user's own SID included
    account_claims const& claims = no_known_claims;
    std::optional<claim_list> resource{}; ///< @Resource.: `resource_claims_of` the object's descriptor
    bool is_denial = false;               ///< the ACE denies: claims "for denial only" count
};

/// The resource attributes of an object; nothing where the descriptor has no SACL or where one of them cannot
/// be read. [MS-DTYP] 2.4.4.15
[[nodiscard]] std::optional<claim_list> resource_claims_of(security_descriptor const& descriptor);

/// Evaluates a condition. What is not there, or cannot be compared, is unknown; so are two strings that are
/// equal or not by a case mapping on which tables of different age disagree.
/// [MS-DTYP] 2.4.4.17.6, 2.4.4.17.7
[[nodiscard]] truth evaluate(condition const& value, condition_context const& context);

} // namespace dsplan::sddl
