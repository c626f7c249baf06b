#pragma once
#include <sddl/ace.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

namespace dsplan::sddl {

/// A flag of an ACE. [MS-DTYP] 2.4.4.1, 2.5.1.1
struct ace_flag_row {
    std::string_view text;
    std::uint8_t bit;
    std::string_view name;
    std::string_view words;
};

// clang-format off
/// The flags in the order of their bits, in which they are printed. CR is of newer headers.
inline constexpr std::array<ace_flag_row, 8> ace_flags{{
    {"OI", ace_flag::object_inherit, "OBJECT_INHERIT_ACE", "objects that are no containers inherit it"},
    {"CI", ace_flag::container_inherit, "CONTAINER_INHERIT_ACE", "containers inherit it"},
    {"NP", ace_flag::no_propagate, "NO_PROPAGATE_INHERIT_ACE", "only the next level inherits it"},
    {"IO", ace_flag::inherit_only, "INHERIT_ONLY_ACE", "does not count on this object itself"},
    {"ID", ace_flag::inherited, "INHERITED_ACE", "came from a parent"},
    {"CR", ace_flag::critical, "CRITICAL_ACE_FLAG", "must not be removed"},
    {"SA", ace_flag::successful_access, "SUCCESSFUL_ACCESS_ACE_FLAG", "audits access that was granted"},
    {"FA", ace_flag::failed_access, "FAILED_ACCESS_ACE_FLAG", "audits access that was refused"},
}};
// clang-format on

static_assert(std::adjacent_find(ace_flags.begin(), ace_flags.end(),
                                 [](auto const& a, auto const& b) { return a.bit >= b.bit; }) ==
                  ace_flags.end(),
              "the flags are sorted and each is there once");

} // namespace dsplan::sddl
