#pragma once
#include <sddl/ace.hpp>

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
    byte_string slack; ///< octets that AclSize claims behind the last ACE

    friend bool operator==(acl const&, acl const&) = default;
};

/// Octets of the binary form.
[[nodiscard]] std::size_t size_of(acl const& value);

/// Appends the binary form.
void append(byte_string& bytes, acl const& value);

} // namespace dsplan::sddl
