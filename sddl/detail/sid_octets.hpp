#pragma once
#include <sddl/detail/octets.hpp>
#include <sddl/sid.hpp>

#include <boost/endian/conversion.hpp>

#include <cstring>

namespace dsplan::sddl {

// The binary form of a SID, inline: every ACE has one. Not installed.

/// Octets before the sub-authorities.
inline constexpr std::size_t sid_fixed_size = 8;

/// Reads the SID at the start of `bytes` into a default-made one; false if there is none.
[[nodiscard]] inline bool take_sid(sid& read, byte_view bytes) {
    if (bytes.size() < sid_fixed_size || octet_at(bytes, 0) != 1)
        return false;
    std::size_t const count = octet_at(bytes, 1);
    if (count > sid::max_sub_authorities || bytes.size() < sid_fixed_size + 4 * count)
        return false;
    read.sub_authority_count = static_cast<std::uint8_t>(count);
    std::memcpy(read.identifier_authority.data(), bytes.data() + 2, read.identifier_authority.size());
    for (std::size_t index = 0; index < count; ++index)
        read.sub_authorities[index] = u32_at(bytes, sid_fixed_size + 4 * index);
    return true;
}

/// Writes it to `place`, which has room for it, and gives the place after it.
inline unsigned char* put_sid(unsigned char* place, sid const& value) {
    place[0] = value.revision;
    place[1] = value.sub_authority_count;
    std::memcpy(place + 2, value.identifier_authority.data(), value.identifier_authority.size());
    auto* part = place + sid_fixed_size;
    for (std::size_t index = 0; index < value.sub_authority_count; ++index, part += 4)
        boost::endian::store_little_u32(part, value.sub_authorities[index]);
    return part;
}

} // namespace dsplan::sddl
