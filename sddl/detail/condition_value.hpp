#pragma once
#include <sddl/condition.hpp>
#include <sddl/resource_claim.hpp>

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

namespace dsplan::sddl {

// One value of a claim or of a literal, as evaluation sees it. Not installed.

// Whether it is below zero apart, so that the unsigned values of TU above 2^63 compare rightly with literals.
struct wide_integer {
    bool is_negative = false;
    std::uint64_t bits = 0;

    friend auto operator<=>(wide_integer const& a, wide_integer const& b) {
        return a.is_negative == b.is_negative ? a.bits <=> b.bits : b.is_negative <=> a.is_negative;
    }
    friend bool operator==(wide_integer const&, wide_integer const&) = default;
};

using condition_value = std::variant<wide_integer, std::u16string, byte_string, sid>;

[[nodiscard]] condition_value value_of(condition_literal const& literal);
[[nodiscard]] condition_value value_of(claim_value const& one, claim_type type);

/// Unordered where the two are of different kinds, or where no order can be told.
[[nodiscard]] std::partial_ordering compare(condition_value const& a, condition_value const& b,
                                            bool is_case_sensitive);

/// Unit by unit, in upper case unless `is_case_sensitive`. Unordered where the first difference is one of a
/// letter whose upper case depends on the table that Windows had when it was made.
[[nodiscard]] std::partial_ordering compare_text(std::u16string_view a, std::u16string_view b,
                                                 bool is_case_sensitive);

} // namespace dsplan::sddl
