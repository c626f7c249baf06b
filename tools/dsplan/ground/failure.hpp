#pragma once
#include <tl/expected.hpp>

#include <string>

namespace dsplan {

/// Why a command cannot go on, ready to be shown: every text in it is printable.
struct failure {
    std::string what;   ///< one line: "expected a SID, found 3 octets"
    std::string detail; ///< whole lines, indented: the place, the caret, what to do; may be empty
};

/// A value, or why there is none.
template <class T>
using result = tl::expected<T, failure>;

} // namespace dsplan
