#pragma once
#include <sddl/resource_claim.hpp>

#include <algorithm>
#include <array>
#include <string_view>

namespace dsplan::sddl {

/// A type of claim. [MS-DTYP] 2.4.10.1, 2.5.1.1
struct claim_type_row {
    claim_type type;
    std::string_view text;
    std::string_view words;
};

// clang-format off
inline constexpr std::array<claim_type_row, 6> claim_types{{
    {claim_type::signed_integer, "TI", "signed integer"},
    {claim_type::unsigned_integer, "TU", "unsigned integer"},
    {claim_type::string, "TS", "string"},
    {claim_type::account, "TD", "account"},
    {claim_type::boolean, "TB", "yes or no"},
    {claim_type::octets, "TX", "octets"},
}};
// clang-format on

static_assert(std::adjacent_find(claim_types.begin(), claim_types.end(),
                                 [](auto const& a, auto const& b) { return a.type >= b.type; }) ==
                  claim_types.end(),
              "the types are sorted");

/// The row of a type; nullptr where there is none.
[[nodiscard]] constexpr claim_type_row const* find_claim_type(claim_type type) {
    for (auto const& row : claim_types)
        if (row.type == type)
            return &row;
    return nullptr;
}

} // namespace dsplan::sddl
