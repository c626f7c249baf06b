#pragma once
#include <sddl/ace.hpp>
#include <sddl/acl.hpp>
#include <sddl/detail/octets.hpp>
#include <sddl/detail/sid_octets.hpp>

#include <cstring>

namespace dsplan::sddl {

// Reading ACEs in a list without making an error value for each that is right, and writing them where their
// list has room for them. Not installed.

inline constexpr std::size_t ace_header_size = 4;
inline constexpr std::uint32_t object_type_present = 0x1; // in the flags of an object ACE
inline constexpr std::uint32_t inherited_object_type_present = 0x2;

/// The size that the header of the ACE at the start of `bytes` names; 0 where that is no size it can have.
[[nodiscard]] inline std::size_t ace_size(byte_view bytes) {
    if (bytes.size() < ace_header_size)
        return 0;
    std::size_t const size = u16_at(bytes, 2);
    return size < ace_header_size || size > bytes.size() ? 0 : size;
}

/// Writes it to `first`, which has room for it, and gives the place after it.
unsigned char* put_ace(unsigned char* first, ace const& value);

/// The same for a list.
unsigned char* put_acl(unsigned char* first, acl const& value);

/// Takes the GUID at the start of `bytes`, which then starts after it.
[[nodiscard]] inline bool take_guid(std::optional<guid>& read, byte_view& bytes) {
    if (bytes.size() < sizeof(guid::octets))
        return false;
    std::memcpy(read.emplace().octets.data(), bytes.data(), sizeof(guid::octets));
    bytes = bytes.subspan(sizeof(guid::octets));
    return true;
}

/// Takes the flags and the GUIDs of an object ACE likewise.
[[nodiscard]] inline bool take_object_part(ace& read, byte_view& bytes) {
    if (bytes.size() < 4)
        return false;
    auto const flags = u32_at(bytes, 0);
    bytes = bytes.subspan(4);
    read.reserved_object_flags = flags & ~(object_type_present | inherited_object_type_present);
    return ((flags & object_type_present) == 0 || take_guid(read.object_type, bytes)) &&
           ((flags & inherited_object_type_present) == 0 || take_guid(read.inherited_object_type, bytes));
}

/// Reads an ACE of exactly these octets into a default-made one; false if they are none.
[[nodiscard]] inline bool take_ace(ace& read, byte_view bytes) {
    read.type = static_cast<ace_type>(octet_at(bytes, 0));
    read.flags = octet_at(bytes, 1);
    auto rest = bytes.subspan(ace_header_size);
    if (is_known_type(read.type)) {
        if (rest.size() < 4)
            return false;
        read.mask.bits = u32_at(rest, 0);
        rest = rest.subspan(4);
        if (is_object_type(read.type) && !take_object_part(read, rest))
            return false;
        if (!take_sid(read.trustee, rest))
            return false;
        rest = rest.subspan(size_of(read.trustee));
    }
    if (!rest.empty())
        read.data.assign(rest.begin(), rest.end());
    return true;
}

/// Why the two above do not find one at the start of `bytes`.
[[nodiscard]] parse_error why_no_ace(byte_view bytes);

/// Reads the list at the start of `bytes` into a default-made one; false if there is none, and then
/// `read_acl` says why.
[[nodiscard]] bool take_acl(acl& read, byte_view bytes);

} // namespace dsplan::sddl
