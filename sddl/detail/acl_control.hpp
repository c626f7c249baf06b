#pragma once
#include <sddl/security_descriptor.hpp>

#include <cstdint>

namespace dsplan::sddl {

// The control bits that SDDL says with D: or S: and the flags after it. Not installed. [MS-DTYP] 2.5.1.1
struct acl_control {
    std::uint16_t present;
    std::uint16_t is_protected;
    std::uint16_t auto_inherit_required;
    std::uint16_t auto_inherited;
};

inline constexpr acl_control dacl_control{control_bit::dacl_present, control_bit::dacl_protected,
                                          control_bit::dacl_auto_inherit_required,
                                          control_bit::dacl_auto_inherited};
inline constexpr acl_control sacl_control{control_bit::sacl_present, control_bit::sacl_protected,
                                          control_bit::sacl_auto_inherit_required,
                                          control_bit::sacl_auto_inherited};

} // namespace dsplan::sddl
