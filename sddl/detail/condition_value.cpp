#include <sddl/detail/condition_value.hpp>

#include <boost/spirit/home/support/char_encoding/unicode.hpp>

#include <algorithm>
#include <type_traits>

namespace dsplan::sddl {
namespace {

namespace ucd = boost::spirit::ucd;

char32_t upper(char32_t letter) {
    return static_cast<char32_t>(ucd::to_uppercase(letter));
}

char32_t lower(char32_t letter) {
    return static_cast<char32_t>(ucd::to_lowercase(letter));
}

// Letters whose case pairs are as old as Windows' own table: Latin, Greek, Cyrillic, Armenian.
bool is_settled_script(char32_t letter) {
    return letter < 0x0590 || (letter >= 0x1E00 && letter < 0x2000) || (letter >= 0xFF21 && letter <= 0xFF5A);
}

// A letter has a settled case if upper and lower lead back to it; the dotless i, the final sigma and the like
// have not, nor have scripts that got their second case later.
bool has_settled_case(char32_t letter) {
    if (upper(letter) == letter && lower(letter) == letter)
        return true;
    return is_settled_script(letter) && (lower(upper(letter)) == letter || upper(lower(letter)) == letter);
}

std::partial_ordering compare_units(char16_t a, char16_t b) {
    if (a == b)
        return std::partial_ordering::equivalent;
    if (!has_settled_case(a) || !has_settled_case(b))
        return std::partial_ordering::unordered;
    return upper(a) <=> upper(b);
}

struct literal_value {
    condition_value operator()(condition_integer const& integer) const {
        return wide_integer{integer.value < 0, static_cast<std::uint64_t>(integer.value)};
    }
    template <class T>
    condition_value operator()(T const& same) const {
        return same;
    }
};

} // namespace

condition_value value_of(condition_literal const& literal) {
    return std::visit(literal_value{}, literal);
}

condition_value value_of(claim_value const& one, claim_type type) {
    return std::visit(
        [type](auto const& held) -> condition_value {
            if constexpr (std::is_same_v<std::decay_t<decltype(held)>, std::uint64_t>)
                return wide_integer{type == claim_type::signed_integer && static_cast<std::int64_t>(held) < 0,
                                    held};
            else
                return held;
        },
        one);
}

std::partial_ordering compare_text(std::u16string_view a, std::u16string_view b, bool is_case_sensitive) {
    if (is_case_sensitive)
        return a <=> b;
    auto const common = std::min(a.size(), b.size());
    for (std::size_t index = 0; index < common; ++index)
        if (auto const order = compare_units(a[index], b[index]); order != 0)
            return order;
    return a.size() <=> b.size();
}

std::partial_ordering compare(condition_value const& a, condition_value const& b, bool is_case_sensitive) {
    if (a.index() != b.index())
        return std::partial_ordering::unordered;
    if (auto const* const text = std::get_if<std::u16string>(&a))
        return compare_text(*text, std::get<std::u16string>(b), is_case_sensitive);
    return a <=> b;
}

} // namespace dsplan::sddl
