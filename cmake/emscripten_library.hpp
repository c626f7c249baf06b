// What the standard library of Debian's emscripten lacks of C++20: containers that compare with <=>, a span
// of a view, a searcher. Included before everything else there.
#pragma once
#if defined(__cplusplus) && __cplusplus > 201703L // what CMake tries compiles as older C++, too
#include <algorithm>
#include <array>
#include <compare>
#include <functional>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#if !defined(_LIBCPP_VERSION) || _LIBCPP_VERSION >= 14000
#error "look whether the library has these itself"
#endif

_LIBCPP_BEGIN_NAMESPACE_STD

template <class Character, class Traits>
span(basic_string_view<Character, Traits>&) -> span<Character const>;

template <class Iterator>
class boyer_moore_horspool_searcher : public default_searcher<Iterator> {
public:
    using default_searcher<Iterator>::default_searcher;
};

template <class Iterator>
boyer_moore_horspool_searcher(Iterator, Iterator) -> boyer_moore_horspool_searcher<Iterator>;

template <class Range>
constexpr auto dsplan_compare_ranges(Range const& one, Range const& other)
    -> decltype(*one.begin() <=> *other.begin()) {
    auto left = one.begin();
    auto right = other.begin();
    for (; left != one.end() && right != other.end(); ++left, ++right)
        if (auto const order = *left <=> *right; order != 0)
            return order;
    return one.size() <=> other.size();
}

template <class Value, std::size_t Size>
constexpr auto operator<=>(array<Value, Size> const& one, array<Value, Size> const& other) {
    return dsplan_compare_ranges(one, other);
}

template <class Value, class Allocator>
constexpr auto operator<=>(vector<Value, Allocator> const& one, vector<Value, Allocator> const& other) {
    return dsplan_compare_ranges(one, other);
}

template <class Value, class Less, class Allocator>
constexpr auto operator<=>(set<Value, Less, Allocator> const& one, set<Value, Less, Allocator> const& other) {
    return dsplan_compare_ranges(one, other);
}

template <class Character, class Traits, class Allocator>
constexpr strong_ordering operator<=>(basic_string<Character, Traits, Allocator> const& one,
                                      basic_string<Character, Traits, Allocator> const& other) {
    return one.compare(other) <=> 0;
}

template <class Character, class Traits>
constexpr strong_ordering operator<=>(basic_string_view<Character, Traits> one,
                                      basic_string_view<Character, Traits> other) {
    return one.compare(other) <=> 0;
}

template <class Value>
constexpr auto operator<=>(optional<Value> const& one, optional<Value> const& other)
    -> decltype(*one <=> *other) {
    return one && other ? *one <=> *other : one.has_value() <=> other.has_value();
}

template <class... Values>
constexpr strong_ordering operator<=>(variant<Values...> const& one, variant<Values...> const& other) {
    if (one.index() != other.index())
        return one.index() <=> other.index();
    return visit([&other]<class Value>(
                     Value const& held) -> strong_ordering { return held <=> std::get<Value>(other); },
                 one);
}

_LIBCPP_END_NAMESPACE_STD
#endif
