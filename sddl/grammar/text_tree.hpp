#pragma once
#include <boost/range/iterator_range.hpp>

#include <string_view>

// What the grammar makes of an SDDL string: slices of it, nothing copied, nothing judged yet.
namespace dsplan::sddl::grammar {

using slice = boost::iterator_range<char const*>;

[[nodiscard]] inline std::string_view view(slice const& text) {
    return {text.begin(), static_cast<std::size_t>(text.end() - text.begin())};
}

struct ace_text {
    slice type;
    slice flags;
    slice rights;
    slice object_type;
    slice inherited_object_type;
    slice trustee;
    slice application; ///< "(@User.x == 1)" with its parentheses; empty where there is no seventh field
};

/// "O:BA", or "D:PAI" of "D:PAI(A;;GA;;;SY)"
struct section_text {
    char letter = 0;
    slice lead; ///< the account of O: and G:, the flags of D: and S:
};

} // namespace dsplan::sddl::grammar
