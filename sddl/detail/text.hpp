#pragma once
#include <sddl/guid.hpp>
#include <sddl/sid.hpp>

#include <string>

namespace dsplan::sddl {

// The canonical texts without fmt and without error values between: reading and printing descriptors spends
// most of its time here. Not installed.

inline constexpr std::size_t guid_text_size = 36;

/// Reads the 36 octets at `text`, either case; false if they are no GUID, and then `made` holds anything.
[[nodiscard]] bool read_text(guid& made, char const* text);

/// Writes to `place`, which has room for `guid_text_size` or `largest_sid_text` octets, and gives the place
/// after.
[[nodiscard]] char* put_text(char* place, guid const& value);
[[nodiscard]] char* put_text(char* place, sid const& value);

/// "S-255-0x" and twelve digits, then a dash and ten digits for each sub-authority.
inline constexpr std::size_t largest_sid_text = 20 + 11 * sid::max_sub_authorities;

} // namespace dsplan::sddl
