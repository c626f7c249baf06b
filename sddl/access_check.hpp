#pragma once
#include <sddl/ace.hpp>
#include <sddl/evaluate.hpp>
#include <sddl/object_type_tree.hpp>
#include <sddl/security_descriptor.hpp>
#include <sddl/security_token.hpp>
#include <sddl/sid.hpp>
#include <sddl/well_known_sids.hpp>

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace dsplan::sddl {

inline constexpr sid owner_rights = named_sid("Owner Rights");
inline constexpr sid principal_self = named_sid("Self");

/// Who asks, and what about the object is not in its descriptor.
///
/// A conditional ACE is evaluated with the SIDs of `who`, with `claims` and with the resource attributes in
/// the object's own SACL. An allow ACE whose condition is unknown allows nothing, a deny ACE denies.
/// [MS-DTYP] 2.4.4.17.1, 2.5.3.2
///
///     account_claims claims;
///     claims.user = {parse_claim(R"(("Department",TS,0x0,"Sales"))").value()};
///     auto const granted = check_access(descriptor, tree, {.who = token, .self = {}, .claims = claims});
struct access_request {
    security_token const& who;
    std::optional<sid> self;               ///< objectSid of the object: what PRINCIPAL SELF stands for there
    bool owner_has_implicit_rights = true; ///< false where the forest blocks them for this object
    account_claims const& claims = no_known_claims; ///< what conditional ACEs may ask for
};

/// The rights on each node of the tree, in its order, and whether they rest on a condition that came out
/// unknown.
struct granted_access {
    std::vector<access_mask> rights;
    bool has_unknown_condition = false;

    friend bool operator==(granted_access const&, granted_access const&) = default;
};

/// What an answer rests on.
enum class access_basis : std::uint8_t {
    ace,         ///< the ACE at `index` of the DACL
    ownership,   ///< the owner may always read and change the DACL
    null_dacl,   ///< a NULL DACL allows everything
    absent_dacl, ///< so does no DACL at all
    nothing,     ///< no ACE allows it
};

/// Whether an ACE takes part in a check, and why not.
enum class ace_part : std::uint8_t {
    counted,
    no_access_ace, ///< neither an allow nor a deny ACE
    inherit_only,
    other_account,
    condition_false,
    condition_unknown, ///< a deny counts then, an allow does not
};

/// Watches a check, ACE by ACE; the masks are those of each node of the tree, in its order.
class access_observer {
public:
    virtual ~access_observer() = default;

    /// What is granted before the first ACE, and on what basis.
    virtual void begins(access_basis basis, std::span<access_mask const> granted) = 0;

    /// What the list grants and denies up to and with the ACE at `index`.
    virtual void sees(std::size_t index, ace_part part, std::span<access_mask const> granted,
                      std::span<access_mask const> denied) = 0;
};

/// Everything the DACL grants (a check for "maximum allowed"), at each node of `tree`.
/// [MS-DTYP] 2.5.3.2, [MS-ADTS] 5.1.3.3
///
/// The first ACE that speaks about a right on a node decides it. A NULL DACL and an absent one allow
/// everything; a caller that cannot tell "absent" from "not exported" must not ask. `observer` may be null.
[[nodiscard]] granted_access check_access(security_descriptor const& descriptor, object_type_tree const& tree,
                                          access_request const& request, access_observer* observer = nullptr);

struct access_decision {
    bool granted = false;
    access_basis basis = access_basis::nothing;
    std::size_t index = 0; ///< of the ACE
    std::vector<std::size_t>
        unknown_conditions;         ///< allow ACEs before it that were not counted for that reason
    bool is_unknown_denial = false; ///< the ACE denies for the same reason: its condition came out unknown

    friend bool operator==(access_decision const&, access_decision const&) = default;
};

/// Whether one right, a single bit, is granted on a node that has none below it, and by what.
[[nodiscard]] access_decision decide(security_descriptor const& descriptor, object_type_tree const& tree,
                                     object_type_tree::node node, access_mask right,
                                     access_request const& request);

} // namespace dsplan::sddl
