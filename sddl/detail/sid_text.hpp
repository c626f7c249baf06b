#pragma once
#include <sddl/parse_error.hpp>
#include <sddl/sid.hpp>

#include <string_view>
#include <vector>

namespace dsplan::sddl {

/// Reads the whole of `text` as the numeric form of a SID in the way Windows does, and adds to `warnings`
/// what it takes but a reviewer should not: blanks, numbers that saturate or wrap, a hexadecimal revision.
/// Offsets count from the start of `text`. Not installed.
[[nodiscard]] result<sid> parse_sid_text(std::string_view text, std::vector<parse_error>& warnings);

/// False for a SID without sub-authorities: it can be printed, but no reader of SIDs takes it. Not installed.
[[nodiscard]] constexpr bool is_sayable(sid const& value) {
    return value.sub_authority_count != 0;
}

} // namespace dsplan::sddl
