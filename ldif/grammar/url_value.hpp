#pragma once
#include <ldif/parse_error.hpp>
#include <ldif/reader.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace dsplan::ldif {

/// The octets of the file that `url` names: a "file:" URL to a file below the root that `allowed` gives. The
/// error has no place.
[[nodiscard]] result<std::string> read_url_value(std::string_view url,
                                                 std::optional<url_values> const& allowed);

} // namespace dsplan::ldif
