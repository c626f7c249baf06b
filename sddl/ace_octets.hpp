#pragma once
#include <sddl/ace.hpp>
#include <sddl/octets.hpp>

namespace dsplan::sddl {

// Reading ACEs in a list without making an error value for each that is right. Not installed.

inline constexpr std::size_t ace_header_size = 4;

/// The size that the header of the ACE at the start of `bytes` names; 0 where that is no size it can have.
[[nodiscard]] inline std::size_t ace_size(byte_view bytes) {
    if (bytes.size() < ace_header_size)
        return 0;
    std::size_t const size = u16_at(bytes, 2);
    return size < ace_header_size || size > bytes.size() ? 0 : size;
}

/// Reads an ACE of exactly these octets into a default-made one; false if they are none.
[[nodiscard]] bool take_ace(ace& read, byte_view bytes);

/// Why the two above do not find one at the start of `bytes`.
[[nodiscard]] parse_error why_no_ace(byte_view bytes);

} // namespace dsplan::sddl
