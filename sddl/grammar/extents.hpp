#pragma once
#include <algorithm>
#include <cstddef>

// Where the parts of an SDDL string end that no rule looks into; all give a place from `first` to `last`.
namespace dsplan::sddl::grammar {

/// True for "O:" "G:" "D:" "S:", capitals only.
[[nodiscard]] inline bool is_section_mark(char const* first, char const* last) {
    return last - first >= 2 && first[1] == ':' &&
           (*first == 'O' || *first == 'G' || *first == 'D' || *first == 'S');
}

/// Behind an account: at the next section.
[[nodiscard]] inline char const* end_of_account(char const* first, char const* last) {
    while (first != last && !is_section_mark(first, last))
        ++first;
    return first;
}

/// Behind the flags of an ACL: at its first ACE or at the next section.
[[nodiscard]] inline char const* end_of_acl_flags(char const* first, char const* last) {
    while (first != last && *first != '(' && !is_section_mark(first, last))
        ++first;
    return first;
}

/// Behind the parenthesis that closes the one at `first`; those within quotes do not count. `first` itself
/// where it is no parenthesis or nothing closes it. Nesting is counted, so that no input can exhaust the
/// stack.
[[nodiscard]] inline char const* end_of_balanced(char const* first, char const* last) {
    if (first == last || *first != '(')
        return first;
    std::size_t depth = 1;
    for (auto const* place = first + 1; place != last; ++place) {
        if (*place == '"') {
            place = std::find(place + 1, last, '"');
            if (place == last)
                break;
        } else if (*place == '(') {
            ++depth;
        } else if (*place == ')' && --depth == 0) {
            return place + 1;
        }
    }
    return first;
}

} // namespace dsplan::sddl::grammar
