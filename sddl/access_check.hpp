#pragma once
#include <sddl/ace.hpp>
#include <sddl/object_type_tree.hpp>
#include <sddl/security_descriptor.hpp>
#include <sddl/sid.hpp>

#include <cstddef>
#include <functional>
#include <optional>
#include <vector>

namespace dsplan::sddl {

inline constexpr sid owner_rights{
    .sub_authority_count = 1, .identifier_authority = {0, 0, 0, 0, 0, 3}, .sub_authorities = {4}};
inline constexpr sid principal_self{
    .sub_authority_count = 1, .identifier_authority = {0, 0, 0, 0, 0, 5}, .sub_authorities = {10}};

/// The SIDs that an account is, itself and its groups. [MS-DTYP] 2.5.2
class security_token {
public:
    security_token() = default;
    explicit security_token(std::vector<sid> sids);

    [[nodiscard]] bool holds(sid const& account) const;
    [[nodiscard]] std::vector<sid> const& sids() const { return sids_; } ///< ascending, each once

    friend bool operator==(security_token const&, security_token const&) = default;

private:
    std::vector<sid> sids_;
};

/// What a condition comes to. Unknown, because of a missing attribute, denies and does not allow.
/// [MS-DTYP] 2.4.4.17.4
enum class truth : std::uint8_t { no, yes, unknown };

/// Who asks, and what about the object is not in its descriptor.
struct access_request {
    security_token const& who;
    std::optional<sid> self;               ///< objectSid of the object: what PRINCIPAL SELF stands for there
    bool owner_has_implicit_rights = true; ///< false where the forest blocks them for this object
    std::function<truth(ace const&)> condition{}; ///< evaluates a callback ACE; without one all are unknown
};

/// The rights on each node of the tree, in its order, and whether they rest on a condition that came out
/// unknown.
struct granted_access {
    std::vector<access_mask> rights;
    bool has_unknown_condition = false;

    friend bool operator==(granted_access const&, granted_access const&) = default;
};

/// Everything the DACL grants (a check for "maximum allowed"), at each node of `tree`.
/// [MS-DTYP] 2.5.3.2, [MS-ADTS] 5.1.3.3
///
/// The first ACE that speaks about a right on a node decides it. A NULL DACL and an absent one allow
/// everything; a caller that cannot tell "absent" from "not exported" must not ask.
[[nodiscard]] granted_access check_access(security_descriptor const& descriptor, object_type_tree const& tree,
                                          access_request const& request);

/// What an answer rests on.
enum class access_basis : std::uint8_t {
    ace,         ///< the ACE at `index` of the DACL
    ownership,   ///< the owner may always read and change the DACL
    null_dacl,   ///< a NULL DACL allows everything
    absent_dacl, ///< so does no DACL at all
    nothing,     ///< no ACE allows it
};

struct access_decision {
    bool granted = false;
    access_basis basis = access_basis::nothing;
    std::size_t index = 0; ///< of the ACE
    std::vector<std::size_t>
        unknown_conditions; ///< allow ACEs before it that were not counted for that reason

    friend bool operator==(access_decision const&, access_decision const&) = default;
};

/// Whether one right, a single bit, is granted on a node that has none below it, and by what.
[[nodiscard]] access_decision decide(security_descriptor const& descriptor, object_type_tree const& tree,
                                     object_type_tree::node node, access_mask right,
                                     access_request const& request);

} // namespace dsplan::sddl
