#pragma once
#include <tools/dsplan/ground/failure.hpp>
#include <tools/dsplan/plan/request/change_request.hpp>

#include <string_view>
#include <vector>

#define TOML_EXCEPTIONS 0
#include <toml++/toml.h>

/// For the readers of files that hold tables of a request among others.
namespace dsplan::plan {

/// Reads what `read_toml` does from a tree; every key must be one of a request.
[[nodiscard]] tl::expected<change_request, std::vector<failure>> read_tree(toml::table const& tree,
                                                                           std::string_view file);

/// "file:3:1: what TOML does not allow".
[[nodiscard]] failure syntax_failure(toml::parse_error const& error, std::string_view file);

/// "text", "a list": what stands where something else was expected.
[[nodiscard]] std::string kind_of(toml::node const& value);

} // namespace dsplan::plan
