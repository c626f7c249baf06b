#pragma once
#include <compare>
#include <cstdint>

namespace dsplan::sddl {

/// The rights that an ACE allows, denies or audits. [MS-DTYP] 2.4.3, [MS-ADTS] 5.1.3.2
struct access_mask {
    std::uint32_t bits = 0;

    friend constexpr auto operator<=>(access_mask, access_mask) = default;
    friend constexpr access_mask operator|(access_mask a, access_mask b) { return {a.bits | b.bits}; }
    friend constexpr access_mask operator&(access_mask a, access_mask b) { return {a.bits & b.bits}; }

    /// True if every bit of `wanted` is in this mask.
    [[nodiscard]] constexpr bool contains(access_mask wanted) const {
        return (bits & wanted.bits) == wanted.bits;
    }
};

inline constexpr access_mask right_create_child{0x1};
inline constexpr access_mask right_delete_child{0x2};
inline constexpr access_mask right_list_children{0x4};
inline constexpr access_mask right_self_write{0x8}; ///< a validated write
inline constexpr access_mask right_read_property{0x10};
inline constexpr access_mask right_write_property{0x20};
inline constexpr access_mask right_delete_tree{0x40};
inline constexpr access_mask right_list_object{0x80};
inline constexpr access_mask right_control_access{0x100}; ///< an extended right
inline constexpr access_mask right_delete{0x10000};
inline constexpr access_mask right_read_control{0x20000};
inline constexpr access_mask right_write_dac{0x40000};
inline constexpr access_mask right_write_owner{0x80000};
inline constexpr access_mask right_synchronize{0x100000}; ///< of files, and of no directory object
inline constexpr access_mask right_generic_all{0x10000000};
inline constexpr access_mask right_generic_execute{0x20000000};
inline constexpr access_mask right_generic_write{0x40000000};
inline constexpr access_mask right_generic_read{0x80000000};

/// Everything that a directory object can grant. [MS-ADTS] 5.1.3.2
inline constexpr access_mask directory_full_control{0xF01FF};

/// Generic bits replaced by what they mean on a directory object, which never stores them. [MS-ADTS] 5.1.3.2
[[nodiscard]] constexpr access_mask map_generic(access_mask mask) {
    constexpr std::uint32_t generic_bits = 0xF0000000;
    access_mask mapped{mask.bits & ~generic_bits};
    if (mask.contains(right_generic_read))
        mapped = mapped | access_mask{0x20094};
    if (mask.contains(right_generic_write))
        mapped = mapped | access_mask{0x20028};
    if (mask.contains(right_generic_execute))
        mapped = mapped | access_mask{0x20004};
    if (mask.contains(right_generic_all))
        mapped = mapped | directory_full_control;
    return mapped;
}

} // namespace dsplan::sddl
