#pragma once
#include <sddl/acl.hpp>
#include <sddl/sid.hpp>

#include <array>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace dsplan::sddl {

/// The bits of the control field. [MS-DTYP] 2.4.6
namespace control_bit {
inline constexpr std::uint16_t owner_defaulted = 0x0001;
inline constexpr std::uint16_t group_defaulted = 0x0002;
inline constexpr std::uint16_t dacl_present = 0x0004;
inline constexpr std::uint16_t dacl_defaulted = 0x0008;
inline constexpr std::uint16_t sacl_present = 0x0010;
inline constexpr std::uint16_t sacl_defaulted = 0x0020;
inline constexpr std::uint16_t dacl_trusted = 0x0040;
inline constexpr std::uint16_t server_security = 0x0080;
inline constexpr std::uint16_t dacl_auto_inherit_required = 0x0100;
inline constexpr std::uint16_t sacl_auto_inherit_required = 0x0200;
inline constexpr std::uint16_t dacl_auto_inherited = 0x0400;
inline constexpr std::uint16_t sacl_auto_inherited = 0x0800;
inline constexpr std::uint16_t dacl_protected = 0x1000;
inline constexpr std::uint16_t sacl_protected = 0x2000;
inline constexpr std::uint16_t rm_control_valid = 0x4000;
inline constexpr std::uint16_t self_relative = 0x8000;
} // namespace control_bit

/// Three things that must never be mixed up: no list at all, a NULL list (everything is allowed), and a list,
/// which when empty allows nothing.
enum class acl_state : std::uint8_t { absent, null, present };

/// Where the parts of a self-relative descriptor stood in the octets it was read from, so that writing it
/// unchanged gives the same octets and editing one part moves nothing else that need not move. Empty for a
/// descriptor that was made, which is written as Windows lays it out: SACL, DACL, owner, group.
struct layout {
    struct part {
        enum class kind : std::uint8_t { owner, group, sacl, dacl } which;
        std::uint32_t offset; ///< from the start of the descriptor
        std::uint32_t size;   ///< when it was read

        friend bool operator==(part const&, part const&) = default;
    };
    struct gap {
        std::uint32_t offset;
        byte_string octets; ///< what no part covers

        friend bool operator==(gap const&, gap const&) = default;
    };

    /// One part of a kind at most, which `insert` does not check; in the order of their offsets, and of
    /// insertion where those are equal.
    /// Within the descriptor itself: it is made for every descriptor that is read.
    class part_list {
    public:
        void insert(part const& added) {
            auto place = count_++;
            for (; place > 0 && parts_[place - 1U].offset > added.offset; --place)
                parts_[place] = parts_[place - 1U];
            parts_[place] = added;
        }

        [[nodiscard]] part const* begin() const { return parts_.data(); }
        [[nodiscard]] part const* end() const { return parts_.data() + count_; }
        [[nodiscard]] bool empty() const { return count_ == 0; }
        [[nodiscard]] bool has(part::kind which) const;

        friend bool operator==(part_list const&, part_list const&) = default;

    private:
        std::array<part, 4> parts_{}; // those after the last stay as they were made
        std::uint8_t count_ = 0;
    };

    part_list parts;
    std::vector<gap> gaps; ///< ascending offsets

    friend bool operator==(layout const&, layout const&) = default;
};

/// A security descriptor. [MS-DTYP] 2.4.6
///
/// `control` is kept as it was, the bits that say which list is present included; `set_dacl` and `set_sacl`
/// keep the two in step. `dacl` and `sacl` have a value exactly where there is a list.
struct security_descriptor {
    std::uint8_t revision = 1;
    std::uint8_t resource_manager_control = 0; ///< Sbz1; means something when control has rm_control_valid
    std::uint16_t control = control_bit::self_relative;
    std::optional<sid> owner;
    std::optional<sid> group;
    std::optional<acl> sacl;
    std::optional<acl> dacl;
    layout read_from;

    friend bool operator==(security_descriptor const&, security_descriptor const&) = default;

    [[nodiscard]] bool has(std::uint16_t bit) const { return (control & bit) == bit; }
};

[[nodiscard]] acl_state dacl_state(security_descriptor const& descriptor);
[[nodiscard]] acl_state sacl_state(security_descriptor const& descriptor);

/// Stores the list and sets its "present" bit; the other control bits stay.
void set_dacl(security_descriptor& descriptor, acl list);
void set_sacl(security_descriptor& descriptor, acl list);

} // namespace dsplan::sddl
