#pragma once
#include <sddl/access_check.hpp>
#include <sddl/object_type_tree.hpp>
#include <sddl/security_descriptor.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace dsplan::sddl {

/// What one ACE does to what is asked for, and if nothing, why.
enum class trace_outcome : std::uint8_t {
    allows,            ///< some of the rights that were still open
    denies,            ///< the same, and the answer is no
    allows_a_part,     ///< of a property set: not yet all of its attributes
    no_access_ace,     ///< it audits, labels, or is of a type that is not known
    inherit_only,      ///< it only waits for objects below
    other_account,     ///< its SID is not in the token
    condition_false,   ///< its condition does not hold
    condition_unknown, ///< it allows, but whether its condition holds is not known
    other_rights,      ///< none of its rights is asked for
    other_type,        ///< its object type is another attribute, set, right or class
    decided_before,    ///< an earlier ACE has decided all of its rights
    after_the_answer,  ///< the answer stood before it
};

/// One step of an access check.
struct traced_ace {
    std::size_t index = 0; ///< in the DACL
    trace_outcome outcome = trace_outcome::other_account;
    access_mask granted; ///< of the rights that are asked for, by this ACE
    access_mask denied;
    access_mask left;                         ///< rights that are still open after it
    std::optional<object_type_tree::node> on; ///< the node that its object type names
    bool has_unknown_condition = false;       ///< a denial that counts for that reason

    friend bool operator==(traced_ace const&, traced_ace const&) = default;
};

/// An access check step by step.
struct access_trace {
    access_mask asked;
    access_mask granted_before;                 ///< by ownership, or by a DACL that is NULL or absent
    access_basis start = access_basis::nothing; ///< which of these
    std::vector<traced_ace> aces;               ///< every ACE of the DACL, in its order
    access_mask granted;                        ///< of what was asked, in the end
    bool is_granted = false;                    ///< all of it

    friend bool operator==(access_trace const&, access_trace const&) = default;
};

/// Watches `check_access` answer for rights on one node of the tree. [MS-DTYP] 2.5.3.2
///
/// All rights that are asked for must be granted; the first denial of one is the answer, as is the last
/// grant.
[[nodiscard]] access_trace trace_access(security_descriptor const& descriptor, object_type_tree const& tree,
                                        object_type_tree::node node, access_mask asked,
                                        access_request const& request);

} // namespace dsplan::sddl
