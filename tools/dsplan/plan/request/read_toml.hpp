#pragma once
#include <tools/dsplan/ground/failure.hpp>
#include <tools/dsplan/plan/request/change_request.hpp>

#include <string_view>
#include <vector>

namespace dsplan::plan {

/// Reads a request from TOML:
///
///     format = 1
///     [[grant]]
///     to = "Helpdesk"
///     on = "OU=Sales,DC=contoso,DC=com"
///     applies-to = "descendant user objects"
///     rights = ["Reset Password", "read+write lockoutTime"]
///
/// `file` is its name in messages. Errors: all of the file, each with its place: no TOML, an unknown key with
/// the one that was meant, a value of another kind, a key that is missing.
[[nodiscard]] tl::expected<change_request, std::vector<failure>> read_toml(std::string_view text,
                                                                           std::string_view file);

} // namespace dsplan::plan
