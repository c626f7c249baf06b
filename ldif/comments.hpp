#pragma once
#include <string>
#include <string_view>

namespace dsplan::ldif {

/// Puts the comments of a record's own text into the same record as it was rewritten: each in front of the
/// line that it stood in front of. `written` has the lines of `original` in their order; "changetype:" after
/// its head and "-" at its end may be new.
///
///     with_comments(write(record), view.text)
[[nodiscard]] std::string with_comments(std::string_view written, std::string_view original);

} // namespace dsplan::ldif
