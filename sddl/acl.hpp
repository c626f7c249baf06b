#pragma once
#include <sddl/ace.hpp>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace dsplan::sddl {

/// An access control list, DACL or SACL. [MS-DTYP] 2.4.5
///
/// An `acl` is never a NULL or an absent list: those are states of the descriptor that would hold it.
struct acl {
    std::uint8_t revision = 2; ///< 2, or 4 as soon as there is an object ACE
    std::uint8_t reserved1 = 0;
    std::uint16_t reserved2 = 0;
    std::vector<ace> aces;
    byte_string slack; ///< octets that AclSize claims after the last ACE

    friend bool operator==(acl const&, acl const&) = default;
};

/// Octets of the binary form.
[[nodiscard]] std::size_t size_of(acl const& value);

/// Appends the binary form.
///
/// The sizes of an ACL and of its ACEs have 16 bits: `size_of` above 65,535 has no binary form, and whoever
/// adds ACEs checks it.
void append(byte_string& bytes, acl const& value);

/// Reads the ACL at the start of `bytes`, whose header names its size; offsets in errors count from there.
[[nodiscard]] result<acl> read_acl(byte_view bytes);

/// The largest binary form that an ACL can have, in octets.
inline constexpr std::size_t largest_acl = 0xFFFF;

/// The revision that Windows gives to a list of these ACEs: 4 if one is an object ACE, else 2.
[[nodiscard]] std::uint8_t revision_for(std::vector<ace> const& aces);

} // namespace dsplan::sddl
