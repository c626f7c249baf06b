#pragma once
#include <sddl/acl.hpp>

#include <cstddef>
#include <cstdint>
#include <optional>

namespace dsplan::sddl {

/// The blocks of a canonical list, in their order. ACEs that neither deny nor allow (a SACL's) count as
/// `explicit_allow` or `inherited`. Inherited ACEs are one block: they stand in their parents' order, which
/// is not judged. [MS-ADTS] 6.1.3.1
enum class ace_block : std::uint8_t { explicit_deny, explicit_allow, inherited };

[[nodiscard]] ace_block block_of(ace const& value);

/// An ACE that stands after one of a later block.
struct misplaced_ace {
    std::size_t index;  ///< of the first such ACE, from 0
    std::size_t behind; ///< the first ACE of a later block before it

    friend bool operator==(misplaced_ace const&, misplaced_ace const&) = default;
};

/// The first offender against the canonical order; nothing where there is none.
[[nodiscard]] std::optional<misplaced_ace> find_misplaced(acl const& list);

/// The list in canonical order: explicit denials, explicit grants, inherited ACEs, each block in the order
/// that its ACEs had.
[[nodiscard]] acl in_canonical_order(acl list);

/// True if `a` stands before `b` in a list that Active Directory has rewritten: the longer ACE first, then by
/// the octets. Measured on domain controllers; [MS-ADTS] 6.1.3.1 says otherwise.
[[nodiscard]] bool stands_before(ace const& a, ace const& b);

/// The index at which Active Directory would keep a new explicit ACE: by `stands_before` where the ACEs of
/// its block are in that order, else at the end of the block. Nothing else has to move, and never is the
/// place among or after the inherited ACEs.
[[nodiscard]] std::size_t position_for_new_ace(acl const& list, ace const& added);

} // namespace dsplan::sddl
