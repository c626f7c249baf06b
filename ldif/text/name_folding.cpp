#include <ldif/text/name_folding.hpp>
#include <ldif/text/name_folding_table.hpp>

#include <utf8.h>

#include <algorithm>
#include <iterator>

namespace dsplan::ldif {
namespace {

constexpr bool by_code_point(folded_code_point const& left, folded_code_point const& right) {
    return left.from < right.from;
}
static_assert(std::is_sorted(folded_code_points.begin(), folded_code_points.end(), by_code_point));

constexpr bool is_mark(std::uint32_t code_point) {
    return (code_point >= 0x300 && code_point <= 0x36F) || code_point == 0x3099 || code_point == 0x309A;
}

std::uint32_t fold(std::uint32_t code_point) {
    auto const* const row = std::lower_bound(folded_code_points.begin(), folded_code_points.end(),
                                             folded_code_point{code_point, 0}, by_code_point);
    return row != folded_code_points.end() && row->from == code_point ? row->to : code_point;
}

} // namespace

std::string lower_case(std::string_view text) {
    std::string made(text);
    std::transform(made.begin(), made.end(), made.begin(), to_lower);
    return made;
}

void append_folded(std::string& folded, std::string_view text) {
    auto const* position = text.data();
    auto const* const end = position + text.size();
    while (position != end) {
        if (static_cast<unsigned char>(*position) < 0x80) {
            folded += to_lower(*position++);
            continue;
        }
        std::uint32_t const code_point = utf8::unchecked::next(position);
        if (!is_mark(code_point))
            utf8::unchecked::append(fold(code_point), std::back_inserter(folded));
    }
}

} // namespace dsplan::ldif
