#pragma once
#include <tools/dsplan/plan/request/change_request.hpp>

#include <string>
#include <string_view>

namespace dsplan::plan {

/// The request as TOML that `read_toml` reads to the same value, but for the places of its tables. Keys that
/// say nothing are left out.
[[nodiscard]] std::string write_toml(change_request const& request);

/// A text as a basic string of TOML, in quotation marks.
[[nodiscard]] std::string toml_string(std::string_view text);

} // namespace dsplan::plan
