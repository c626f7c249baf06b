#pragma once
#include <sddl/sid.hpp>

namespace dsplan::words {

/// Stands for a trustee that does not exist yet: S-1-0-0.
inline constexpr sddl::sid nobody{
    .sub_authority_count = 1, .identifier_authority = {}, .sub_authorities = {0}};

} // namespace dsplan::words
