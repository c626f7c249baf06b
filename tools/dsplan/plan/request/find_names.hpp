#pragma once
#include <tools/dsplan/plan/request/resolve.hpp>

#include <string_view>

namespace dsplan::plan {

/// An account by SID, alias of SDDL ("BA"), English name of a well-known SID ("Everyone"), or any name that
/// `find_principals` takes. `request` gives short names their meaning.
[[nodiscard]] result<named_account> find_account(std::string_view name, change_request const& request,
                                                 request_context const& context);

/// The objects of a choice, in the order of the request and then by tree.
[[nodiscard]] result<std::vector<directory::entry const*>>
find_objects(object_choice const& chosen, change_request const& request, request_context const& context);

} // namespace dsplan::plan
