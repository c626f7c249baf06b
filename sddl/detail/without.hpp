#pragma once
#include <sddl/access_mask.hpp>

namespace dsplan::sddl {

/// The bits of `mask` that `taken` has not.
[[nodiscard]] constexpr access_mask without(access_mask mask, access_mask taken) {
    return {mask.bits & ~taken.bits};
}

} // namespace dsplan::sddl
